/** The tokens of JSON; what stands between them is blank. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}:,]|[^\s[\]{}:,"]+/g;

/** How Python writes the tokens that it does not write as JSON does, texts aside. */
const WORDS: Record<string, string> = { ':': ': ', ',': ', ', true: 'True', false: 'False', null: 'None' };

/** What Python does not print as it is: control characters, unassigned ones, and blanks but the usual one. */
const UNPRINTABLE = /(?! )[\p{C}\p{Z}]/gu;
const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * JSON as Python prints what it holds: [{'id': 'a', 'on': True}]. Gencove was once seen to sign this text in the place
 * of the body that it sent. Numbers stay as they are written. Undefined for what is no JSON.
 */
export function pythonText(text: string): string | undefined {
	try {
		JSON.parse(text);
	} catch {
		return undefined;
	}
	return (text.match(TOKEN) ?? []).map((token) => (token.startsWith('"') ? quoted(JSON.parse(token) as string) : (WORDS[token] ?? token))).join('');
}

/** In single quotes, but in double ones where these save escapes. */
function quoted(text: string): string {
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
	return `${quote}${escaped.replace(UNPRINTABLE, (sign) => SHORT[sign] ?? numbered(sign))}${quote}`;
}

function numbered(sign: string): string {
	const code = Number(sign.codePointAt(0));
	const [letter, digits] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8];
	return `\\${letter}${code.toString(16).padStart(Number(digits), '0')}`;
}
