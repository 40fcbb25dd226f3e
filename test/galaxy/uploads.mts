import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byId, type Bench } from './galaxy.mts';

/** Uploads of the node into a history, which are waited for. */
export class Uploads {
	private historyId = '';
	private readonly bench: Bench;

	constructor(bench: Bench) {
		this.bench = bench;
	}

	async begin(): Promise<void> {
		this.historyId = await this.bench.newHistory('Uploads');
	}

	/** The history, as the node is told of it. */
	get home(): IDataObject {
		return { historyId: byId(this.historyId) };
	}

	/** A new history of the administrator. */
	async homeOfAdmin(): Promise<IDataObject> {
		const { id } = await this.bench.galaxy<{ id: string }>('POST histories', { name: 'Uploads' }, this.bench.simulator.info.admin.key);
		return { historyId: byId(id) };
	}

	async run(parameters: IDataObject, items?: INodeExecutionData[]) {
		return await this.bench.run('dataset', 'upload', { ...this.home, waitForCompletion: true, ...parameters }, { items });
	}

	/** What came of an upload that went well. */
	async made(parameters: IDataObject, items?: INodeExecutionData[]): Promise<IDataObject[]> {
		const { outputs, error } = await this.run(parameters, items);
		if (error) throw error;
		return outputs[0].map(({ json }) => json);
	}

	/** What arrived, as Galaxy got it. */
	get targets(): IDataObject[] {
		return this.bench.arrived('POST tools/fetch').map(({ body }) => (body as { targets: IDataObject[] }).targets[0]);
	}

	/** An address of the server itself, which it may read. */
	get url(): string {
		return `${this.bench.simulator.info.url}/api/version`;
	}

	/** The FTP directory of the user. */
	get ftp(): string {
		const { importFolder, user } = this.bench.simulator.info;
		return join(importFolder, '../ftp', user.email);
	}
}

/** A file under a name of its own, in a folder of the server. */
export async function fileIn(folder: string, content: string | Buffer, ending = 'txt'): Promise<string> {
	const name = `reads-${randomBytes(6).toString('hex')}.${ending}`;
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, name), content);
	return name;
}

export async function zipOf(texts: Record<string, string>): Promise<Buffer> {
	const zip = new ZipWriter(new Uint8ArrayWriter());
	for (const [name, text] of Object.entries(texts)) await zip.add(name, new TextReader(text));
	return Buffer.from(await zip.close());
}
