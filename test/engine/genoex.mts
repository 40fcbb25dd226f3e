import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { GenoExApi } from '../../credentials/GenoExApi.credentials.ts';
import { GenoEx } from '../../nodes/GenoEx/GenoEx.node.ts';
import { zip } from '../../nodes/shared/zip.ts';
import { start, type Running } from '../../simulators/genoex/simulator.mts';
import { ProviderBench } from './bench.mts';
import type { RunOf } from './engine.mts';

/** The GenoEx node in n8n's engine, talking to a simulator. */
export class Bench extends ProviderBench<Running> {
	protected override start = async () => await start();
	protected override node = () => new GenoEx();

	/** A call of the simulator's own control routes. */
	async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.simulator.info.control}/genoex/${path}`, {
			method,
			...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
		return text === '' ? undefined : JSON.parse(text);
	}

	override credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, username, password, apiVersion } = this.simulator.info;
		return { type: new GenoExApi(), data: { url, username, password, apiVersion, ...changes } };
	}

	/** Requests of a call that arrived, in order; of all calls without one. */
	override arrived(call?: string) {
		return super.arrived(call && `POST /genoex/api/${call}`);
	}

	/** The parameters of the requests of a call that arrived. */
	sent(call: string): IDataObject[] {
		return this.arrived(call).map(({ body }) => body as IDataObject);
	}

	/** An input item with a zip in the field `data`, or in another one. */
	async itemWithZip(lines: string[], inside = 'genotypes.csv', field = 'data'): Promise<INodeExecutionData> {
		const { json, binary } = await this.engine.itemWithFile(await zipped(lines, inside), `${field}.zip`);
		return { json, binary: { [field]: binary!.data } };
	}
}

/** The bytes of a zip with one file of lines. */
export async function zipped(lines: string[], inside: string): Promise<Buffer> {
	async function* content() {
		yield Buffer.from(lines.map((line) => `${line}\n`).join(''));
	}
	const pieces: Uint8Array[] = [];
	for await (const piece of zip(inside, content())) pieces.push(piece);
	return Buffer.concat(pieces);
}
