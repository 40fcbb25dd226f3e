import type { Call, Context, Handler } from '../context.mts';
import { change } from '../changes.mts';
import { hasIn, page } from '../lists.mts';
import { editable, projectOf } from '../projects.mts';
import { checkBody } from '../validation.mts';

const WRITE = { display_id: { type: 'text' }, subject_id: { type: 'text' }, name: { type: 'text' }, tags: { type: 'texts' }, properties: { type: 'object' } } as const;

const find = ({ params, query }: Call, { state }: Context, projectId: string) => state.find('subjects', projectId, params.id, query.lookup);

const list: Handler = (call, context) => {
	const { id } = projectOf(call, context);
	const rows = context.state.in('subjects', id).filter(({ displayId }) => hasIn(displayId, call.query.search));
	return page(call, context, rows, context.views.subject);
};

const create: Handler = (call, context) => {
	const { state, views } = context;
	const project = editable(call, context);
	const { display_id, subject_id, name, tags, properties } = checkBody(call.body, WRITE);
	const displayId = display_id || subject_id || name || state.newDisplayId('subjects', project.id);
	const subject = state.newEntity('subjects', { projectId: project.id, displayId, by: call.user, tags, properties });
	state.subjects.set(subject.id, subject);
	call.reply.code(201);
	return views.subject(subject);
};

const get: Handler = (call, context) => context.views.subject(find(call, context, projectOf(call, context).id));

const update: Handler = (call, context) => {
	const project = editable(call, context);
	const fields = checkBody(call.body, WRITE);
	const subject = find(call, context, project.id);
	change(context, 'subjects', subject, { ...fields, displayId: fields.subject_id || fields.display_id });
	return context.views.subject(subject);
};

/** Deletes a subject, and its samples with it. */
const remove: Handler = (call, context) => {
	const subject = find(call, context, editable(call, context).id);
	context.state.removeSubject(subject);
	return context.state.settings.deleteBody ? { id: subject.id, deleted: true } : undefined;
};

export const SUBJECT_CALLS: Record<string, Handler> = {
	'GET /miner/subjects': list,
	'POST /miner/subjects': create,
	'GET /miner/subjects/{id}': get,
	'PATCH /miner/subjects/{id}': update,
	'DELETE /miner/subjects/{id}': remove,
};
