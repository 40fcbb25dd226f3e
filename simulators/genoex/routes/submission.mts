import type { Handler } from '../context.mts';
import { Refusal, success } from '../envelope.mts';
import { checkParameters } from '../parameters.mts';
import type { ReceivedFile } from '../records.mts';
import { takeUpload } from '../upload.mts';

/** Parts of a submission that are files, and what its answer calls them. */
const FILES = [
	{ part: 'access_file', called: 'Access' },
	{ part: 'dataset_file', called: 'Dataset' },
];

/** Names of the parts of a submission that are files. */
export const SUBMISSION_FILES = FILES.map(({ part }) => part);

/** `gde_submission`: takes files and starts a job that reads them. What is no zip is left out, and said so. */
export const submit: Handler = ({ login, parameters, files }, { state, jobs, now }) => {
	checkParameters(parameters, [], state);
	if (files.length === 0) throw new Refusal('neither an access file nor a dataset file came');
	const values: Record<string, string> = {};
	for (const { part, called } of FILES) {
		const file = files.find(({ name }) => name === part);
		if (!file) continue;
		values[part] = file.filename;
		values[`${called.toLowerCase()}_status_message`] = isZip(file) ? `${called} file received` : `${called} file is not a zip archive`;
	}
	const usable = files.filter(isZip);
	for (const { content } of files.filter((file) => !usable.includes(file))) content.close();
	if (usable.length === 0) return success('no job started', values);
	for (const { content } of usable) state.keep(content);
	const job = jobs.start('upload', login.organization, async () => await takeUpload({ files: usable, organization: login.organization, state, now }));
	return success('job started', { job_id: job.id, ...values });
};

function isZip({ content }: ReceivedFile): boolean {
	return ['PK\x03\x04', 'PK\x05\x06'].includes(content.read(0, 4).toString('latin1'));
}
