import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';

/**
 * The absolute address of a path. The server's address may have a path of its own, and may end in a slash or in /api.
 * Throws a Problem when it is no http address.
 */
export function apiAddress({ url }: ICredentialDataDecryptedObject, path: string): string {
	const base = String(url ?? '').trim().replace(/\/+$/, '').replace(/\/api$/, '');
	if (!/^https?:\/\/[^/]+/.test(base)) {
		throw new Problem('The server address is not usable', { description: 'Give "Server" in the Galaxy credential as in the browser, for example https://usegalaxy.org' });
	}
	return `${base}/${path}`;
}

/** The same rule for the credential test, which n8n can only do by an expression. */
export const ADDRESS_EXPRESSION = '={{ String($credentials.url).trim().replace(/\\/+$/, "").replace(/\\/api$/, "") }}';
