import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { GalateaBioApi } from '../../credentials/GalateaBioApi.credentials.ts';
import { GalateaBio } from '../../nodes/GalateaBio/GalateaBio.node.ts';
import { clock } from '../../nodes/shared/clock.ts';
import { start, type Running } from '../../simulators/galateabio/simulator.mts';
import { Coverage } from './coverage.mts';
import { Engine, type Outcome, type RunOf } from './engine.mts';

/** The GalateaBio node in n8n's engine, talking to a simulator whose clock runs when the node pauses. */
export class Bench {
	engine!: Engine;
	simulator!: Running;
	/** Pauses of the node, ms. */
	pauses: number[] = [];
	private readonly coverage = new Coverage('galateabio');
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
		await fetch(`${this.simulator.info.control}/reset`, { method: 'POST' });
		this.pauses = [];
		clock.now = () => this.simulator.clock.now();
		clock.sleep = async (ms, signal) => {
			if (signal?.aborted) return;
			this.pauses.push(ms);
			await this.simulator.clock.advance(ms);
		};
	}

	credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, apiKey, login } = this.simulator.info;
		return { type: new GalateaBioApi(), data: { environment: 'custom', url, authentication: 'apiKey', apiKey, ...login, accessToken: '', webhookSecret: '', senderHost: '', ...changes } };
	}

	/** Runs one operation, with the defaults of all parameters that are not given. */
	async run(resource: string, operation: string, parameters: IDataObject = {}, more: Partial<RunOf> = {}): Promise<Outcome> {
		const before = this.simulator.journal.since().next;
		const outcome = await this.engine.run({ node: new GalateaBio(), credential: this.credential(), parameters: { resource, operation, ...parameters }, ...more });
		if (!outcome.error) {
			const items = parameters.simplify === false ? undefined : outcome.outputs[0].filter(({ error }) => !error).map(({ json }) => json);
			// with a credential of its own a test may log in, too, which is not part of the operation
			const sent = more.credential ? [] : this.simulator.journal.since(before).entries;
			this.coverage.executed(resource, operation, items, sent);
		}
		return outcome;
	}

	/** The JSON of the first output's items; throws the run's error. */
	async json(...args: Parameters<Bench['run']>): Promise<IDataObject[]> {
		const { outputs, error } = await this.run(...args);
		if (error) throw error;
		return outputs[0].map(({ json }) => json);
	}

	/** Requests of a route that arrived. */
	arrived(route?: string) {
		return this.simulator.journal.since().entries.filter((entry) => route === undefined || entry.route === route);
	}

	/** An uploaded and validated file, by its ID. */
	async validFile(name = 'sample.vcf.gz'): Promise<string> {
		const items = [await this.engine.itemWithFile(Buffer.from('##fileformat=VCFv4.2\n'), name)];
		const [file] = await this.json('file', 'upload', { waitForCompletion: true }, { items });
		return String(file.id);
	}
}

/** A locator's value, by its ID. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
