import type { IDataObject } from 'n8n-workflow';

import { choice, flag } from '../../../shared/field';
import { program, type Call, type OutputItem } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { invocationId } from '../../fields';

interface Output {
	src: 'hda' | 'hdca';
	id: string;
}

interface Step {
	order_index: number;
	workflow_step_label: string | null;
	outputs: Record<string, Output>;
	output_collections: Record<string, Output>;
}

interface Invocation {
	outputs: Record<string, Output>;
	output_collections: Record<string, Output>;
	output_values: IDataObject;
	steps: Step[];
}

/** What the workflow marks as its outputs. */
const marked = ({ outputs, output_collections: collections, output_values: values }: Invocation): IDataObject[] => [
	...data({ outputs, output_collections: collections }),
	...Object.entries(values).map(([label, value]) => ({ label, type: 'value', value })),
];

const data = ({ outputs, output_collections: collections }: Pick<Step, 'outputs' | 'output_collections'>): IDataObject[] => [
	...Object.entries(outputs).map(([label, { id }]) => ({ label, type: 'dataset', id })),
	...Object.entries(collections).map(([label, { id }]) => ({ label, type: 'dataset_collection', id })),
];

/** Everything that the steps have made, also what the workflow does not mark. */
const ofSteps = ({ steps }: Invocation): IDataObject[] =>
	steps.flatMap((step) => data(step).map((output) => ({ ...output, step_index: step.order_index, step_label: step.workflow_step_label })));

const about = async ({ connection }: Pick<Call, 'connection'>, { type, id }: IDataObject): Promise<IDataObject> =>
	type === 'dataset' ? ((await connection.send('GET api/datasets/{id}', { path: { id } })) as IDataObject) : ((await connection.send('GET api/dataset_collections/{id}', { path: { id }, query: { instance_type: 'history', view: 'collection' } })) as IDataObject);

/** The most useful of what Galaxy knows of a dataset or a collection. */
const briefly = ({ name, state, populated_state: populated, hid, history_id, file_ext, file_size, collection_type, element_count }: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries({ name, state: state ?? populated, hid, history_id, file_ext, file_size, collection_type, element_count }).filter(([, value]) => value !== undefined));

/** Datasets of these states have bytes. */
const DOWNLOADABLE = ['ok', 'empty', 'failed_metadata'];

async function fetched(call: Call, output: IDataObject): Promise<OutputItem> {
	const found = briefly(await about(call, output));
	const { id } = output;
	if (output.type === 'dataset' && !DOWNLOADABLE.includes(String(found.state))) {
		throw new Problem(`The output "${String(output.label)}" is not ready: its state is "${String(found.state)}"`, { description: 'Wait for the invocation first. An output that failed has no file' });
	}
	const { json, binary } =
		output.type === 'dataset'
			? await call.download('GET api/datasets/{id}/display', { path: { id }, query: { to_ext: String(found.file_ext) } }, { name: `${String(found.name)}.${String(found.file_ext)}`, mimeType: 'application/octet-stream' })
			: await call.download('GET api/dataset_collections/{id}/download', { path: { id }, query: { instance_type: 'history' } }, { name: `${String(found.name)}.zip`, mimeType: 'application/zip' });
	return { json: { ...output, ...found, ...json }, binary };
}

export const getOutputs = program({
	name: 'Get Outputs',
	action: 'Get outputs of invocation',
	description: 'Retrieve what a run of a workflow has made: one item for each output',
	effect: 'read',
	filesOut: true,
	fields: {
		invocationId,
		give: choice('Give Out', [
			{ name: 'Details', value: 'details', description: 'What Galaxy knows of each output, too' },
			{ name: 'Files', value: 'files', description: 'The data of each output, too: a dataset as a file, a collection as a zip' },
			{ name: 'IDs', value: 'ids', description: 'Labels and IDs alone' },
		], { place: 'none', default: 'ids' }),
		allSteps: flag('All Steps', { default: false, place: 'none', description: 'Whether to give out what every step has made, not only what the workflow marks as its outputs' }),
	},
	async run(call) {
		const { invocationId: id, give, allSteps } = call.values;
		const found = (await call.connection.send('GET api/invocations/{id}', { path: { id }, query: { step_details: allSteps || undefined } })) as unknown as Invocation;
		const outputs = allSteps ? ofSteps(found) : marked(found);
		const items: OutputItem[] = [];
		// one file in hand at a time
		for (const output of outputs) {
			if (give === 'ids' || output.type === 'value') items.push({ json: output });
			else if (give === 'details') items.push({ json: { ...output, ...briefly(await about(call, output)) } });
			else items.push(await fetched(call as unknown as Call, output));
		}
		return items;
	},
});
