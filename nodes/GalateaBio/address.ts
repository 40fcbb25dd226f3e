import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';

const PREFIX = '/api/v1';

/** GalateaBio docs, "Environments". */
const HOSTS: Record<string, string> = {
	production: 'https://api.galatea.bio',
	sandbox: 'https://api.sandbox.galatea.bio',
};

/**
 * The absolute address of a path. A base URL of the user's own may end in a slash, in /api/v1 or in neither.
 * Throws a Problem when it is no http address.
 */
export function apiAddress(credential: ICredentialDataDecryptedObject, path: string): string {
	const own = String(credential.url ?? '').trim();
	const base = HOSTS[String(credential.environment)] ?? own.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
	if (!/^https?:\/\/[^/]+/.test(base)) {
		throw new Problem('The base URL is not usable', {
			description: 'Give "Base URL" in the GalateaBio credential as https:// and the host, for example https://api.galatea.bio',
		});
	}
	return `${base}${PREFIX}/${path}`;
}

/** The same rule for the credential test, which n8n can only do by an expression. */
export const ADDRESS_EXPRESSION = `={{ (${JSON.stringify(HOSTS)}[$credentials.environment] || String($credentials.url).trim().replace(/\\/+$/, "").replace(/\\/api\\/v1$/, "")) + "${PREFIX}" }}`;

/** The host that signs webhooks: the API's, unless the credential names another one. */
export function senderHost(credential: ICredentialDataDecryptedObject): string {
	return String(credential.senderHost ?? '').trim() || new URL(apiAddress(credential, '')).hostname;
}
