// letters, marks, digits, signs and the blank stay as they are; all others, other blanks included, are escaped
const NOT_PRINTABLE = /(?! )[\p{C}\p{Z}]/gu;
const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * A JSON value as Python prints it (`repr`): `{'a': [1, None, True], 'b': "it's"}`.
 *
 * @param value numbers are written as JavaScript writes them: the webhooks have none
 */
export function pythonText(value: unknown): string {
	if (value === null) return 'None';
	if (typeof value === 'boolean') return value ? 'True' : 'False';
	if (typeof value === 'string') return quoted(value);
	if (Array.isArray(value)) return `[${value.map(pythonText).join(', ')}]`;
	if (typeof value !== 'object') return String(value);
	return `{${Object.entries(value).map(([name, inner]) => `${quoted(name)}: ${pythonText(inner)}`).join(', ')}}`;
}

// double quotes only where that saves escaping single ones
function quoted(text: string): string {
	const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
	const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(NOT_PRINTABLE, (one) => SHORT[one] ?? numbered(one));
	return quote + escaped + quote;
}

function numbered(character: string): string {
	const code = character.codePointAt(0)!;
	if (code < 0x100) return `\\x${hex(code, 2)}`;
	return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

const hex = (code: number, digits: number) => code.toString(16).padStart(digits, '0');
