import type { IDataObject } from 'n8n-workflow';

import { flag, inputFile } from '../../shared/field';
import { program, type Outgoing, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { needed } from '../api';
import { formats } from '../formats/formats';
import { submissionJob } from '../jobs';
import { validate } from '../validation';

/** The parts of a submission: where its state stands in the answer, and how a user knows it. */
const PARTS = [
	{ part: 'access_file', state: 'access_status_message', label: 'Sharing Permissions Zip (711)', format: formats[711] },
	{ part: 'dataset_file', state: 'dataset_status_message', label: 'Genotypes Zip (706)', format: formats[706] },
] as const;

const genotypesField = inputFile('Genotypes Zip (706)', { default: '', placeholder: 'e.g. data', hint: 'The name of the input field that holds the zip; empty for none' });

const submit = program({
	name: 'Submit',
	action: 'Submit files',
	description: 'Send genotypes (706), sharing permissions (711) or both; a job takes them in',
	watch: submissionJob,
	fields: {
		// filled in at first, and may be emptied
		genotypesField: { ...genotypesField, property: { ...genotypesField.property, default: 'data' } },
		permissionsField: inputFile('Sharing Permissions Zip (711)', { default: '', placeholder: 'e.g. permissions', hint: 'The name of the input field that holds the zip; empty for none' }),
		validate: flag('Validate Before Sending', { default: true, description: 'Whether to read the files first, and to send nothing when a line has a fault' }),
		failOnPartialAcceptance: flag('Fail on Partial Acceptance', { default: true, description: 'Whether a file that GenoEx did not receive makes the item fail, though a job was started' }),
	},
	async run({ connection, values, inputFile: open }) {
		const chosen: Record<string, typeof values.genotypesField> = { access_file: values.permissionsField, dataset_file: values.genotypesField };
		const parts: Outgoing['parts'] = [];
		for (const { part } of PARTS) if (chosen[part] !== '') parts.push({ name: part, file: await open(chosen[part]) });
		if (parts.length === 0) throw new Problem('There is no file to submit', { description: 'Name the field of a zip under "Genotypes Zip (706)" or "Sharing Permissions Zip (711)"' });
		if (values.validate) for (const { part, label, format } of PARTS) for (const { name, file } of parts) if (name === part) await validate(format, label, file);
		const answer = (await connection.send('POST gde_submission', { body: {}, parts })) as IDataObject;
		checkReceived(answer, parts, values.failOnPartialAcceptance);
		return { json: answer };
	},
});

/** An answer may be good as a whole, and name a file all the same that did not arrive. */
function checkReceived(answer: IDataObject, parts: Outgoing['parts'], isWanted: boolean): void {
	const sent = PARTS.filter(({ part }) => parts.some(({ name }) => name === part));
	const refused = sent.filter(({ state }) => !/received/i.test(String(answer[state] ?? '')));
	const told = refused.map(({ label, state }) => `${label}: ${String(answer[state] || 'nothing is said of it')}`).join('; ');
	const isRefused = refused.length === sent.length && refused.every(({ state }) => answer[state]);
	if (!answer.job_id && isRefused) throw new Problem(`GenoEx took no file. ${told}`, { description: 'Nothing was started. Check the files' });
	const jobId = needed(answer, 'job_id', true);
	if (refused.length === 0 || !isWanted) return;
	throw new Problem(`GenoEx did not take every file. ${told}`, {
		uncertain: true,
		description: `The job ${jobId} was started with the rest. To go on with it, switch "Fail on Partial Acceptance" off`,
	});
}

export const submission: Resource = { name: 'Submission', operations: { submit } };
