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

/** A value inside a collection, as the editor keeps it or as an expression gives it. */
type Located = string | { value: string };
const valueOf = (given: Located | undefined) => (typeof given === 'object' ? given.value : given) || undefined;

/** The fields that the editor loads for a mapper. */
export const mappings = {
	pipelineInputs: fieldMapping(api, async (connection, context) => {
		const pipelineId = chosenIn(context, 'pipelineId', 'Pipeline');
		const project = context.getCurrentNodeParameter('projectId', { extractValue: true });
		const more = (context.getCurrentNodeParameter('additionalFields') ?? {}) as { pipelineVersion?: Located; orgId?: Located; variant?: number };
		const scope = { orgId: valueOf(more.orgId) };
		const headers = { [PROJECT]: String(project ?? '') };
		const pipeline = await pipelineOf(connection, { pipelineId, pipelineVersion: valueOf(more.pipelineVersion), ...scope }, headers);
		return ((await inputsOf(connection, pipeline, { variant: more.variant, ...scope }, headers)) ?? []).map(fieldOf);
	}),
};
