import { Uint8ArrayWriter, TextReader, TextWriter, Uint8ArrayReader, ZipReader, ZipWriter } from '@zip.js/zip.js';
import type { FileEntry } from '@zip.js/zip.js';
import type { Running } from '../../simulators/genoex/simulator.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

/** Who asks; default the main login. */
export interface Auth {
	username: string;
	password: string;
}

/** Files of a submission: part, file name, content. */
export type Files = Array<[part: string, filename: string, content: Buffer | string]>;

export const VERSION = '220805';

/** All filters of `gde_extraction`, each of which lets everything through. */
export const EVERYTHING = {
	breeds: [] as string[],
	countries: [] as string[],
	gender: 'BOTH',
	extraction_type: 'a',
	arrays: [] as string[],
	orgs: [] as string[],
	date_start: '2000-01-01',
	date_end: '2099-12-31',
	quality_criteria: null as string | null,
};
/** All filters of `gde_download_711`. */
export const ANIMALS = { breeds: [] as string[], countries: [] as string[], gender: 'BOTH', arrays: [] as string[] };

/** The form of a call. @param data the whole part, where it is to be another than the right one */
export function formOf(data: string, files: Files = []): FormData {
	const form = new FormData();
	form.append('data', data);
	for (const [part, filename, content] of files) form.append(part, new Blob([content as never]), filename);
	return form;
}

/** Calls a simulator as a client does. */
export class Client {
	private readonly info: Running['info'];
	private readonly auth: Auth;

	constructor(info: Running['info'], auth: Auth = info) {
		this.info = info;
		this.auth = auth;
	}

	/** The text of the part `data`. */
	data(parameters: object): string {
		const { username, password: pw } = this.auth;
		return JSON.stringify({ parameters: { version: VERSION, ...parameters }, auth: { username, pw } });
	}

	async form(call: string, form: FormData, headers: Record<string, string> = {}): Promise<Answer> {
		return await send(this.info.url, `POST /genoex/api/${call}`, { body: form, headers });
	}

	async post(call: string, parameters: object = {}, files: Files = []): Promise<Answer> {
		return await this.form(call, formOf(this.data(parameters), files));
	}

	/** The values of a call that succeeds. */
	async values(call: string, parameters: object = {}, files: Files = []): Promise<Record<string, any>> {
		const { json } = await this.post(call, parameters, files);
		expect(json).toEqual({ status: true, status_message: expect.any(String), return_values: expect.any(Object) });
		return json.return_values;
	}

	/** The message of a call that is refused, in an envelope without values. */
	async refused(call: string, parameters: object = {}, files: Files = []): Promise<string> {
		const { status, json } = await this.post(call, parameters, files);
		expect([status, json]).toEqual([200, { status: false, status_message: expect.any(String) }]);
		return json.status_message;
	}
}

/** A zip of one text file. */
export async function zipped(name: string, text: string): Promise<Buffer> {
	const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
	await zip.add(name, new TextReader(text));
	return Buffer.from(await zip.close());
}

/** The files in a zip, by name. */
export async function unzipped(zip: Buffer): Promise<Record<string, string>> {
	const entries = await new ZipReader(new Uint8ArrayReader(zip), { useWebWorkers: false, checkSignature: true }).getEntries();
	return Object.fromEntries(await Promise.all(entries.map(async (entry) => [entry.filename, await (entry as FileEntry).getData(new TextWriter())])));
}

/** The fields of each line. */
export function rowsOf(text: string): string[][] {
	return text.split('\n').slice(0, -1).map((line) => line.split(';'));
}
