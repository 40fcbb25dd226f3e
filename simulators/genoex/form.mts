import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Spool } from '../shared/spool.mts';
import type { Call } from './context.mts';
import { Refusal } from './envelope.mts';
import type { Login, ReceivedFile } from './records.mts';
import type { State } from './state.mts';

type Json = Record<string, unknown>;

interface Text {
	name: string;
	value: unknown;
}

/**
 * Reads the form that every call is: a text part `data` with `{ parameters, auth }` as JSON, and files
 * (GenoEx API manual, examples). Notes in the journal what came, without `auth`.
 *
 * @param fileNames parts that may be files
 * @throws Refusal when the form has another shape, or the login is not known
 */
export async function readForm(request: FastifyRequest, state: State, fileNames: readonly string[]): Promise<Call> {
	if (!request.isMultipart()) throw new Refusal('the request is not multipart/form-data');
	const files: ReceivedFile[] = [];
	try {
		const texts = await readParts(request, files);
		const shown = files.map(({ name, filename, size, sha256, contentType }) => ({ name, filename, size, sha256, contentType }));
		const { parameters, auth } = readData(request, texts, shown);
		checkFiles(files, fileNames);
		return { login: checkLogin(auth, state), parameters: checkVersion(parameters, state), files };
	} catch (error) {
		for (const { content } of files) content.close();
		throw error;
	}
}

// all parts are read before any is judged: a form cannot be refused halfway
async function readParts(request: FastifyRequest, files: ReceivedFile[]): Promise<Text[]> {
	const texts: Text[] = [];
	try {
		for await (const part of request.parts()) {
			if (part.type === 'file') files.push(await receive(part));
			else texts.push({ name: part.fieldname, value: part.valueTruncated ? undefined : part.value });
		}
	} catch (error) {
		throw new Refusal(`the form cannot be read: ${(error as Error).message}`);
	}
	return texts;
}

async function receive({ fieldname: name, filename, mimetype: contentType, file }: MultipartFile): Promise<ReceivedFile> {
	const content = new Spool();
	const hash = createHash('sha256');
	try {
		for await (const piece of file as AsyncIterable<Buffer>) {
			hash.update(piece);
			content.write(piece, content.length);
		}
	} catch (error) {
		content.close();
		throw error;
	}
	return { name, filename, size: content.length, sha256: hash.digest('hex'), contentType, content };
}

function readData(request: FastifyRequest, texts: Text[], files: object[]): { parameters: Json; auth: Json } {
	const noted: Json = files.length > 0 ? { files } : {};
	request.entry.body = noted;
	const [data, ...more] = texts;
	if (data?.name !== 'data' || more.length > 0) throw new Refusal('the form must have exactly one text part, data');
	if (typeof data.value !== 'string') throw new Refusal('data must be plain text of at most 1 MiB');
	const { parameters, auth, ...others } = parsedObject(data.value);
	if (!isObject(parameters) || !isObject(auth)) throw new Refusal('data must hold the objects parameters and auth');
	const { username, pw } = auth;
	request.entry.body = { user: shortHash(String(username)), ...parameters, ...noted };
	request.sent = { data: data.value, username: String(username), pw: String(pw) };
	if (Object.keys(others).length > 0) throw new Refusal('data holds more than parameters and auth');
	return { parameters, auth };
}

function parsedObject(text: string): Json {
	try {
		const value: unknown = JSON.parse(text);
		if (isObject(value)) return value;
	} catch {
		// refused below, without the text
	}
	throw new Refusal('data is not a JSON object');
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

function checkFiles(files: ReceivedFile[], fileNames: readonly string[]): void {
	const names = files.map(({ name }) => name);
	const unknown = names.find((name) => !fileNames.includes(name));
	if (unknown !== undefined) throw new Refusal(`the file part ${unknown} is not known here`);
	if (new Set(names).size < names.length) throw new Refusal('a file part came twice');
}

function checkLogin({ username, pw }: Json, { logins }: State): Login {
	const login = logins.find((one) => one.username === username && one.password === pw);
	if (!login) throw new Refusal('user name or password is wrong');
	return login;
}

function checkVersion({ version, ...parameters }: Json, { settings }: State): Json {
	if (typeof version !== 'string' || !settings.versions.includes(version)) throw new Refusal('the API version is missing or not supported');
	return parameters;
}
