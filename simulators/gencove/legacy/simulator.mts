import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../shared/clock.mts';
import type { Faults } from '../../shared/faults.mts';
import type { Journal } from '../../shared/journal.mts';
import { createKit, listen } from '../../shared/server.mts';
import { addApi } from './api.mts';
import { addLegacyControl } from './control.mts';
import { RawData } from './raw-data.mts';
import { API_KEY, LOGIN } from './seeds.mts';
import { Sessions } from './sessions.mts';
import { State } from './state.mts';
import { Webhooks } from './webhooks.mts';

export interface LegacyRunning {
	/** addresses and keys, all synthetic */
	info: {
		url: string;
		control: string;
		apiKey: string;
		login: { email: string; password: string };
	};
	app: FastifyInstance;
	state: State;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	close(): Promise<void>;
}

/** Starts a simulator of generation 1: its own host in the real world, its own port, clock and journal here. */
export async function startLegacy({ host, port }: { host?: string; port?: number } = {}): Promise<LegacyRunning> {
	const kit = createKit({ prefix: '', onReset: reset });
	const { app, clock, journal, faults } = kit;
	const state = new State(clock);
	const sessions = new Sessions(state, clock);
	const context = { state, sessions, webhooks: new Webhooks(state, clock), rawData: new RawData(clock), timestamp: (at: number) => clock.timestamp(at) };

	function reset(): void {
		state.reset();
		sessions.reset();
	}

	addApi(app, context);
	app.register(async (control) => addLegacyControl(control, context), { prefix: '/simulator/gencove-legacy' });
	const url = await listen(app, { host, port });
	return {
		info: { url, control: `${url}/simulator`, apiKey: API_KEY, login: LOGIN },
		app,
		state,
		clock,
		journal,
		faults,
		close: async () => await app.close(),
	};
}
