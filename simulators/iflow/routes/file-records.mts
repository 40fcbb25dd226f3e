import { randomUUID } from 'node:crypto';
import type { Call, Context, Handler } from '../context.mts';
import { badRequest, noSuchPath, notFound, wrongVerb } from '../errors.mts';
import { slugOf } from '../names.mts';
import { editable, projectOf } from '../projects.mts';
import type { FileRecord } from '../records.mts';
import { checkBody } from '../validation.mts';

const REGISTER = {
	sample_id: { type: 'uuid', required: true },
	filename: { type: 'text', required: true },
	tags: { type: 'texts' },
	on_conflict: { type: 'text', values: ['overwrite', 'skip'] },
	size_bytes: { type: 'integer' },
	dry_run: { type: 'flag' },
} as const;

/** Plans or tells that a file was uploaded for a sample (contract, section 5.2, M7). */
const register: Handler = (call, context) => {
	const { state, clock, views } = context;
	if (state.settings.registerUpload === 'off') throw wrongVerb();
	if (state.settings.registerUpload === 'absent') throw noSuchPath();
	const project = editable(call, context);
	const { sample_id, filename, tags, on_conflict, size_bytes, dry_run } = checkBody(call.body, REGISTER);
	const sample = state.find('samples', project.id, sample_id, 'uuid');
	if (filename === '' || /[\s/]/.test(filename)) throw badRequest('File names must not be empty, nor contain white space or slashes');
	const path = `samples/${slugOf(sample.displayId)}/uploads/${filename}`;
	const existing = [...state.fileRecords.values()].find((record) => record.projectId === project.id && record.path === path);
	const answer = (action: string, file: FileRecord | undefined) => ({ action, storage_path: path, dry_run: dry_run ?? false, file: file ? views.file(file) : null });
	if (existing && on_conflict === 'skip') return answer('skipped', dry_run ? undefined : existing);
	const action = existing ? 'replaced' : 'added';
	if (dry_run) return answer(action, undefined);
	const record = { id: existing?.id ?? randomUUID(), projectId: project.id, sampleId: sample.id, filename, path, tags: tags ?? [], sizeBytes: size_bytes ?? null, createdAt: clock.now() };
	state.fileRecords.set(record.id, record);
	return answer(action, record);
};

function find({ params }: Call, { state }: Context, projectId: string): FileRecord {
	const record = state.fileRecords.get(params.file_id);
	if (record?.projectId !== projectId) throw notFound('File');
	return record;
}

const get: Handler = (call, context) => context.views.file(find(call, context, projectOf(call, context).id));

const remove: Handler = (call, context) => {
	const record = find(call, context, editable(call, context).id);
	context.state.fileRecords.delete(record.id);
	return undefined;
};

export const FILE_RECORD_CALLS: Record<string, Handler> = {
	'POST /miner/files/register-upload': register,
	'GET /miner/files/{file_id}': get,
	'DELETE /miner/files/{file_id}': remove,
};
