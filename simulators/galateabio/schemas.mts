import { UUID } from './query.mts';

export const uuid = { type: 'string', pattern: UUID.source.replaceAll('a-f', 'a-fA-F') };

/** Path parameters that are ids. */
export function idParams(...names: string[]) {
	return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, uuid])) };
}

/** A JSON body; fields that are not listed are ignored, as the provider does. */
export function body(properties: Record<string, unknown>, required: string[] = Object.keys(properties)) {
	return { type: 'object', required, properties };
}
