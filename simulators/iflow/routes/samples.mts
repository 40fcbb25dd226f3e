import { change } from '../changes.mts';
import type { Call, Context, Handler } from '../context.mts';
import { hasIn, page } from '../lists.mts';
import { slugOf } from '../names.mts';
import { editable, projectOf } from '../projects.mts';
import type { Sample } from '../records.mts';
import { checkBody } from '../validation.mts';

const WRITE = { display_id: { type: 'text' }, sample_id: { type: 'text' }, name: { type: 'text' }, subject_id: { type: 'text' }, tags: { type: 'texts' }, properties: { type: 'object' } } as const;

const find = ({ params, query }: Call, { state }: Context, projectId: string): Sample => state.find('samples', projectId, params.id, query.lookup);

const list: Handler = (call, context) => {
	const { state, views } = context;
	const { id } = projectOf(call, context);
	const { sample_type, subject_id, search } = call.query;
	const subject = subject_id === undefined ? undefined : state.find('subjects', id, subject_id);
	const rows = state.in('samples', id).filter(({ displayId, properties, subjectId }) => hasIn(displayId, search) && (sample_type === undefined || properties.sample_type === sample_type) && (!subject || subjectId === subject.id));
	return page(call, context, rows, views.sample);
};

const create: Handler = (call, context) => {
	const { state, views } = context;
	const project = editable(call, context);
	const { display_id, sample_id, name, subject_id, tags, properties } = checkBody(call.body, { ...WRITE, subject_id: { type: 'text', required: true } });
	const subject = state.find('subjects', project.id, subject_id);
	const displayId = display_id || sample_id || name || state.newDisplayId('samples', project.id);
	const sample = { ...state.newEntity('samples', { projectId: project.id, displayId, by: call.user, tags, properties }), subjectId: subject.id };
	state.samples.set(sample.id, sample);
	call.reply.code(201);
	return views.sample(sample);
};

const get: Handler = (call, context) => context.views.sample(find(call, context, projectOf(call, context).id));

const update: Handler = (call, context) => {
	const { state, views } = context;
	const project = editable(call, context);
	const fields = checkBody(call.body, WRITE);
	const sample = find(call, context, project.id);
	const subject = fields.subject_id ? state.find('subjects', project.id, fields.subject_id) : undefined;
	change(context, 'samples', sample, { ...fields, displayId: fields.sample_id || fields.display_id });
	if (subject) sample.subjectId = subject.id;
	return views.sample(sample);
};

const remove: Handler = (call, context) => {
	const sample = find(call, context, editable(call, context).id);
	context.state.removeSample(sample);
	return context.state.settings.deleteBody ? { id: sample.id, deleted: true } : undefined;
};

/** Inputs for a pipeline: sample, its subject and its files in one flat object (contract, section 12, 18). */
const getInfo: Handler = (call, context) => {
	const { state, storage } = context;
	const project = projectOf(call, context);
	const sample = find(call, context, project.id);
	const subject = state.subjects.get(sample.subjectId)!;
	const order = call.query.order_id ? state.find('orders', project.id, call.query.order_id) : undefined;
	const files = storage.objects.below(project, `samples/${slugOf(sample.displayId)}/uploads/`).map(([path]) => path);
	return {
		...subject.properties,
		...sample.properties,
		sample_id: sample.displayId,
		sample_uuid: sample.id,
		subject_id: subject.displayId,
		subject_uuid: subject.id,
		...(order && { order_id: order.displayId, accession_number: order.fields.accession_number, clinical_indication: order.fields.clinical_indication }),
		files,
	};
};

export const SAMPLE_CALLS: Record<string, Handler> = {
	'GET /miner/samples': list,
	'POST /miner/samples': create,
	'GET /miner/samples/{id}': get,
	'PATCH /miner/samples/{id}': update,
	'DELETE /miner/samples/{id}': remove,
	'GET /miner/samples/{id}/sampleinfo': getInfo,
};
