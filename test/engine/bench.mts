import type { ICredentialDataDecryptedObject, IDataObject, INodeType } from 'n8n-workflow';
import { clock } from '../../nodes/shared/clock.ts';
import type { Clock } from '../../simulators/shared/clock.mts';
import type { Faults } from '../../simulators/shared/faults.mts';
import type { Journal, JournalEntry } from '../../simulators/shared/journal.mts';
import { Coverage } from './coverage.mts';
import { Engine, type Outcome, type RunOf } from './engine.mts';

/** What every simulator has. */
interface Simulator {
	info: { provider: string; control: string };
	clock: Clock;
	journal: Journal;
	faults: Faults;
	close(): Promise<void>;
}

/** A provider's node in n8n's engine, talking to a simulator whose clock runs when the node pauses. */
export abstract class ProviderBench<S extends Simulator> {
	engine!: Engine;
	simulator!: S;
	/** Pauses of the node, ms. */
	pauses: number[] = [];
	private coverage!: Coverage;
	private readonly realClock = { ...clock };

	/** Starts the provider's simulator. */
	protected abstract start(): Promise<S>;
	protected abstract node(): INodeType;
	/** A credential that the simulator takes, with some values changed. */
	abstract credential(changes?: ICredentialDataDecryptedObject): NonNullable<RunOf['credential']>;

	/** The credential that a resource needs. */
	protected credentialOf(_resource: string): NonNullable<RunOf['credential']> {
		return this.credential();
	}

	/** What arrived at the simulator, in its parts. */
	protected get journals(): Journal[] {
		return [this.simulator.journal];
	}

	/** Starts both; to be called in beforeAll. */
	async open(): Promise<void> {
		this.engine = await Engine.start();
		this.simulator = await this.start();
		this.coverage = new Coverage(this.simulator.info.provider);
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

	/** Runs one operation, with the defaults of all parameters that are not given. */
	async run(resource: string, operation: string, parameters: IDataObject = {}, more: Partial<RunOf> = {}): Promise<Outcome> {
		const isFaulty = this.simulator.faults.areWaiting;
		const before = this.journals.map((journal) => journal.since().next);
		const outcome = await this.engine.run({ node: this.node(), credential: this.credentialOf(resource), parameters: { resource, operation, ...parameters }, ...more });
		if (!outcome.error) {
			// a workflow's settings may put files into the JSON, and a fault anything
			const isUsual = parameters.simplify !== false && !more.workflowSettings && !isFaulty;
			const items = !isUsual ? undefined : outcome.outputs[0].filter(({ error }) => !error).map(({ json }) => json);
			// with a credential of its own a test may log in, too, which is not part of the operation
			const sent = more.credential ? [] : this.journals.flatMap((journal, i) => journal.since(before[i]).entries);
			this.coverage.executed(resource, operation, items, sent);
		}
		return outcome;
	}

	/** The JSON of the first output's items; throws the run's error. */
	async json(...args: Parameters<ProviderBench<S>['run']>): Promise<IDataObject[]> {
		const { outputs, error } = await this.run(...args);
		if (error) throw error;
		return outputs[0].map(({ json }) => json);
	}

	/** Requests of a route that arrived, in order. */
	arrived(route?: string): JournalEntry[] {
		return this.journals.flatMap((journal) => journal.since().entries).filter((entry) => route === undefined || entry.route === route);
	}
}
