import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { installedPaths } from '../../scripts/paths.mts';
import { orderEvent, Sender, Signer } from './deliveries.mts';
import { allExecutions, galateaBioTrigger, inParallel, Provider, webhookPath } from './galateabio.mts';
import { itemsOf, N8nRest } from './rest.mts';
import { startN8n, type N8nServer } from './server.mts';
import { sharedN8n } from './shared.mts';
import { inLine } from './workflow.mts';

const { rest, logFile } = sharedN8n();
jest.setTimeout(240_000);

let provider: Provider;
let signer: Signer;
const removals: Array<() => Promise<void> | void> = [];

beforeAll(async () => {
	provider = await Provider.start();
	signer = new Signer(provider.simulator.info.webhook);
});
afterAll(async () => await provider.close());
beforeEach(async () => void (await provider.control('POST /reset')));
afterEach(async () => {
	for (const remove of removals.splice(0).reverse()) await remove();
});

/** A saved workflow with nothing but the trigger. The secret is not in the credential: it is read from the profile. */
async function newTrigger(parameters: INodeParameters = {}, n8n = rest) {
	const credential = await n8n.createCredential('GalateaBio', 'galateaBioApi', provider.credential());
	const trigger = galateaBioTrigger(credential, parameters);
	const { id } = await n8n.createWorkflow({ name: 'Trigger', ...inLine(trigger) });
	const path = webhookPath(trigger);
	const sender = new Sender(`${n8n.url}/webhook/${path}`);
	removals.push(async () => await n8n.deleteCredential(credential.id).catch(() => {}), async () => await n8n.deleteWorkflow(id), () => sender.close());
	return { id, credential, path, sender, items: async (executionId: string) => itemsOf(await n8n.execution(executionId), trigger.name).map(({ json }) => json) };
}

async function activeTrigger(parameters: INodeParameters = {}, n8n = rest) {
	const trigger = await newTrigger(parameters, n8n);
	await n8n.activate(trigger.id);
	return trigger;
}

/** The workflow's executions, once there are as many as expected and all of them are over: n8n may answer before one stands in its list. */
async function ended(id: string, n8n = rest, expected = 0) {
	for (;;) {
		const all = await allExecutions(n8n, id);
		if (all.length >= expected && all.every(({ stoppedAt }) => stoppedAt)) return all;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

const profileReads = () => provider.simulator.journal.since().entries.filter(({ route }) => route === 'GET /users/me').length;

describe('one delivery', () => {
	it('of each forged kind is refused and starts nothing', async () => {
		const { id, sender } = await activeTrigger();
		const forgeries = Object.entries(signer.forged());
		const answers = await inParallel(forgeries, 4, async ([kind, delivery]) => [kind, await sender.send(delivery)]);
		expect(answers).toEqual(forgeries.map(([kind, { status }]) => [kind, status]));
		expect(await ended(id)).toEqual([]);
	});

	it.each(['genuine', 'packed'] as const)('that is %s starts an execution', async (kind) => {
		const { id, sender, items } = await activeTrigger();
		const event = orderEvent();
		expect(await sender.send(signer[kind](event))).toBe(200);
		const [execution] = await ended(id, rest, 1);
		expect(await items(execution.id)).toEqual([{ event: 'orderFinished', ...event }]);
	});

	it('starts nothing, whoever it is from, once the credential is deleted', async () => {
		const { id, sender, credential } = await activeTrigger();
		await rest.deleteCredential(credential.id);
		const answers = [await sender.send(signer.forged()['another secret']), await sender.send(signer.genuine(orderEvent()))];
		expect({ answers, executions: (await ended(id)).length }).toEqual({ answers: [401, 401], executions: 0 });
	});
});

describe('an n8n of its own', () => {
	/** Under way at the same time. */
	const AT_ONCE = 50;
	let server: N8nServer;
	let n8n: N8nRest;

	// n8n's sandbox for expressions is made anew twice for a delivery, and would make this last ten times as long
	beforeAll(async () => {
		server = await startN8n({ ...installedPaths(), bin: installedPaths().n8n, env: { N8N_EXPRESSION_ENGINE: 'legacy' } });
		n8n = new N8nRest(server.url);
		await n8n.signIn();
	});
	afterAll(async () => await server?.stop());

	/** Prints how long something took; returns the seconds. */
	async function timed(what: string, work: () => Promise<void>): Promise<number> {
		const start = Date.now();
		await work();
		const seconds = (Date.now() - start) / 1000;
		process.stdout.write(`    ${what}: ${seconds.toFixed(1)} s\n`);
		return seconds;
	}

	it('refuses 10,000 forged deliveries and starts no execution', async () => {
		const { id, sender } = await activeTrigger({}, n8n);
		const kinds = Object.keys(signer.forged()).length;
		const forgeries = Array.from({ length: Math.ceil(10_000 / kinds) }, () => Object.entries(signer.forged())).flat();
		const wrong: string[] = [];
		const seconds = await timed(`${forgeries.length} forged deliveries of ${kinds} kinds`, async () => {
			await inParallel(forgeries, AT_ONCE, async ([kind, delivery]) => {
				const status = await sender.send(delivery);
				if (status !== delivery.status) wrong.push(`${kind}: ${status}`);
			});
		});
		expect(forgeries.length).toBeGreaterThanOrEqual(10_000);
		expect(wrong).toEqual([]);
		expect(await ended(id, n8n)).toEqual([]);
		// no means to flood the service either
		expect(profileReads()).toBeLessThanOrEqual(2 + seconds / 60);

		expect(await sender.send(signer.genuine(orderEvent()))).toBe(200);
		expect(await ended(id, n8n, 1)).toHaveLength(1);
	});

	it('starts 1,000 executions for 1,000 genuine deliveries, 100 of which come twice at the same moment', async () => {
		const { id, sender, items } = await activeTrigger({}, n8n);
		const events = Array.from({ length: 1000 }, (_none, i) => ({ event: orderEvent(), times: i % 10 === 0 ? 2 : 1 }));
		let statuses: number[] = [];
		await timed('1,100 genuine deliveries', async () => {
			const answers = await inParallel(events, AT_ONCE, async ({ event, times }) => {
				const delivery = signer.genuine(event);
				return await Promise.all(Array.from({ length: times }, async () => await sender.send(delivery)));
			});
			statuses = answers.flat();
		});
		expect(statuses).toEqual(Array.from({ length: 1100 }, () => 200));

		const executions = await ended(id, n8n, 1000);
		expect(executions).toHaveLength(1000);
		expect(new Set(executions.map(({ status, mode }) => `${mode} ${status}`))).toEqual(new Set(['webhook success']));
		let outputs: IDataObject[][] = [];
		await timed('1,000 executions read', async () => {
			outputs = await inParallel(executions, 10, async (execution) => await items(execution.id));
		});
		const sorted = (rows: IDataObject[]) => rows.sort((a, b) => String(a.order_id).localeCompare(String(b.order_id)));
		expect(outputs.every(({ length }) => length === 1)).toBe(true);
		expect(sorted(outputs.flat())).toEqual(sorted(events.map(({ event }) => ({ event: 'orderFinished', ...event }))));
	});

	it('starts an execution when the provider repeats a delivery for which the database was too busy', async () => {
		const { id, sender, items } = await activeTrigger({}, n8n);
		const event = orderEvent();
		const database = new DatabaseSync(join(server.userFolder, '.n8n', 'database.sqlite'));
		try {
			database.exec('BEGIN IMMEDIATE');
			expect(await sender.send(signer.genuine(event))).toBe(500);
		} finally {
			database.close();
		}
		expect(await sender.send(signer.genuine(event))).toBe(200);
		expect(await sender.send(signer.genuine(event))).toBe(200);
		const executions = await ended(id, n8n, 1);
		expect(executions).toHaveLength(1);
		expect(await items(executions[0].id)).toMatchObject([event]);
	});
});

describe('the provider', () => {
	const subscribe = async (path: string) => {
		const actions = ['source_file_validation_completed', 'order_moved_to_completed_state'];
		const subscriptions = actions.map((webhook_action) => ({ webhook_action, remote_endpoint: `${rest.url}/webhook/${path}`, max_retries_count: 1 }));
		expect((await provider.control('PUT /galateabio/webhooks', subscriptions)).status).toBe(200);
	};
	const press = async (action: string) => (await provider.control('POST /galateabio/webhooks/test', { action })).json as Array<{ attempts: Array<{ status: number }> }>;

	it('starts the workflow when a file is validated and when an order has finished', async () => {
		const { id, path, items } = await activeTrigger();
		await subscribe(path);
		const source_file_id = await provider.upload('sample ñ.vcf.gz');
		await provider.simulator.clock.advance(2_000);
		const [validated] = await rest.untilExecutions(id, 1);
		expect(await items(validated.id)).toEqual([{ event: 'fileValidated', source_file_id, new_status: 'VALID', source_file_name: 'sample ñ.vcf.gz' }]);

		const [{ id: order_id }] = (await provider.api('POST /exec/orders', { json: { source_file_id, model_name: 'hutt-1.4' } })).json;
		await provider.simulator.clock.advance(4_000);
		const [finished] = await rest.untilExecutions(id, 2);
		expect(await items(finished.id)).toEqual([{ event: 'orderFinished', order_id, new_status: 'COMPLETED', source_file_id, source_file_name: 'sample ñ.vcf.gz' }]);
	});

	it('starts only workflows that want the event', async () => {
		const { id, path, items } = await activeTrigger({ events: ['orderFinished'] });
		await subscribe(path);
		expect(await press('source_file_validation_completed')).toMatchObject([{ state: 'delivered' }]);
		await press('order_moved_to_completed_state');
		const executions = await rest.untilExecutions(id, 1);
		expect(executions).toHaveLength(1);
		expect(await items(executions[0].id)).toMatchObject([{ event: 'orderFinished' }]);
	});

	it('starts it by each press of a test button, until it is deactivated', async () => {
		const { id, path } = await activeTrigger();
		await subscribe(path);
		for (let times = 0; times < 3; times++) {
			for (const action of ['source_file_validation_completed', 'order_moved_to_completed_state']) {
				expect(await press(action)).toMatchObject([{ state: 'delivered', attempts: [{ status: 200 }] }]);
			}
		}
		// n8n answers before it has noted the execution
		expect(await rest.untilExecutions(id, 6)).toHaveLength(6);

		await rest.deactivate(id);
		expect(await press('order_moved_to_completed_state')).toMatchObject([{ state: 'under way', attempts: [{ status: 404 }] }]);
		// the one repetition that the subscription has
		await provider.simulator.clock.advance(60_000);
		expect((await provider.control('GET /galateabio/deliveries')).json.at(-1)).toMatchObject({ state: 'given up' });
		await rest.activate(id);
		await press('order_moved_to_completed_state');
		expect(await rest.untilExecutions(id, 7)).toHaveLength(7);
	});
});

describe('activation', () => {
	it.each([
		['replaces', true],
		['adds to', false],
	])('registers the webhook where that is wanted, and those of others stay; deactivation removes it, or says that it stays (the service %s the list)', async (_how, replaces) => {
		await provider.control('POST /galateabio/settings', { webhooksReplace: replaces });
		const other = { webhook_action: 'order_moved_to_completed_state', remote_endpoint: 'https://other.example.org/hook', max_retries_count: 3 };
		await provider.control('PUT /galateabio/webhooks', [other]);
		const { id, path, items } = await activeTrigger({ events: ['orderFinished'], registration: 'automatic' });
		const registered = async () => ((await provider.control('GET /galateabio/webhooks')).json as IDataObject[]).map(({ webhook_action, remote_endpoint }) => [webhook_action, remote_endpoint]);
		const others = [[other.webhook_action, other.remote_endpoint]];
		const all = [...others, ['order_moved_to_completed_state', `${rest.url}/webhook/${path}`]];
		expect(await registered()).toEqual(all);

		await provider.control('POST /galateabio/webhooks/test', { action: 'order_moved_to_completed_state' });
		const [execution] = await rest.untilExecutions(id, 1);
		expect(await items(execution.id)).toMatchObject([{ event: 'orderFinished' }]);

		const { size } = await stat(logFile);
		await rest.deactivate(id);
		expect(await registered()).toEqual(replaces ? others : all);
		expect((await readFile(logFile)).subarray(size).includes('GalateaBio kept the webhook')).toBe(!replaces);
	});

	it('is refused, with a clear message, where webhooks are switched off', async () => {
		const { id, path } = await newTrigger();
		provider.simulator.faults.add({ kind: 'status', status: 200, path: '/users/me', times: 10, body: { org: { webhooks_enabled: false } } });
		await expect(rest.activate(id)).rejects.toThrow(/Webhooks are switched off for your organization/);
		expect(await rest.webhookMethods(path)).toEqual([]);
	});
});
