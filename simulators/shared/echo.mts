const FORMS = {
	raw: (text: string) => text,
	json: (text: string) => JSON.stringify(text),
	base64: (text: string) => Buffer.from(text).toString('base64'),
	url: encodeURIComponent,
};

/** How an echo writes what it repeats. */
export type EchoForm = keyof typeof FORMS;

/**
 * Copies a body, text or JSON, with each `{{name}}` in its texts replaced by what a request sent under that name.
 *
 * @param sent texts by name; one that is not there becomes nothing
 */
export function withEcho(body: unknown, sent: Record<string, string>, form: EchoForm = 'raw'): unknown {
	if (typeof body === 'string') return body.replace(/\{\{(\w+)\}\}/g, (_mark, name: string) => FORMS[form](sent[name] ?? ''));
	if (Array.isArray(body)) return body.map((inner) => withEcho(inner, sent, form));
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(Object.entries(body).map(([name, inner]) => [name, withEcho(inner, sent, form)]));
}
