import { createHmac, randomUUID } from 'node:crypto';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { pythonText } from '../../simulators/gencove/python-text.mts';
import { start, type Running } from '../../simulators/gencove/simulator.mts';
import { send } from '../simulators/http.mts';
import { Sender, type Delivery } from './deliveries.mts';
import { itemsOf } from './rest.mts';
import { sharedN8n } from './shared.mts';
import { inLine, node } from './workflow.mts';

const { rest } = sharedN8n();
jest.setTimeout(120_000);

const SECRET = 'whsec-example-1';

let simulator: Running;
const removals: Array<() => Promise<void> | void> = [];

beforeAll(async () => void (simulator = await start()));
afterAll(async () => await simulator.close());
afterEach(async () => {
	for (const remove of removals.splice(0).reverse()) await remove();
});

const project = () => simulator.info.projects.human;
const current = (more: IDataObject = {}) => ({ environment: 'custom', url: simulator.info.url, authentication: 'apiKey', apiKey: simulator.info.apiKey, ...more });
const legacy = () => ({ environment: 'custom', url: simulator.legacy.info.url, apiKey: simulator.legacy.info.apiKey });

/** A saved workflow with nothing but the trigger, and what reaches it. */
async function newTrigger(type: 'gencoveApi' | 'gencoveLegacyApi', data: IDataObject, parameters: INodeParameters) {
	const credential = await rest.createCredential('Gencove', type, data);
	const webhookId = randomUUID();
	const trigger = { ...node('Gencove Trigger', 'n8n-nodes-genomics.gencoveTrigger', { events: ['analysis_complete_v2'], ...parameters }, { credentials: { [type]: credential } }), webhookId };
	const { id } = await rest.createWorkflow({ name: 'Trigger', ...inLine(trigger) });
	const url = `${rest.url}/webhook/${webhookId}/webhook`;
	const sender = new Sender(url);
	removals.push(async () => await rest.deleteCredential(credential.id), async () => await rest.deleteWorkflow(id), () => sender.close());
	const items = async (count: number) => {
		const executions = await rest.untilExecutions(id, count);
		expect(executions).toHaveLength(count);
		return await Promise.all(executions.map(async (execution) => itemsOf(await rest.execution(execution.id), trigger.name).map(({ json }) => json)));
	};
	return { id, url, sender, items };
}

const event = (): IDataObject => ({ event_id: randomUUID(), event_type: 'analysis_complete_v2', payload: { project: { id: project() }, samples: [] }, note: "it's Zoë – 1" });
const signed = (body: string, text = body, secret = SECRET): Delivery => {
	const time = Math.floor(Date.now() / 1000);
	const v1 = createHmac('sha512', secret).update(`${time}.${text}`).digest('hex');
	return { headers: { 'content-type': 'application/json', 'gencove-signature': `t=${time},v1=${v1}` }, body: Buffer.from(body) };
};

it('registered by the node, the trigger is started by Gencove, and nobody else', async () => {
	const { id, url, sender, items } = await newTrigger('gencoveApi', current(), { projectId: { __rl: true, mode: 'id', value: project() }, fetchSampleDetails: true });
	await rest.activate(id);
	expect([...simulator.state.subscriptions.values()]).toMatchObject([{ projectId: project(), target: url, eventTypes: ['analysis_complete_v2'], secret: expect.any(String) }]);
	expect(await sender.send(signed(JSON.stringify([event()])))).toBe(401);

	const payload = { project: { id: project() }, samples: [{ id: simulator.info.samples.succeeded }] };
	const events = [{ event_type: 'analysis_complete_v2', payload }, { event_type: 'samples_restored', payload }];
	expect((await send(simulator.info.control, 'POST /gencove/events', { json: { project_id: project(), events } })).status).toBe(204);
	expect(await items(1)).toEqual([[expect.objectContaining({ event_type: 'analysis_complete_v2', id: simulator.info.samples.succeeded, files: expect.any(Array) })]]);

	await rest.deactivate(id);
	expect([...simulator.state.subscriptions.values()]).toEqual([]);
});

it('registered by hand, the trigger takes what is signed with the secret of the credential, each event once', async () => {
	const { id, sender, items } = await newTrigger('gencoveApi', current({ webhookSecret: SECRET }), { registration: 'manual' });
	await rest.activate(id);
	const [first, second] = [event(), event()];
	const body = JSON.stringify([first], null, 1);
	expect(await Promise.all(Array.from({ length: 5 }, async () => await sender.send(signed(body))))).toEqual(Array.from({ length: 5 }, () => 200));
	expect(await sender.send(signed(JSON.stringify([first, second]), pythonText([first, second])))).toBe(200);
	expect((await items(2)).flat()).toEqual(expect.arrayContaining([first, second]));

	const forged = [signed(body, JSON.stringify([first])), signed(body, body, 'another'), { ...signed(body), body: Buffer.from(`${body} `) }, { ...signed(body), headers: {} }];
	for (const delivery of forged) expect(await sender.send(delivery)).toBe(401);
	await items(2);
});

it('is not activated by hand without the secret', async () => {
	const { id } = await newTrigger('gencoveApi', current(), { registration: 'manual' });
	await expect(rest.activate(id)).rejects.toThrow(/holds no webhook secret/);
});

it('in the legacy format, what a message tells of is read again', async () => {
	const { id, url, sender, items } = await newTrigger('gencoveLegacyApi', legacy(), { registration: 'legacy', events: ['project_sample_results_ready'] });
	await rest.activate(id);
	const message = (sample_id: number): Delivery => ({ headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify({ event: 'project_sample_results_ready', data: { project_id: 101, sample_id } })) });
	expect(await sender.send(message(999_999))).toBe(401);
	const headers = { authorization: `GENCOVE-API-KEY ${simulator.legacy.info.apiKey}` };
	expect((await send(simulator.legacy.info.url, 'PUT /projects/101', { json: { webhook_url: url }, headers })).status).toBe(200);
	await send(simulator.legacy.info.control, 'POST /gencove-legacy/samples/1004/results');
	expect(await items(1)).toEqual([[expect.objectContaining({ event: 'project_sample_results_ready', sample_id: 1004, external_id: 'PLATE1-C01' })]]);
});

it('the tests of both credentials tell a right key from a wrong one', async () => {
	const test = async (type: string, data: IDataObject) => (await rest.request<{ status: string }>('POST', '/rest/credentials/test', { credentials: { id: '', name: 'test', type, data } })).status;
	expect(await test('gencoveApi', current())).toBe('OK');
	expect(await test('gencoveApi', current({ apiKey: 'wrong-key' }))).toBe('Error');
	expect(await test('gencoveLegacyApi', legacy())).toBe('OK');
	expect(await test('gencoveLegacyApi', { ...legacy(), apiKey: 'wrong-key' })).toBe('Error');
});
