import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';

const PREFIX = '/genoex/api';

/** Hosts that a password may reach without encryption: this machine's own. */
const LOOPBACK = /^http:\/\/(127(\.\d+){3}|localhost|\[::1\])(:\d+)?(\/|$)/;

/**
 * The absolute address of a call (GDE API manual v1.2). The base URL may end in a slash, in /genoex/api or in neither.
 * Throws a Problem when it is no https address: the password travels in every request.
 */
export function apiAddress({ url }: ICredentialDataDecryptedObject, call: string): string {
	const base = String(url ?? '').trim().replace(/\/+$/, '').replace(/\/genoex\/api$/, '');
	if (/^https:\/\/[^/]+/.test(base) || LOOPBACK.test(base)) return `${base}${PREFIX}/${call}`;
	throw new Problem('The base URL is not usable', { description: 'Give "Base URL" in the GenoEx credential as https:// and the host, for example https://genoex.org' });
}

/** The base address for the credential test, which n8n can only do by an expression. */
export const ADDRESS_EXPRESSION = `={{ String($credentials.url).trim().replace(/\\/+$/, "").replace(/\\/genoex\\/api$/, "") + "${PREFIX}" }}`;
