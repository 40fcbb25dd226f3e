import { fieldMapping, type MappedField } from '../shared/mapping';
import { chosenIn } from '../shared/locator';
import { api } from './api';
import { inputsOf, type WorkflowInput } from './workflows/inputs';

/** Kinds of inputs that the editor has a control for; a text field for all others. */
const CONTROLS: Record<string, MappedField['type']> = { integer: 'number', float: 'number', data_column: 'number', boolean: 'boolean' };

function fieldOf({ name, label, type, required, default: value, multiple, options, collection_type: shape }: WorkflowInput): MappedField {
	const kind = type === 'dataset' ? ' (Dataset ID)' : type === 'dataset_collection' ? ` (Collection ID${shape ? `: ${shape}` : ''})` : '';
	const isChoice = options.length > 0 && !multiple;
	return {
		id: name,
		displayName: `${name === label ? label : `${label || 'Input'} of Step ${Number(name) + 1}`}${kind}`,
		required,
		type: isChoice ? 'options' : multiple ? 'string' : (CONTROLS[type] ?? 'string'),
		...(isChoice && { options }),
		...(typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? { defaultValue: value } : {}),
	};
}

/** The fields that the editor loads for a mapper. */
export const mappings = {
	workflowInputs: fieldMapping(api, async (connection, context) => {
		const id = chosenIn(context, 'workflowId', 'Workflow');
		const { version, instance } = (context.getCurrentNodeParameter('additionalFields') ?? {}) as { version?: number; instance?: boolean };
		return (await inputsOf(connection, { id, version, instance })).map(fieldOf);
	}),
};
