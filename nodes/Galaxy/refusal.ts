import type { IDataObject } from 'n8n-workflow';

/** What to do about Galaxy's own error codes (contract, section 2, "Errors"). */
const ADVICE: Record<number, string> = {
	400001: 'The server must list your email address in "api_allow_run_as" before you can act for other users',
	400006: 'Choose another short name for the address',
	400008: 'Check the values of the node. IDs of Galaxy have 16 characters or more; the number of an item in a history is no ID',
	400009: 'The ID is none of this server: it may be of another server, or of another kind of thing',
	400011: 'Choose another name',
	400014: 'Install the tool on the server, or choose another version',
	400015: 'An input is still being made: wait for it first',
	401001: 'Check the key in the credential: it may be wrong, renewed or revoked',
	403001: 'It needs a real user: give a personal API key in the credential',
	403002: 'Ask its owner to share it with you',
	403003: 'Ask its owner to share it with you',
	403004: 'The server has this switched off: ask its administrator',
	403005: 'Ask its owner or an administrator for the right to do it',
	403006: 'Only administrators may do this: use the key of one',
	403007: 'Confirm your email address in Galaxy first',
};

interface Refusal {
	err_msg?: unknown;
	err_code?: unknown;
	/** Of tools: a message for each parameter, or nested ones. */
	err_data?: IDataObject;
	/** Of uploads in chunks. */
	detail?: unknown;
}

const isObject = (body: unknown): body is Refusal => typeof body === 'object' && body !== null;

/** Galaxy's words in a refusal, with the fields that it complains about. */
export function refusal(body: unknown): string | undefined {
	if (typeof body === 'string') return inPage(body);
	if (!isObject(body)) return undefined;
	const { err_msg: message, err_data: data, detail } = body;
	// `validation_errors` say the same again
	const words = [message ?? detail, ...messagesIn(data)].filter((word) => typeof word === 'string' && word.trim() !== '');
	return words.length === 0 ? undefined : words.join('. ');
}

/** What the oldest routes say in a web page; a page of any other kind says nothing. */
function inPage(text: string): string | undefined {
	const words = /^\s*</.test(text) ? /<div class="message[^"]*">([^<]*)<\/div>/.exec(text)?.[1] : text;
	return words?.trim() || undefined;
}

function messagesIn(data: unknown, path = ''): string[] {
	if (typeof data === 'string') return path === '' || path === 'err_msg' || path === 'err_code' ? [] : [`${path}: ${data}`];
	if (!isObject(data)) return [];
	return Object.entries(data).flatMap(([name, inner]) => messagesIn(inner, path === '' ? name : `${path}.${name}`));
}

/** What to do about a refusal, with the code that an administrator may ask for. */
export function advice(body: unknown): string | undefined {
	const code = isObject(body) ? Number(body.err_code) : NaN;
	return ADVICE[code] && `${ADVICE[code]} (Galaxy error code ${code})`;
}
