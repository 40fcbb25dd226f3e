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

/** The host that a credential names: one of the service's, or the user's own. Throws a Problem when that is no http address. */
export function hostOf({ environment, url }: ICredentialDataDecryptedObject, hosts: Record<string, string>, credential: string): string {
	const host = hosts[String(environment)] ?? ORIGIN.exec(String(url ?? '').trim())?.[1];
	if (host !== undefined) return host;
	throw new Problem('The base URL is not usable', { description: `Give "Base URL" in the ${credential} credential as https:// and the host, for example ${hosts.production}` });
}

/** The same rule for a credential test, which n8n can only do by an expression. */
export const hostExpression = (hosts: Record<string, string>) => `(${JSON.stringify(hosts)}[$credentials.environment] || String($credentials.url).trim().replace(/${ORIGIN.source.replace(/\\\//g, '\\/')}/, "$1"))`;

/** The absolute address of a path of the API v2. */
export const apiAddress = (credential: ICredentialDataDecryptedObject, path: string): string => `${hostOf(credential, HOSTS, 'Gencove')}${PREFIX}/${path}`;

export const ADDRESS_EXPRESSION = `={{ ${hostExpression(HOSTS)} + "${PREFIX}" }}`;
