import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';

const PREFIX = '/api/v2';

/** Gencove's hosts: production, the European Union, and that of its developers. */
const HOSTS: Record<string, string> = {
	production: 'https://api.gencove.com',
	europe: 'https://api.eu1.gencove.com',
	development: 'https://api-dev.gencove-dev.com',
};

/** Of a base URL only scheme and host count, as for Gencove's own client. */
const ORIGIN = /^(https?:\/\/[^/]+).*$/;

/** The absolute address of a path. Throws a Problem when the base URL of the user's own is no http address. */
export function apiAddress({ environment, url }: ICredentialDataDecryptedObject, path: string): string {
	const host = HOSTS[String(environment)] ?? ORIGIN.exec(String(url ?? '').trim())?.[1];
	if (host !== undefined) return `${host}${PREFIX}/${path}`;
	throw new Problem('The base URL is not usable', {
		description: 'Give "Base URL" in the Gencove credential as https:// and the host, for example https://api.gencove.com',
	});
}

/** The same rule for the credential test, which n8n can only do by an expression. */
export const ADDRESS_EXPRESSION = `={{ (${JSON.stringify(HOSTS)}[$credentials.environment] || String($credentials.url).trim().replace(/${ORIGIN.source.replace(/\\\//g, '\\/')}/, "$1")) + "${PREFIX}" }}`;
