import type { FastifyInstance } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Faults } from '../shared/faults.mts';
import type { Journal } from '../shared/journal.mts';
import { createKit, listen } from '../shared/server.mts';
import type { StartOptions } from '../shared/server.mts';
import { Access } from './access.mts';
import { addApi } from './api.mts';
import { addProviderControl } from './control.mts';
import { Identity } from './identity.mts';
import { Objects } from './objects.mts';
import { Runs } from './runs.mts';
import { addSchemas } from './schemas.mts';
import { ACCESS_TOKEN, ADMIN_TOKEN, DEMO_TOKEN, EXPIRING_TOKEN, INTERNAL_TOKEN, ORGANIZATION_ID, OUTSIDER_TOKEN, PIPELINES, PROJECTS, VIEWER_TOKEN } from './seeds.mts';
import type { Settings } from './settings.mts';
import { State } from './state.mts';
import { Storage } from './storage.mts';
import { Views } from './views.mts';

export interface Options extends StartOptions {
	/** what differs from the default settings, also after a reset */
	settings?: Partial<Settings>;
}

export interface Running {
	/** addresses, tokens and ids, all synthetic */
	info: {
		provider: 'iflow';
		/** scheme and host; before the gateway's paths stands `/api`, before a service's its name and `/api/v1` */
		url: string;
		control: string;
		/** address of a service, or of the gateway as the service `api` */
		urlTemplate: string;
		/** issuer of tokens */
		identityUrl: string;
		/** an editor of the three projects; for cancelling and completing orders `adminToken` is needed */
		accessToken: string;
		adminToken: string;
		/** viewers of the main project; the second one may download PDF files only */
		viewerToken: string;
		demoToken: string;
		/** good for an hour of the clock */
		expiringToken: string;
		/** administrator of the foreign project, and of no other */
		outsiderToken: string;
		/** for the registration of pipelines */
		internalToken: string;
		/** main project: a bucket of GCS */
		projectId: string;
		/** a bucket of S3 with a prefix; 130 orders */
		otherProjectId: string;
		emptyProjectId: string;
		/** not visible to `accessToken` */
		foreignProjectId: string;
		organizationId: string;
		/** slugs of pipelines, by what they show */
		pipelines: typeof PIPELINES;
	};
	app: FastifyInstance;
	state: State;
	clock: Clock;
	journal: Journal;
	faults: Faults;
	close(): Promise<void>;
}

// a hundredth: a run works after 0.3 s and ends after 3.3
const DEFAULT_PACE = 0.01;

/** Starts a simulator of iFlow: its services, its gateway, its identity provider and its storage, on one port. */
export async function start(options: Options = {}): Promise<Running> {
	const { host, port, pace = DEFAULT_PACE, settings } = options;
	const kit = createKit({ prefix: '', onReset: reset, headers: ['x-project-id', 'x-internal-token', 'content-type'] });
	const { app, clock, journal, faults } = kit;
	const state = new State(clock, settings);
	const access = new Access(state, clock);
	const storage = new Storage({ objects: new Objects(clock), clock });
	const runs = new Runs({ clock, state, storage, pace });
	const context = { state, access, storage, runs, clock, views: new Views(state, clock) };
	const identity = new Identity({ clock, state, access });

	function reset(): void {
		for (const part of [state, access, storage, identity]) part.reset();
	}

	addApi(app, context);
	addSchemas(app);
	storage.addRoutes(app);
	identity.addRoutes(app);
	app.register(async (control) => addProviderControl(control, context), { prefix: '/simulator/iflow' });
	const url = await listen(app, { host, port });

	async function close(): Promise<void> {
		await app.close();
		// gives back what is in temporary files
		reset();
	}

	return {
		info: {
			provider: 'iflow',
			url,
			control: `${url}/simulator`,
			urlTemplate: `${url}/{service}`,
			identityUrl: url,
			accessToken: ACCESS_TOKEN,
			adminToken: ADMIN_TOKEN,
			viewerToken: VIEWER_TOKEN,
			demoToken: DEMO_TOKEN,
			expiringToken: EXPIRING_TOKEN,
			outsiderToken: OUTSIDER_TOKEN,
			internalToken: INTERNAL_TOKEN,
			projectId: PROJECTS.main,
			otherProjectId: PROJECTS.other,
			emptyProjectId: PROJECTS.empty,
			foreignProjectId: PROJECTS.foreign,
			organizationId: ORGANIZATION_ID,
			pipelines: PIPELINES,
		},
		app,
		state,
		clock,
		journal,
		faults,
		close,
	};
}
