import type { Call, Context, Handler } from '../context.mts';
import { badRequest, conflict, forbidden, notFound } from '../errors.mts';
import { changeablePath, folderPath, keyOf, newPath, objectPath } from '../paths.mts';
import { editable, projectOfFiles } from '../projects.mts';
import type { Project, StoredObject } from '../records.mts';
import { LIFETIME_S } from '../storage.mts';
import { checkBody, textOf } from '../validation.mts';

/** One level of a folder; items have exactly these keys (contract, section 6). */
const list: Handler = (call, context) => {
	const project = projectOfFiles(call, context);
	const path = folderPath(call.query.path);
	const { prefixInPaths } = context.state.settings;
	const whole = prefixInPaths ? { ...project, prefix: '' } : project;
	const folders = new Set<string>();
	const files: object[] = [];
	for (const [name, object] of context.storage.objects.below(whole, path)) {
		const [leaf, ...rest] = name.slice(path.length).split('/');
		if (rest.length > 0) folders.add(leaf);
		else if (leaf !== '') files.push(fileItem(name, leaf, object, context));
	}
	return { bucket_name: project.bucket, path, folders: [...folders].map((leaf) => folderItem(path, leaf)), files };
};

const folderItem = (path: string, leaf: string): object => ({ name: `${path}${leaf}/`, display_name: leaf, size: null, last_modified: null, is_folder: true, content_type: null });

const fileItem = (name: string, leaf: string, { content, contentType, modifiedAt }: StoredObject, { views }: Context): object => ({
	name,
	display_name: leaf,
	size: content.length,
	last_modified: views.time(modifiedAt),
	is_folder: false,
	content_type: contentType,
});

/** The place of an object in the storage, and the object if it is there. */
function place(project: Project, path: string, { state, storage }: Context) {
	const { bucket } = project;
	const key = keyOf(project, path, state.settings);
	return { bucket, key, object: storage.objects.in(bucket).get(key) };
}

const getDownloadUrl: Handler = (call, context) => {
	const { state, storage } = context;
	const project = projectOfFiles(call, context);
	const path = objectPath(textOf(call.query, 'path'));
	if (call.user.roles[project.id] === 'demo_viewer' && !path.toLowerCase().endsWith('.pdf')) throw forbidden('Demo viewers may download PDF files only');
	const { bucket, key, object } = place(project, path, context);
	if (!object && state.settings.missingObject === 'refuse') throw notFound('File');
	return { url: storage.address(call.base, { method: 'GET', bucket, key, contentType: '' }), expires_in_seconds: LIFETIME_S };
};

const getUploadUrl: Handler = (call, context) => {
	const project = editable(call, context, projectOfFiles);
	const fields = checkBody(call.body, { path: { type: 'text', required: true }, content_type: { type: 'text' } });
	const { bucket, key } = place(project, newPath(fields.path), context);
	const contentType = fields.content_type || 'application/octet-stream';
	return { url: context.storage.address(call.base, { method: 'PUT', bucket, key, contentType }), expires_in_seconds: LIFETIME_S };
};

/** Puts an object also elsewhere; gives its old place. */
function duplicate(call: Call, context: Context, mayRead: (path: string) => string) {
	const project = editable(call, context, projectOfFiles);
	const text = { type: 'text', required: true } as const;
	const { source_path, dest_path } = checkBody(call.body, { source_path: text, dest_path: text }) as { source_path: string; dest_path: string };
	const source = place(project, mayRead(source_path), context);
	const target = place(project, newPath(dest_path), context);
	if (source.key === target.key) throw badRequest('Source and destination are the same');
	if (!source.object) throw notFound('Source file');
	if (target.object) throw conflict('The destination exists already');
	context.storage.objects.put(target.bucket, target.key, source.object);
	return { source, answer: { source_path, dest_path } };
}

const copy: Handler = (call, context) => duplicate(call, context, objectPath).answer;

const move: Handler = (call, context) => {
	const { source, answer } = duplicate(call, context, changeablePath);
	context.storage.objects.delete(source.bucket, source.key);
	return answer;
};

const remove: Handler = (call, context) => {
	const project = editable(call, context, projectOfFiles);
	const path = changeablePath(textOf(call.query, 'path'));
	const { bucket, key, object } = place(project, path, context);
	if (!object) throw notFound('File');
	context.storage.objects.delete(bucket, key);
	return { path, deleted: true };
};

export const FILE_CALLS: Record<string, Handler> = {
	'GET /files/files': list,
	'DELETE /files/files': remove,
	'GET /files/files/download-url': getDownloadUrl,
	'POST /files/files/upload-url': getUploadUrl,
	'POST /files/files/copy': copy,
	'POST /files/files/move': move,
};
