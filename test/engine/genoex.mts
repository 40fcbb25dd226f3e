import type { ICredentialDataDecryptedObject, IDataObject, INodeExecutionData } from 'n8n-workflow';
import { GenoExApi } from '../../credentials/GenoExApi.credentials.ts';
import { GenoEx } from '../../nodes/GenoEx/GenoEx.node.ts';
import { zip } from '../../nodes/shared/zip.ts';
import { clock } from '../../nodes/shared/clock.ts';
import { start, type Running } from '../../simulators/genoex/simulator.mts';
import { Coverage } from './coverage.mts';
import { Engine, type Outcome, type RunOf } from './engine.mts';

/** The GenoEx node in n8n's engine, talking to a simulator whose clock runs when the node pauses. */
export class Bench {
	engine!: Engine;
	simulator!: Running;
	/** Pauses of the node, ms. */
	pauses: number[] = [];
	private readonly coverage = new Coverage('genoex');
	private readonly realClock = { ...clock };

	/** Starts both; to be called in beforeAll. */
	async open(): Promise<void> {
		this.engine = await Engine.start();
		this.simulator = await start();
	}

	async close(): Promise<void> {
		Object.assign(clock, this.realClock);
		this.coverage.sent(this.arrived());
		this.coverage.write();
		await this.simulator.close();
		await this.engine.close();
	}

	/** A fresh simulator and no pauses; to be called in beforeEach. */
	async reset(): Promise<void> {
		this.coverage.sent(this.arrived());
		await this.control('POST', '../reset');
		this.pauses = [];
		clock.now = () => this.simulator.clock.now();
		clock.sleep = async (ms, signal) => {
			if (signal?.aborted) return;
			this.pauses.push(ms);
			await this.simulator.clock.advance(ms);
		};
	}

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

	credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, username, password, apiVersion } = this.simulator.info;
		return { type: new GenoExApi(), data: { url, username, password, apiVersion, ...changes } };
	}

	/** Runs one operation, with the defaults of all parameters that are not given. */
	async run(resource: string, operation: string, parameters: IDataObject = {}, more: Partial<RunOf> = {}): Promise<Outcome> {
		const before = this.simulator.journal.since().next;
		const outcome = await this.engine.run({ node: new GenoEx(), credential: this.credential(), parameters: { resource, operation, ...parameters }, ...more });
		if (!outcome.error) {
			const items = outcome.outputs[0].filter(({ error }) => !error).map(({ json }) => json);
			this.coverage.executed(resource, operation, items, this.simulator.journal.since(before).entries);
		}
		return outcome;
	}

	/** The JSON of the first output's items; throws the run's error. */
	async json(...args: Parameters<Bench['run']>): Promise<IDataObject[]> {
		const { outputs, error } = await this.run(...args);
		if (error) throw error;
		return outputs[0].map(({ json }) => json);
	}

	/** Requests of a call that arrived, in order. */
	arrived(call?: string) {
		return this.simulator.journal.since().entries.filter(({ route }) => call === undefined || route === `POST /genoex/api/${call}`);
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
