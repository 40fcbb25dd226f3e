import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import type { Watch } from '../shared/wait';
import { PROJECT } from './api';

/** What a run is called, by the release of iFlow, and how it stands. */
const essential = ['id', 'analysis_id', 'display_id', 'name', 'status', 'order_id', 'output_path', 'error_message'];

/** The most useful fields of a run, and of one that was waited for. */
export const simplify = [...essential, 'pipeline_id'];
export const simplifyEnded = [...essential, 'outputs', 'outputs_message'];

export const STATUSES = ['cancelled', 'failed', 'queued', 'running', 'succeeded'] as const;

/** How a run stands; a status that is not known means that it goes on (contract, section 4.2). */
export function outcomeOf(status: unknown): 'running' | 'succeeded' | 'failed' {
	if (status === 'succeeded') return 'succeeded';
	return status === 'failed' || status === 'cancelled' ? 'failed' : 'running';
}

/** A run: { id, project_id }, the latter where it is not that of the credential. */
export const watch: Watch = {
	noun: 'run',
	end: 'Completion',
	// runs take tens of minutes to hours
	pauses: { first: 10_000, longest: 60_000 },
	async look(connection, { id, project_id: project }) {
		const found = (await connection.send('GET compute/runs/{id}', { path: { id }, headers: { [PROJECT]: String(project ?? '') } })) as IDataObject;
		const status = String(found.status);
		const reason = status === 'cancelled' ? 'It was cancelled' : found.error_message ? String(found.error_message) : undefined;
		return { json: { ...(project !== undefined && { project_id: project }), ...found }, state: status, outcome: outcomeOf(status), reason };
	},
};

/** One result of a run: a value, or a file where it has a path. */
export interface Output extends IDataObject {
	name: string;
	display_name?: string;
	path?: string | null;
}

/** What came out of a run; without outputs iFlow says why (contract, trap T20). */
export async function outputsOf(connection: Connection, id: unknown, headers: Record<string, string>): Promise<{ outputs: Output[]; message?: string | null }> {
	const { outputs, message } = (await connection.send('GET compute/runs/{id}/outputs', { path: { id }, headers })) as { outputs?: Output[]; message?: string | null };
	return { outputs: outputs ?? [], message };
}

export const noOutputs = (message: string | null | undefined) => new Problem(`The run has no outputs${message ? `: ${message}` : ''}`, { description: 'iFlow keeps the outputs of runs of WDL pipelines that have succeeded' });

/** The file that came out of a run under a name. Throws a Problem that tells what there is. */
export function fileIn({ outputs, message }: { outputs: Output[]; message?: string | null }, name: string): Output & { path: string } {
	if (outputs.length === 0) throw noOutputs(message);
	const output = outputs.find((one) => one.name === name) ?? outputs.find((one) => one.display_name === name);
	const files = outputs.filter(({ path }) => path).map((one) => one.name);
	if (output?.path) return output as Output & { path: string };
	throw new Problem(output ? `The output "${name}" is no file` : `The run has no output "${name}"`, { description: `Files that came out of it: ${files.join(', ') || 'none'}` });
}
