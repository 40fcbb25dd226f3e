export interface Answer {
	status: number;
	headers: Headers;
	bytes: Buffer;
	text: string;
	/** the parsed body, of whatever shape; undefined when it is no JSON */
	json: any;
}

/** Sends a request line such as `GET /users/me`, below a base address. A `json` body is serialized. */
export async function send(base: string, line: string, options: { json?: unknown; body?: RequestInit['body']; headers?: Record<string, string> } = {}): Promise<Answer> {
	const [method, path] = line.split(/ (.*)/s);
	const headers = { ...(options.json === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers };
	const body = options.json === undefined ? options.body : JSON.stringify(options.json);
	const response = await fetch(base + path, { method, headers, body });
	const bytes = Buffer.from(await response.arrayBuffer());
	const text = bytes.toString();
	return { status: response.status, headers: response.headers, bytes, text, json: parsed(text) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
