import type { IDataObject } from 'n8n-workflow';

import { program, type Call } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Watch } from '../../../shared/wait';
import { historyId } from '../../fields';
import { job } from '../../jobs';
import { downloadPrepared, exportBody, exportFields, targetBody, targetFields } from '../../stores';
import { hasTaskQueue, preparedFile, task } from '../../tasks';

/** Servers without a task queue export by a job, which knows these kinds of archives alone; the value says whether they are packed. */
const OLD_FORMATS: Record<string, boolean> = { tar: false, 'tar.gz': true, tgz: true };

/** What the job is told; throws a Problem for what it cannot do. */
function oldBody({ modelStoreFormat, includeFiles, includeDeleted, includeHidden }: IDataObject): Record<string, boolean> {
	const gzip = OLD_FORMATS[String(modelStoreFormat)];
	if (gzip === undefined) throw new Problem('This Galaxy server exports histories as tar alone', { description: 'Set "Format" to Tar, Tar.gz or Tgz: for the others the server needs workers for long tasks' });
	if (includeFiles === false) throw new Problem('This Galaxy server exports histories with their data alone', { description: 'Switch "Include Files" on: without data the server needs workers for long tasks' });
	return { gzip, include_deleted: includeDeleted === true, include_hidden: includeHidden === true };
}

/** Asks for the old export: tells the job that makes it, or the export that is there already. */
async function oldExport({ connection }: Pick<Call, 'connection'>, id: unknown, body: Record<string, string | boolean>): Promise<IDataObject> {
	const answer = (await connection.send('PUT api/histories/{id}/exports', { path: { id }, body })) as { job_id?: string; download_url?: string } | null;
	if (answer?.download_url) return { export_id: answer.download_url.split('/').pop() };
	if (answer?.job_id) return { job_id: answer.job_id };
	throw new Problem('Galaxy did not say which job makes the archive', { description: 'The server is too old for that: run the node again when the archive is there' });
}

/** What was started, of either kind: a task with the file that it prepares, a task alone, a job, or nothing. */
const started: Watch = {
	...task,
	noun: 'export',
	async look(connection, launch) {
		if ('storage_request_id' in launch) return await preparedFile.look(connection, launch);
		if ('export_id' in launch) return { json: launch, state: 'ready', outcome: 'succeeded' };
		if ('queue' in launch) return await task.look(connection, launch);
		return { ...(await job.look(connection, { id: launch.job_id })), json: launch };
	},
};

const exportHistory = program({
	name: 'Export',
	action: 'Export history',
	description: 'Make an archive of a history, wait for it, and download it',
	fields: { historyId, ...exportFields() },
	watch: started,
	alwaysWaits: true,
	filesOut: true,
	async run(call) {
		const { connection, values } = call;
		if (await hasTaskQueue(connection)) {
			return { json: (await connection.send('POST api/histories/{historyId}/prepare_store_download', { path: values, body: exportBody(values) })) as IDataObject };
		}
		return { json: await oldExport(call, values.historyId, oldBody(values)) };
	},
	async finish(call, ended) {
		if ('storage_request_id' in ended) return await downloadPrepared(call, ended);
		const id = call.values.historyId;
		const { export_id } = 'export_id' in ended ? ended : await oldExport(call, id, oldBody(call.values as IDataObject));
		if (export_id === undefined) throw new Problem('The history was changed while it was exported', { description: 'Export it again' });
		const { json, binary } = await call.download('GET api/histories/{id}/exports/{export_id}', { path: { id, export_id } }, { name: 'galaxy-history.tar.gz', mimeType: 'application/x-gzip' });
		return { json: { ...ended, export_id, ...json }, binary };
	},
});

/** A path in a file source in two parts: its folder, and the name of the file. */
function folderAndName(uri: string): { directory_uri: string; file_name: string } {
	const [, directory_uri, file_name] = /^(.+:\/\/(?:.*\/)?)([^/]+)$/.exec(uri) ?? [];
	if (file_name === undefined) throw new Problem('"Target" does not name a file', { description: 'Give a path such as gxfiles://my-storage/run-7.tar.gz' });
	return { directory_uri, file_name };
}

const exportToStore = program({
	name: 'Export to File Source',
	action: 'Export history to file source',
	description: 'Let Galaxy write an archive of a history into a file source',
	fields: { historyId, ...exportFields(), ...targetFields },
	watch: started,
	async run(call) {
		const { connection, values } = call;
		const target = folderAndName(values.targetUri);
		if (await hasTaskQueue(connection)) {
			return { json: (await connection.send('POST api/histories/{historyId}/write_store', { path: values, body: targetBody(values) })) as IDataObject };
		}
		return { json: await oldExport(call, values.historyId, { ...oldBody(values), ...target }) };
	},
});

export const exportOperations = { export: exportHistory, exportToStore };
