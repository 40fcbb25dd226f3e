import type { FastifyInstance } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Faults } from '../shared/faults.mts';
import type { Journal } from '../shared/journal.mts';
import { createKit, listen } from '../shared/server.mts';
import type { StartOptions } from '../shared/server.mts';
import { Access } from './access.mts';
import { Accounts } from './accounts.mts';
import { addApi } from './api.mts';
import { Sessions } from './auth.mts';
import { addProviderControl } from './control.mts';
import { Downloads } from './downloads.mts';
import { Forms } from './forms.mts';
import { Lifecycle } from './lifecycle.mts';
import { startLegacy } from './legacy/simulator.mts';
import type { LegacyRunning } from './legacy/simulator.mts';
import { API_KEY, LOGIN, MFA, PROJECTS, SAMPLES, USER_ID } from './seeds.mts';
import { Storage } from './s3/storage.mts';
import { State } from './state.mts';
import { Views } from './views.mts';
import { Webhooks } from './webhooks.mts';

export interface Options extends StartOptions {
	/** port of generation 1; default 0: any free one */
	legacyPort?: number;
}

export interface Running {
	/** addresses and keys, all synthetic */
	info: {
		provider: 'gencove';
		/** base address as the vendor's client wants it, without `/api/v2` */
		url: string;
		control: string;
		apiKey: string;
		email: string;
		password: string;
		/** a user with a second factor, which is always the same code */
		mfa: { email: string; password: string; code: string };
		/** address of the storage that uploads go to, path style */
		s3Endpoint: string;
		legacy: LegacyRunning['info'];
		organizationId: string;
		userId: string;
		/** ids of the seeded projects, by what they show */
		projects: typeof PROJECTS;
		/** ids of some of the samples of the project `human` */
		samples: typeof SAMPLES;
	};
	app: FastifyInstance;
	state: State;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	legacy: LegacyRunning;
	close(): Promise<void>;
}

// a hundredth: an upload is noticed after 0.1 s, an analysis ends after 4
const DEFAULT_PACE = 0.01;

/** Starts a simulator of the Gencove API, second generation, and of the first one on a port of its own. */
export async function start(options: Options = {}): Promise<Running> {
	const { host, port, pace = DEFAULT_PACE, legacyPort } = options;
	// the journal's routes are whole paths, as in calls.json
	const kit = createKit({ prefix: '', onReset: reset });
	const { app, clock, journal, faults } = kit;
	const state = new State(clock);
	const sessions = new Sessions(state, clock, [{ userId: USER_ID, key: API_KEY }]);
	const downloads = new Downloads(state, clock);
	const views = new Views({ state, timestamp: (at) => clock.timestamp(at), address: (file, caller) => downloads.address(file, caller) });
	const webhooks = new Webhooks({ clock, state, pace });
	const access = new Access(clock);
	const accounts = new Accounts(clock);
	const lifecycle = new Lifecycle({ clock, state, webhooks, pace });
	const storage = new Storage({ clock, state, lifecycle });
	const forms = new Forms({ state, storage });
	const context = { state, sessions, views, webhooks, lifecycle, storage, forms, access, accounts, clock };

	function reset(): void {
		for (const part of [state, sessions, storage, access, accounts]) part.reset();
	}

	addApi(app, context);
	downloads.addRoutes(app);
	storage.addRoutes(app);
	forms.addRoutes(app);
	app.register(async (control) => addProviderControl(control, context), { prefix: '/simulator/gencove' });
	const legacy = await startLegacy({ host, port: legacyPort });
	const url = await listen(app, { host, port }).catch(async (error: Error) => {
		await legacy.close();
		throw error;
	});

	async function close(): Promise<void> {
		await Promise.all([app.close(), legacy.close()]);
		// gives back what is in temporary files
		reset();
	}

	return {
		info: {
			provider: 'gencove',
			url,
			control: `${url}/simulator`,
			apiKey: API_KEY,
			...LOGIN,
			mfa: MFA,
			s3Endpoint: url,
			legacy: legacy.info,
			organizationId: state.organization.id,
			userId: USER_ID,
			projects: PROJECTS,
			samples: SAMPLES,
		},
		app,
		state,
		clock,
		journal,
		faults,
		legacy,
		close,
	};
}
