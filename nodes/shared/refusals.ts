import type { Outgoing } from './operation';

/** What error codes mean. The codes themselves stay out of messages: n8n replaces any message that holds one. */
export const REASONS: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused',
	ENOTFOUND: 'there is no such host',
	EAI_AGAIN: 'the name of the host could not be looked up',
	EHOSTUNREACH: 'there is no way to the host',
	ENETUNREACH: 'there is no way to the network',
	ECONNRESET: 'the connection was closed',
	EPIPE: 'the connection was closed',
	ECONNABORTED: 'no answer in time',
	ETIMEDOUT: 'no answer in time',
	ERR_BAD_RESPONSE: 'the answer broke off',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

/** What a status means, with the service's own words where it has said some. */
export function titleFor(status: number, service: string, words: string | undefined): string {
	const said = words ? `: ${words}` : '';
	if (status === 401) return `${service} did not accept the credential${said}`;
	if (status === 403) return `${service} does not allow this${said}`;
	if (status === 404) return `${service} did not find it${said}`;
	if (status === 429) return `${service} gets too many requests${said}`;
	if (status >= 300 && status < 400) return `${service} points to another address`;
	if (status >= 500) return `${service} is not able to answer now (status ${status})${said}`;
	return `${service} refused the request${said}`;
}

/** What to do about a status; `asked` is the Retry-After of the answer, in seconds. */
export function adviceFor(status: number, tries: number, repeat: Outgoing['repeat'], asked: string | undefined): string {
	if (status === 401) return 'Check the credential: the key or password may be wrong, renewed or revoked';
	if (status === 403) return 'Ask an administrator of your organization for the right to do it';
	if (status === 429) return 'Run fewer items at once ("Batching" in the options), or wait a while';
	if (status >= 300 && status < 400) return 'Check the address in the credential: it must be the one of the API itself';
	if ((status >= 500 || status === 408) && repeat === 'never') return 'It was not sent again, since it may have been done. Look at the service before you run the node again';
	if (status >= 500) return `It was tried ${tries} times${asked ? `; the service asks for ${asked} seconds of patience` : ''}. Run the node again later`;
	return 'Check the values of the node';
}
