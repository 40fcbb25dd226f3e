import type { Call, Context, Handler } from '../context.mts';
import { conflict, notFound, wrongVerb } from '../errors.mts';
import { whole } from '../lists.mts';
import { slugOf } from '../names.mts';
import { editable, projectOf } from '../projects.mts';
import type { FileRecord, Order, Sample } from '../records.mts';
import { uriOf } from '../runs.mts';
import { checkBody } from '../validation.mts';

const find = ({ params, query }: Call, { state }: Context, projectId: string): Order => state.find('orders', projectId, params.id, query.lookup);

const samplesOf = (order: Order, { state }: Context): Sample[] => [...order.samples.keys()].map((id) => state.samples.get(id)!);

const list: Handler = (call, context) => {
	const order = find(call, context, projectOf(call, context).id);
	return whole(context, samplesOf(order, context), (sample) => context.views.orderSample(sample, order.samples.get(sample.id)!));
};

function add(call: Call, context: Context, sampleId: string, role: string | null): Sample {
	const { state } = context;
	const { id: projectId } = editable(call, context);
	const order = find(call, context, projectId);
	const sample = state.find('samples', projectId, sampleId);
	if (order.samples.has(sample.id)) throw conflict('The sample is on this order already');
	order.samples.set(sample.id, role);
	state.touch(order);
	return sample;
}

const addByBody: Handler = (call, context) => {
	if (context.state.settings.addSample === 'path') throw wrongVerb();
	editable(call, context);
	const { sample_id, role = null } = checkBody(call.body, { sample_id: { type: 'text', required: true }, role: { type: 'text' } });
	const sample = add(call, context, sample_id, role);
	call.reply.code(201);
	return context.views.orderSample(sample, role);
};

const addByPath: Handler = (call, context) => {
	if (context.state.settings.addSample === 'body') throw wrongVerb();
	add(call, context, call.params.sample_id, null);
	return undefined;
};

const remove: Handler = (call, context) => {
	const { state } = context;
	const { id: projectId } = editable(call, context);
	const order = find(call, context, projectId);
	const { id } = state.find('samples', projectId, call.params.sample_id);
	if (!order.samples.delete(id)) throw notFound('Sample on this order');
	state.touch(order);
	return undefined;
};

const COLUMNS = ['sample', 'fastq_1', 'fastq_2', 'strandedness', 'specimen_type', 'sex', 'accession_id'];

/** One row for each sample, and the header also without any. */
const getSamplesheet: Handler = (call, context) => {
	const { state } = context;
	const project = projectOf(call, context);
	const order = find(call, context, project.id);
	const rows = samplesOf(order, context).map((sample) => {
		const files = [...state.fileRecords.values()].filter(({ sampleId }) => sampleId === sample.id);
		const tagged = (tag: string) => files.find(({ tags }: FileRecord) => tags.includes(tag));
		const uri = (file: FileRecord | undefined) => (file ? uriOf(project, file.path) : '');
		const { properties } = state.subjects.get(sample.subjectId)!;
		return [sample.displayId, uri(tagged('fastq_1')), uri(tagged('fastq_2')), 'auto', sample.properties.specimen_type, properties.sex, order.fields.accession_number];
	});
	const lines = [COLUMNS, ...rows].map((row) => row.map(quoted).join(','));
	call.reply.header('content-disposition', `attachment; filename="${slugOf(order.displayId)}-samplesheet.csv"`).type('text/csv; charset=utf-8');
	return `${lines.join('\n')}\n`;
};

function quoted(value: unknown): string {
	const text = value === undefined || value === null ? '' : String(value);
	return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const ORDER_SAMPLE_CALLS: Record<string, Handler> = {
	'GET /miner/orders/{id}/samples': list,
	'POST /miner/orders/{id}/samples': addByBody,
	'POST /miner/orders/{id}/samples/{sample_id}': addByPath,
	'DELETE /miner/orders/{id}/samples/{sample_id}': remove,
	'GET /miner/orders/{id}/samplesheet': getSamplesheet,
};
