import type { IDataObject } from 'n8n-workflow';

import { text } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { inProject, orderId, projectId } from '../../fields';
import { nameOf } from '../../names';
import { listIn } from '../../pages';
import { fileIn, outputsOf } from '../../runs';
import { downloadOutput } from '../../transfers';

/** The newest run of an order that has succeeded; throws a Problem that tells how its runs stand. */
function newestSucceeded(runs: IDataObject[]): IDataObject {
	const [newest] = runs.filter(({ status }) => status === 'succeeded').sort((a, b) => String(b.created_at ?? '').localeCompare(String(a.created_at ?? '')));
	if (newest) return newest;
	throw new Problem('No run of the order has succeeded', { description: runs.length === 0 ? 'No run was done for it' : `Its runs are: ${runs.map((run) => `${nameOf(run, 'analysis_id')} (${String(run.status)})`).join(', ')}` });
}

/** As iFlow's command-line client finds the result of an order (contract, section 16.1). */
export const downloadResult = program({
	name: 'Download Result',
	action: 'Download result of order',
	description: 'Download a file that came out of the newest run of an order that has succeeded',
	effect: 'read',
	filesOut: true,
	fields: {
		projectId,
		orderId: { ...orderId, place: 'none' as const },
		resultName: text('Output Name', { place: 'none', required: true, placeholder: 'e.g. report', description: 'Name of the output of the pipeline' }),
	},
	async run(call) {
		const { connection, values } = call;
		const headers = inProject(values);
		const { id } = (await connection.send('GET miner/orders/{id}', { path: { id: values.orderId }, headers })) as IDataObject;
		const { rows } = listIn(await connection.send('GET compute/runs/by-order/{id}', { path: { id }, headers }));
		const run = newestSucceeded(rows);
		const output = fileIn(await outputsOf(connection, run.id, headers), values.resultName);
		const { json, binary } = await downloadOutput(call as never, output, values.projectId, headers);
		return { json: { ...json, run_id: run.id }, binary };
	},
});
