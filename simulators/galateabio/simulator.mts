import type { FastifyInstance } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Faults } from '../shared/faults.mts';
import type { Journal } from '../shared/journal.mts';
import { createKit, listen } from '../shared/server.mts';
import type { StartOptions } from '../shared/server.mts';
import { addApi, PREFIX } from './api.mts';
import { addProviderControl } from './control.mts';
import { MODELS } from './families.mts';
import { Lifecycle } from './lifecycle.mts';
import { Sessions } from './sessions.mts';
import { State } from './state.mts';
import { Views } from './views.mts';
import { Webhooks } from './webhooks.mts';

export interface Options extends StartOptions {
	/** host name that webhooks are signed with; default the simulator's own, without port */
	senderHost?: string;
}

export interface Running {
	/** addresses and keys, all synthetic */
	info: {
		provider: 'galateabio';
		/** base address as the vendor's client wants it, without `/api/v1` */
		url: string;
		control: string;
		apiKey: string;
		login: { email: string; password: string };
		webhook: { secret: string; senderHost: string };
		organizationId: string;
		models: Array<{ model_name: string; model_api_name: string; deprecated?: true }>;
	};
	app: FastifyInstance;
	state: State;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	close(): Promise<void>;
}

// a hundredth: a file is valid after 2 s, an order complete after 4
const DEFAULT_PACE = 0.01;

// the same at each start, so that a credential saved in n8n stays good
const API_KEY = 'simulated-galateabio-api-key';
const LOGIN = { email: 'user@example.org', password: 'simulated-password' };
const WEBHOOKS_SECRET = 'n8nDemoSecret0000000000000000001';

/** Starts a simulator of the GalateaBio Ancestry API. */
export async function start({ host = '127.0.0.1', port, pace = DEFAULT_PACE, senderHost = host }: Options = {}): Promise<Running> {
	const kit = createKit({ prefix: PREFIX, onReset: reset });
	const { app, clock, journal, faults } = kit;
	const state = new State({ clock, login: LOGIN, webhooksSecret: WEBHOOKS_SECRET });
	const sessions = new Sessions(API_KEY, clock);
	const webhooks = new Webhooks({ clock, state, senderHost, pace });
	const lifecycle = new Lifecycle({ clock, webhooks, pace });
	const views = new Views(state, (at) => clock.timestamp(at));
	const context = { state, views, sessions, lifecycle, now: () => clock.now() };

	function reset(): void {
		state.reset();
		sessions.reset();
	}

	addApi(app, context);
	app.register(async (control) => addProviderControl(control, context, webhooks), { prefix: '/simulator/galateabio' });
	const url = await listen(app, { host, port });
	return {
		info: {
			provider: 'galateabio',
			url,
			control: `${url}/simulator`,
			apiKey: API_KEY,
			login: LOGIN,
			webhook: { secret: WEBHOOKS_SECRET, senderHost },
			organizationId: state.organization.id,
			models: MODELS,
		},
		app,
		state,
		clock,
		journal,
		faults,
		close: async () => {
			await app.close();
			// else a webhook under way would go on being repeated
			reset();
		},
	};
}
