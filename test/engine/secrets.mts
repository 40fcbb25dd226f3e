/** Values of a credential that must stand nowhere else, by the names of their fields; also the tokens that n8n keeps for OAuth2. */
export function secretsOf(credential: object): string[] {
	const { oauthTokenData = {}, ...values } = credential as { oauthTokenData?: object };
	return [...Object.entries(values), ...Object.entries(oauthTokenData)]
		.filter(([name]) => /key|token|password|secret|passphrase/i.test(name) && name !== 'token_type')
		.map(([, value]) => value)
		.filter((value): value is string => typeof value === 'string' && value.length >= SHORTEST);
}

/** Shorter ones stand in a run by chance. */
const SHORTEST = 6;

/**
 * Where a value holds one of the secrets, as a path, or undefined: all own properties are looked at, those of errors
 * that JSON leaves out too, and the secrets also as a query and as base64.
 */
export function leakIn(value: unknown, secrets: string[]): string | undefined {
	const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]);
	const holds = (text: string) => forms.some((form) => text.includes(form));
	const seen = new Set<unknown>();
	function find(part: unknown, path: string): string | undefined {
		if (typeof part === 'string') return holds(part) ? path : undefined;
		if (typeof part !== 'object' || part === null || seen.has(part)) return undefined;
		seen.add(part);
		if (ArrayBuffer.isView(part)) return holds(Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')) ? path : undefined;
		if (part instanceof Map || part instanceof Set) return find([...part], path);
		for (const key of Reflect.ownKeys(part)) {
			// what the user wrote into the node stands in the workflow anyway
			if (key === 'parameters' && 'typeVersion' in part) continue;
			const found = holds(String(key)) ? `${path}.(name)` : find((part as Record<PropertyKey, unknown>)[key], `${path}.${String(key)}`);
			if (found !== undefined) return found;
		}
		return undefined;
	}
	return find(value, 'run');
}
