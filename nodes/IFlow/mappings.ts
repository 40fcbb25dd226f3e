import { chosenIn } from '../shared/locator';
import { fieldMapping, type MappedField } from '../shared/mapping';
import { api, PROJECT } from './api';
import { inputsOf, pipelineOf, type Definition } from './pipelines';
import { isNeeded } from './runInputs';

/** Types that the editor has a control for; a text field for all others. */
const CONTROLS: Record<string, MappedField['type']> = { Int: 'number', Float: 'number', Boolean: 'boolean' };

function fieldOf(definition: Definition): MappedField {
	const { name, display_name: shown, type, default: value } = definition;
	const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
	const kind = /^Array\b/.test(type) ? ' (List)' : /^File\b/.test(type) ? ' (File)' : '';
	return {
		id: name,
		displayName: `${shown ?? name}${kind}`,
		required: isNeeded(definition),
		type: CONTROLS[type.replace(/\?$/, '')] ?? 'string',
		...(isScalar && { defaultValue: value }),
	};
}

/** The fields that the editor loads for a mapper. */
export const mappings = {
	pipelineInputs: fieldMapping(api, async (connection, context) => {
		const pipelineId = chosenIn(context, 'pipelineId', 'Pipeline');
		const project = context.getCurrentNodeParameter('projectId', { extractValue: true });
		const which = (context.getCurrentNodeParameter('additionalFields') ?? {}) as { pipelineVersion?: string | { value: string }; variant?: number };
		const { pipelineVersion: chosen } = which;
		const headers = { [PROJECT]: String(project ?? '') };
		const pipeline = await pipelineOf(connection, { pipelineId, pipelineVersion: (typeof chosen === 'object' ? chosen.value : chosen) || undefined }, headers);
		return ((await inputsOf(connection, pipeline, { variant: which.variant }, headers)) ?? []).map(fieldOf);
	}),
};
