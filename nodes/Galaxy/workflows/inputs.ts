import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../shared/request';

/** An input of a workflow: data, or a value that its tools are given. */
export interface WorkflowInput {
	/** The number of its step, from 0: Galaxy itself tells inputs apart by it. */
	step_index: number;
	/** As users name it: its label, or the number of its step where the label is not its own. */
	name: string;
	label: string;
	uuid: string;
	/** dataset, dataset_collection, or the kind of a value: text, integer, float, boolean, color... */
	type: string;
	/** Whether the workflow does not run without a value. */
	required: boolean;
	default: unknown;
	/** Whether it takes several values, as text. */
	multiple: boolean;
	/** The only values that it takes; empty where it takes any. */
	options: Array<{ name: string; value: string }>;
	/** Of data: the formats that it takes, and the shape of a collection. */
	extensions: string[];
	collection_type: string | null;
	annotation: string;
}

interface Step {
	type: string;
	annotation: string | null;
	tool_inputs: IDataObject;
}

interface Detailed {
	inputs: Record<string, { label: string | null; uuid: string }>;
	steps: Record<string, Step>;
}

/** Which workflow is meant: `instance` says that the ID is one of a version, as invocations name it. */
export interface Which {
	id: unknown;
	version?: number;
	instance?: boolean;
}

/** The inputs of a workflow, in the order of its steps. */
export async function inputsOf(connection: Connection, { id, version, instance }: Which): Promise<WorkflowInput[]> {
	const { inputs, steps } = (await connection.send('GET api/workflows/{id}', { path: { id }, query: { version, instance } })) as Detailed;
	const labels = Object.values(inputs).map(({ label }) => label);
	return Object.entries(inputs).map(([index, { label: given, uuid }]) => {
		const label = given ?? '';
		const isItsOwn = label !== '' && labels.filter((one) => one === label).length === 1;
		return { step_index: Number(index), name: isItsOwn ? label : index, label, uuid, ...stateOf(steps[index]) };
	});
}

function stateOf({ type, annotation, tool_inputs: state }: Step) {
	return {
		type: type === 'data_input' ? 'dataset' : type === 'data_collection_input' ? 'dataset_collection' : String(state.parameter_type),
		required: state.optional !== true && !('default' in state),
		default: state.default ?? null,
		multiple: state.multiple === true,
		options: optionsOf(state.restrictions),
		extensions: [state.format ?? []].flat() as string[],
		collection_type: (state.collection_type as string | undefined) ?? null,
		annotation: annotation ?? '',
	};
}

/** Values alone, or with labels. */
const optionsOf = (restrictions: unknown) =>
	((restrictions ?? []) as Array<string | { value: string; label?: string }>).map((one) => (typeof one === 'string' ? { name: one, value: one } : { name: one.label ?? one.value, value: one.value }));
