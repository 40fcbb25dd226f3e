import type { FastifyInstance } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Faults } from '../shared/faults.mts';
import type { Journal } from '../shared/journal.mts';
import { createKit, listen } from '../shared/server.mts';
import type { StartOptions } from '../shared/server.mts';
import { addApi } from './api.mts';
import { addProviderControl } from './control.mts';
import { Jobs } from './jobs.mts';
import type { Login } from './records.mts';
import { COLLEAGUE, LOGIN, OTHERS } from './seeds.mts';
import { DEFAULTS } from './settings.mts';
import type { Settings } from './settings.mts';
import { State } from './state.mts';

export interface Options extends StartOptions {
	/** what differs from the default settings, also after a reset */
	settings?: Partial<Settings>;
}

export interface Running {
	/** addresses and logins, all synthetic */
	info: {
		provider: 'genoex';
		/** base address, without `/genoex/api` */
		url: string;
		control: string;
		username: string;
		password: string;
		/** a second login of the same organisation */
		colleague: Omit<Login, 'organization'>;
		/** a login of each of the other organisations */
		others: Login[];
		organization: string;
		apiVersion: string;
	};
	app: FastifyInstance;
	state: State;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	close(): Promise<void>;
}

// a hundredth: an upload is read after 1.2 s, an extraction ready after 0.3
const DEFAULT_PACE = 0.01;

/** Starts a simulator of the GenoEx-GDE API. */
export async function start(options: Options = {}): Promise<Running> {
	const { host, port, pace = DEFAULT_PACE, settings = {} } = options;
	// the journal's routes are whole paths: that is how the provider writes its calls
	const kit = createKit({ prefix: '', onReset: () => state.reset() });
	const { app, clock, journal, faults } = kit;
	const state = new State(settings);
	const jobs = new Jobs({ clock, state, pace });
	const context = { state, jobs, now: () => clock.now() };

	async function close(): Promise<void> {
		await app.close();
		// gives back what is in temporary files
		state.reset();
	}

	addApi(app, context);
	app.register(async (control) => addProviderControl(control, context), { prefix: '/simulator/genoex' });
	const url = await listen(app, { host, port });
	return {
		info: {
			provider: 'genoex',
			url,
			control: `${url}/simulator`,
			username: LOGIN.username,
			password: LOGIN.password,
			colleague: { username: COLLEAGUE.username, password: COLLEAGUE.password },
			others: OTHERS,
			organization: LOGIN.organization,
			apiVersion: DEFAULTS.versions[0],
		},
		app,
		state,
		clock,
		journal,
		faults,
		close,
	};
}
