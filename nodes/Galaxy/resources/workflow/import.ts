import type { IDataObject } from 'n8n-workflow';

import { program, type Call, type Json } from '../../../shared/operation';
import { place } from '../../../shared/place';
import { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import { api } from '../../api';
import { withId } from './fields';
import { importFields, options, sources } from './sources';

/** Of a workflow from elsewhere: whether it was imported well. Other answers are the workflow itself. */
interface Imported extends IDataObject {
	id: string;
	status?: string;
	message?: string;
}

/** Galaxy reports with status 200 what it could not import well (contract, section 9, 44). */
function checked(answer: Imported): Imported {
	if (answer.status === undefined || answer.status === 'success') return answer;
	throw new Problem(`The workflow was not imported well: ${String(answer.message)}`, { description: `Look at it in Galaxy, or delete it: its ID is ${answer.id}` });
}

interface Definition {
	steps: Record<string, { tool_id: string | null; errors?: string | null; subworkflow?: Definition }>;
}

/** Tools that the server does not have, those of workflows inside, too. */
const missingIn = ({ steps }: Definition): string[] =>
	Object.values(steps).flatMap(({ tool_id: tool, errors, subworkflow }) => (subworkflow ? missingIn(subworkflow) : errors && tool ? [tool] : []));

/** Takes a workflow back that cannot run, since Galaxy imports it all the same (contract, section 9, 45). */
async function refuseMissingTools(connection: Connection, id: string): Promise<void> {
	const missing = [...new Set(missingIn((await connection.send('GET api/workflows/{id}/download', { path: { id }, query: { style: 'ga' } })) as unknown as Definition))];
	if (missing.length === 0) return;
	await connection.send('DELETE api/workflows/{id}', { path: { id } });
	throw new Problem(`The server does not have all tools of the workflow: ${missing.join(', ')}`, { description: 'The workflow was taken back. Ask the administrator to install the tools, or switch "Fail If Tools Are Missing" off' });
}

/** What Galaxy calls the source, where the fields do not say it. */
const ARCHIVES: Record<string, Record<string, string>> = { trsId: { archive_source: 'trs_tool' }, trsUrl: { archive_source: 'trs_tool' } };

async function send({ connection, values, inputFile }: Call<typeof importFields>): Promise<Imported> {
	const { source, inputField, objectId } = values;
	const { body } = place({ ...sources[source], ...options }, { ...values, objectId: objectId || undefined } as IDataObject, 'POST', api.spelling);
	const parts = source === 'file' ? [{ name: 'archive_file', file: await inputFile(inputField) }] : [];
	return (await connection.send('POST api/workflows', { body: { ...(body as Record<string, Json>), ...ARCHIVES[source] }, parts })) as unknown as Imported;
}

export const importWorkflow = program({
	name: 'Import',
	action: 'Import workflow',
	description: 'Put a workflow on the server: from a file, an address, a registry, a history or another user',
	simplify: ['id', 'name', 'owner', 'number_of_steps', 'tags', 'published', 'importable', 'create_time', 'latest_workflow_uuid', 'message'],
	fields: importFields,
	async run(call) {
		const imported = checked(await send(call));
		if (call.values.failIfToolsAreMissing) await refuseMissingTools(call.connection, imported.id);
		return { json: withId(imported, imported.id) };
	},
});
