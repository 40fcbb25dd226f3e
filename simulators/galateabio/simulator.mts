import type { FastifyInstance } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Faults } from '../shared/faults.mts';
import type { Journal } from '../shared/journal.mts';
import { createKit, listen } from '../shared/server.mts';
import type { StartOptions } from '../shared/server.mts';
import { addApi, PREFIX } from './api.mts';
import { addProviderControl } from './control.mts';
import { Credits } from './credits.mts';
import { MODELS } from './families.mts';
import { Lifecycle } from './lifecycle.mts';
import type { UserSeed } from './records.mts';
import { SecondFactor } from './second-factor.mts';
import { Sessions } from './sessions.mts';
import { SftpAccess } from './sftp.mts';
import { State } from './state.mts';
import { Views } from './views.mts';
import { Webhooks } from './webhooks.mts';

export interface Options extends StartOptions {
	/** host name that webhooks are signed with; default the simulator's own, without port */
	senderHost?: string;
	/** port of the SFTP server; default 0: any free one */
	sftpPort?: number;
	/** whether a posted list of webhooks replaces the whole list (true) or adds to it; the provider does not say */
	webhooksReplace?: boolean;
}

export interface Running {
	/** addresses and keys, all synthetic */
	info: {
		provider: 'galateabio';
		/** base address as the vendor's client wants it, without `/api/v1` */
		url: string;
		control: string;
		/** of an administrator of the organization, as `login` is */
		apiKey: string;
		login: { email: string; password: string };
		/** a user who is no administrator */
		member: { apiKey: string; email: string; password: string };
		/** a user with a second factor, which is always the same code */
		mfa: { email: string; password: string; code: number };
		sftp: { host: string; port: number; user: string; password: string; privateKey: string };
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
const MEMBER = { apiKey: 'simulated-galateabio-member-key', email: 'member@example.org', password: 'simulated-password' };
const MFA = { email: 'mfa@example.org', password: 'simulated-password', code: 123456 };
const SFTP = { name: 'sftp-user-00000001', password: 'simulated-sftp-password' };
const WEBHOOKS_SECRET = 'n8nDemoSecret0000000000000000001';

const USERS: UserSeed[] = [
	{ ...LOGIN, apiKey: API_KEY, role: 'OrgAdmin' },
	{ ...MEMBER, role: 'OrgUser' },
	{ ...MFA, role: 'OrgUser' },
];

/** Starts a simulator of the GalateaBio Ancestry API and of its SFTP server. */
export async function start(options: Options = {}): Promise<Running> {
	const { host = '127.0.0.1', port, pace = DEFAULT_PACE, senderHost = host, sftpPort = 0, webhooksReplace = false } = options;
	const kit = createKit({ prefix: PREFIX, onReset: reset });
	const { app, clock, journal, faults } = kit;
	const state = new State({ clock, users: USERS, webhooksSecret: WEBHOOKS_SECRET, webhooksReplace });
	const sessions = new Sessions(state.users, clock);
	const secondFactor = new SecondFactor(clock);
	const credits = new Credits(clock, state.organization.id);
	const otherCredits: Credits[] = [];
	const webhooks = new Webhooks({ clock, state, senderHost, pace });
	const lifecycle = new Lifecycle({ clock, webhooks, pace });
	const sftp = new SftpAccess({ clock, state, lifecycle, pace, seed: SFTP });
	const views = new Views(state, (at) => clock.timestamp(at));
	const context = { state, views, sessions, secondFactor, lifecycle, webhooks, credits, otherCredits, sftp, now: () => clock.now() };

	function reset(): void {
		for (const part of [state, sessions, secondFactor, credits, sftp]) part.reset();
		otherCredits.length = 0;
	}

	async function close(): Promise<void> {
		await Promise.all([app.close(), sftp.server.close()]);
		// else a webhook under way would go on being repeated
		reset();
	}

	addApi(app, context);
	app.register(async (control) => addProviderControl(control, context), { prefix: '/simulator/galateabio' });
	await sftp.listen(host, sftpPort);
	const url = await listen(app, { host, port }).catch(async (error: Error) => {
		await close();
		throw error;
	});
	return {
		info: {
			provider: 'galateabio',
			url,
			control: `${url}/simulator`,
			apiKey: API_KEY,
			login: LOGIN,
			member: MEMBER,
			mfa: MFA,
			sftp: { host, port: sftp.port, user: SFTP.name, password: SFTP.password, privateKey: sftp.privateKey },
			webhook: { secret: WEBHOOKS_SECRET, senderHost },
			organizationId: state.organization.id,
			models: MODELS,
		},
		app,
		state,
		clock,
		journal,
		faults,
		close,
	};
}
