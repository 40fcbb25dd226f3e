/** The shape of JSON values as n8n's editor reads it: a small part of JSON Schema. */
export interface Shape {
	type: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';
	properties?: Record<string, Shape>;
	items?: Shape;
}

export function shapeOf(value: unknown): Shape {
	if (value === null || value === undefined) return { type: 'null' };
	if (Array.isArray(value)) return value.length === 0 ? { type: 'array' } : { type: 'array', items: value.map(shapeOf).reduce(merged) };
	if (typeof value === 'object') return { type: 'object', properties: Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)])) };
	if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'number' };
	return { type: typeof value as 'string' | 'boolean' };
}

/** One shape for both: what is known of one of them fills what the other leaves open. */
export function merged(a: Shape, b: Shape): Shape {
	if (a.type === 'null') return b;
	if (b.type === 'null') return a;
	if (a.type !== b.type) return a.type === 'integer' && b.type === 'number' ? b : a;
	if (a.type === 'array') return a.items && b.items ? { type: 'array', items: merged(a.items, b.items) } : a.items ? a : b;
	if (a.type !== 'object') return a;
	const properties = { ...a.properties };
	for (const [name, shape] of Object.entries(b.properties ?? {})) properties[name] = properties[name] ? merged(properties[name], shape) : shape;
	return { type: 'object', properties };
}
