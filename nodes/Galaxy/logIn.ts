import type { ICredentialDataDecryptedObject, IHttpRequestHelper } from 'n8n-workflow';

import { apiAddress } from './address';

/**
 * The API key of a user who logs in by name and password; Galaxy makes one where there is none (contract, section 1).
 * Throws the error of n8n's HTTP client when Galaxy refuses.
 */
export async function logIn({ helpers }: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<{ sessionToken: string }> {
	const { username, password } = credentials;
	const basic = Buffer.from(`${String(username)}:${String(password)}`, 'utf8').toString('base64');
	const { api_key: sessionToken } = (await helpers.httpRequest({
		method: 'GET',
		url: apiAddress(credentials, 'api/authenticate/baseauth'),
		headers: { Authorization: `Basic ${basic}` },
		json: true,
		disableFollowRedirect: true,
	})) as { api_key: string };
	return { sessionToken };
}
