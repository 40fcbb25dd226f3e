import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';

import { apiAddress } from './address';

interface Tokens {
	accessToken: string;
	refreshToken: string;
}

/**
 * A new access token: by the refresh token of the last log-in while Gencove takes it, else by email and password, as
 * Gencove's own client does. Throws an Error when neither gives one.
 */
export async function logIn(context: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<Tokens> {
	const { email, password, refreshToken } = credentials;
	const post = async (path: string, body: IDataObject) =>
		(await context.helpers.httpRequest({ method: 'POST', url: apiAddress(credentials, path), body, json: true, disableFollowRedirect: true })) as { access?: string; refresh?: string };
	if (refreshToken) {
		const { access } = await post('jwt-refresh/', { refresh: refreshToken }).catch(() => ({ access: undefined }));
		if (access) return { accessToken: access, refreshToken: String(refreshToken) };
	}
	const { access, refresh } = await post('jwt-create/', { email, password }).catch(asksForCode);
	if (access && refresh) return { accessToken: access, refreshToken: refresh };
	throw new Error('Gencove wants a one-time code for this log-in: use an API key in the Gencove credential');
}

interface Refused {
	response?: { data?: unknown };
}

/** A refusal that asks for the second factor gives no tokens; any other one is handed on. */
async function asksForCode(cause: Refused & { cause?: Refused }): Promise<{ access?: string; refresh?: string }> {
	const said = JSON.stringify((cause.response ?? cause.cause?.response)?.data ?? '');
	return said.includes('otp_token') ? {} : await Promise.reject(cause as Error);
}
