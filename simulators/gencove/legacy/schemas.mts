/** A JSON body; fields that are not listed are ignored. */
export function body(properties: Record<string, unknown>, required: string[] = Object.keys(properties)) {
	return { type: 'object', required, properties };
}
