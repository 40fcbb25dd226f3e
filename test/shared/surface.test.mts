import type { INodeProperties } from 'n8n-workflow';
import { nodes } from './descriptions.mts';

/** What a saved workflow depends on: names, types, values and defaults; not labels and descriptions. */
function surface(properties: INodeProperties[]): unknown[] {
	return properties
		.map(({ name, type, default: value, displayOptions, options = [] }) => ({
			name,
			type,
			default: value,
			...(displayOptions && { shown: displayOptions }),
			...(options.length > 0 && { options: options.map((option) => ('value' in option ? option.value : 'values' in option ? [option.name, surface(option.values)] : surface([option as INodeProperties])[0])) }),
		}))
		.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** A change here breaks saved workflows: it needs a new version of the node. After an addition: `jest --selectProjects unit -u`. */
it.each(nodes.map(({ made }) => [made.description.name, made.description] as const))('the parameters of %s are those that saved workflows know', (_name, description) => {
	expect({ version: description.version, credentials: description.credentials?.map(({ name }) => name), parameters: surface(description.properties) }).toMatchSnapshot();
});
