import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { GencoveTrigger } from '../../nodes/Gencove/GencoveTrigger.node.ts';
import { pythonText } from '../../simulators/gencove/python-text.mts';
import { Bench, byId } from './gencove.mts';
import { logger, WebhookTrigger, type Delivery } from './trigger.mts';

const SECRET = 'whsec-example-1';
const NOW = Date.UTC(2026, 2, 19, 12);
const REFUSED = { status: 401, answer: 'Unauthorized' };
const ACCEPTED = { status: 200, answer: '' };

const bench = new Bench();
/** n8n's address for webhooks: what comes goes to the trigger under test. */
let server: Server;
let receiver: WebhookTrigger;
beforeAll(async () => {
	await bench.open();
	server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => {
			void receiver.receive({ rawBody: Buffer.concat(pieces), headers: request.headers as Record<string, string> }).then(({ status, started }) => {
				if (started) executions.push(started);
				response.writeHead(status).end();
			});
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
	await bench.close();
});
/** Items of the executions that deliveries of the simulator have started. */
let executions: IDataObject[][] = [];
beforeEach(async () => {
	await bench.reset();
	await fetch(`${bench.simulator.info.control}/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ hold: new Date(NOW).toISOString() }) });
	executions = [];
});
afterEach(() => jest.restoreAllMocks());

const project = () => bench.simulator.info.projects.human;
const base = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
const trigger = (parameters: IDataObject = {}, changes: ICredentialDataDecryptedObject = {}) => (receiver = new WebhookTrigger(new GencoveTrigger(), bench.credential(changes), parameters, base()));
const byHand = (parameters: IDataObject = {}, webhookSecret = SECRET) => trigger({ registration: 'manual', ...parameters }, { webhookSecret });
const byNode = (parameters: IDataObject = {}) => trigger({ projectId: byId(project()), ...parameters });

/** An implementation of its own, so that a mistake in the node's cannot hide. */
const sign = (text: string, secret: string, time: number) => `t=${time},v1=${createHmac('sha512', secret).update(`${time}.${text}`).digest('hex')}`;
const withHeader = (body: string, header: string): Delivery => ({ rawBody: Buffer.from(body), headers: { 'gencove-signature': header } });
const genuine = (body: unknown, { secret = SECRET, time = NOW / 1000 } = {}) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return withHeader(text, sign(text, secret, time));
};

const event = (changes: IDataObject = {}): IDataObject => ({
	event_id: randomUUID(),
	event_type: 'analysis_complete_v2',
	timestamp: '2026-03-19T10:55:52.000000Z',
	payload: { project: { id: project() }, samples: [{ id: bench.simulator.info.samples.succeeded, client_id: 'PILOT-SUCCEEDED', last_status: { status: 'succeeded' } }] },
	...changes,
});

describe('a genuine delivery', () => {
	it('starts an execution with an item for each event, as it came', async () => {
		const events = [event(), event({ one_day_more: 1 })];
		expect(await byHand().receive(genuine(events))).toEqual({ ...ACCEPTED, started: events });
	});

	it.each([
		['one event', { event_id: 'a', event_type: 'analysis_complete_v2' }, [{ event_id: 'a', event_type: 'analysis_complete_v2' }]],
		['the old format', { event: 'analysis_complete', data: { samples: [] } }, [{ event: 'analysis_complete', data: { samples: [] } }]],
		['an object of another kind', { hello: 'world' }, [{ hello: 'world' }]],
		['an event of tomorrow', [{ event_id: 'a', event_type: 'analysis_complete_v3' }], [{ event_id: 'a', event_type: 'analysis_complete_v3' }]],
		['a list of another kind', [1, 'two'], [{ body: [1, 'two'] }]],
		['a text', '"hello"', [{ body: 'hello' }]],
		['null', 'null', [{ body: null }]],
	])('with %s is handed on', async (_what, body, items) => {
		const events = ['analysis_complete_v2', 'analysis_complete'];
		expect(await byHand({ events }).receive(genuine(body))).toEqual({ ...ACCEPTED, started: items });
	});

	it('without an event starts nothing', async () => {
		expect(await byHand().receive(genuine('[]'))).toEqual(ACCEPTED);
	});

	it('whose body is no JSON gets 422', async () => {
		expect(await byHand().receive(genuine('[{"event_id": '))).toEqual({ status: 422, answer: 'Incorrect webhook payload.' });
	});

	it('may be signed over what Python prints of it, and n8n\'s log says so', async () => {
		const info = jest.spyOn(logger, 'info');
		const events = [event({ note: "it's \u2013 new" })];
		const body = JSON.stringify(events);
		expect(await byHand().receive(withHeader(body, sign(pythonText(events), SECRET, NOW / 1000)))).toMatchObject({ ...ACCEPTED, started: events });
		expect(info).toHaveBeenCalledWith(expect.stringContaining('Python text'));
		expect(JSON.stringify(info.mock.calls)).not.toContain(SECRET);
	});

	it('may be of any age, unless the user says otherwise', async () => {
		const old = (seconds: number) => genuine([event()], { time: NOW / 1000 - seconds });
		expect(await byHand().receive(old(1e9))).toMatchObject(ACCEPTED);
		expect(await byHand({ options: { maximumAge: 0 } }).receive(old(1e9))).toMatchObject(ACCEPTED);
		const strict = byHand({ options: { maximumAge: 60 } });
		for (const seconds of [0, 60, -60]) expect(await strict.receive(old(seconds))).toMatchObject(ACCEPTED);
		for (const seconds of [61, -61, 1e9]) expect(await strict.receive(old(seconds))).toEqual(REFUSED);
		const body = JSON.stringify([event()]);
		expect(await strict.receive(withHeader(body, `t=soon,v1=${createHmac('sha512', SECRET).update(`soon.${body}`).digest('hex')}`))).toEqual(REFUSED);
	});

	it('may be signed with each of the secrets of the credential', async () => {
		const several = byHand({}, `${SECRET}, other-secret`);
		for (const secret of [SECRET, 'other-secret']) expect(await several.receive(genuine([event()], { secret }))).toMatchObject(ACCEPTED);
		for (const secret of [`${SECRET}, other-secret`, '', 'undefined']) expect(await several.receive(genuine([event()], { secret }))).toEqual(REFUSED);
	});
});

describe('a forged delivery', () => {
	const body = '[{"event_id":"0f0e0d0c","event_type":"analysis_complete_v2"}]';
	const time = NOW / 1000;
	const right = sign(body, SECRET, time);
	const v1 = right.split('v1=')[1];
	it.each([
		['another secret', sign(body, `${SECRET}x`, time)],
		['no secret', sign(body, '', time)],
		['another body', sign('[]', SECRET, time)],
		['the body with blanks', sign(JSON.stringify(JSON.parse(body), null, 1), SECRET, time)],
		['the body only', `t=${time},v1=${createHmac('sha512', SECRET).update(body).digest('hex')}`],
		['another time', `t=${time + 1},v1=${v1}`],
		['SHA-256', `t=${time},v1=${createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex')}`],
		['base64', `t=${time},v1=${Buffer.from(v1, 'hex').toString('base64')}`],
		['capitals', `t=${time},v1=${v1.toUpperCase()}`],
		['one character less', right.slice(0, -1)],
		['one character more', `${right}0`],
		['no time', `v1=${v1}`],
		['no signature', `t=${time}`],
		['another version', `t=${time},v0=${v1}`],
		['the digits alone', v1],
		['nothing', ''],
	])('signed with %s is refused', async (_what, header) => {
		expect(await byHand().receive(withHeader(body, header))).toEqual(REFUSED);
	});

	it('is refused without the header, without a body, and without a credential', async () => {
		expect(await byHand().receive({ rawBody: Buffer.from(body), headers: { 'x-signature': right } })).toEqual(REFUSED);
		expect(await byHand().receive({ rawBody: undefined, headers: { 'gencove-signature': right } })).toEqual(REFUSED);
		const orphan = byHand();
		orphan.credential = undefined;
		expect(await orphan.receive(withHeader(body, right))).toEqual(REFUSED);
	});

	it('is refused where no secret is known', async () => {
		for (const unready of [byHand({}, ''), byHand({}, ' , '), byNode()]) {
			for (const secret of ['', 'undefined', SECRET]) expect(await unready.receive(genuine([event()], { secret }))).toEqual(REFUSED);
		}
	});

	it('does not keep the genuine one from counting', async () => {
		const ours = byHand();
		await ours.receive(withHeader(body, 't=1,v1=ab'));
		expect((await ours.receive(withHeader(body, right))).started).toHaveLength(1);
	});
});

describe('the events', () => {
	it('start the workflow where they are chosen', async () => {
		const chosen = byHand({ events: ['samples_restored', 'batch_final_report'] });
		const restored = event({ event_type: 'samples_restored' });
		const old = { event: 'batch_final_report', data: {} };
		expect((await chosen.receive(genuine([event(), restored]))).started).toEqual([restored]);
		expect((await chosen.receive(genuine(old))).started).toEqual([old]);
		for (const unwanted of [[event()], { event: 'analysis_complete', data: {} }]) expect(await chosen.receive(genuine(unwanted))).toEqual(ACCEPTED);
	});

	it('count once by their IDs, in another body and much later, too', async () => {
		const ours = byHand();
		const [first, second] = [event(), event()];
		const received = await Promise.all(Array.from({ length: 20 }, async () => await ours.receive(genuine([first]))));
		expect(received.filter(({ started }) => started)).toHaveLength(1);
		expect((await ours.receive(genuine([first, second]))).started).toEqual([second]);
		await bench.simulator.clock.advance(48 * 3_600_000);
		expect(await ours.receive(genuine([second, first]))).toEqual(ACCEPTED);
	});

	it('without an ID count once in ten minutes by the body', async () => {
		const ours = byHand({ events: ['analysis_complete'] });
		const old = { event: 'analysis_complete', data: {} };
		expect((await ours.receive(genuine(old))).started).toEqual([old]);
		expect(await ours.receive(genuine(old))).toEqual(ACCEPTED);
		await bench.simulator.clock.advance(600_000);
		expect((await ours.receive(genuine(old))).started).toEqual([old]);
	});

	it('count again when n8n was not able to begin the execution', async () => {
		const ours = byHand();
		const events = [event(), event()];
		expect((await ours.receive(genuine(events), true)).status).toBe(500);
		expect((await ours.receive(genuine(events))).started).toEqual(events);
	});
});

describe('with details', () => {
	it('an item is given out for each sample', async () => {
		const { succeeded, failedQc } = bench.simulator.info.samples;
		const told = event({ payload: { project: { id: project() }, samples: [{ id: succeeded }, { id: failedQc }] } });
		const { started } = await byHand({ fetchSampleDetails: true }).receive(genuine([told]));
		const { payload, ...common } = told;
		expect(payload).toBeDefined();
		expect(started).toEqual([
			expect.objectContaining({ ...common, id: succeeded, client_id: 'PILOT-SUCCEEDED', files: expect.arrayContaining([expect.objectContaining({ file_type: 'impute-vcf' })]) }),
			expect.objectContaining({ ...common, id: failedQc, last_status: expect.objectContaining({ status: 'failed qc' }) }),
		]);
	});

	it('an event without samples is given out as it is, and the old format is read, too', async () => {
		const events = ['batch_final_report_complete_v2', 'analysis_complete'];
		const batch = event({ event_type: events[0], payload: { batch: { id: 'b' } } });
		const ours = byHand({ events, fetchSampleDetails: true });
		expect((await ours.receive(genuine([batch]))).started).toEqual([batch]);
		const old = { event: 'analysis_complete', data: { samples: [bench.simulator.info.samples.succeeded] } };
		expect((await ours.receive(genuine(old))).started).toMatchObject([{ event: 'analysis_complete', client_id: 'PILOT-SUCCEEDED' }]);
	});

	it('a sample that cannot be read is given out as the event tells of it, with the reason', async () => {
		const gone = { id: randomUUID(), client_id: 'GONE', last_status: { status: 'succeeded' } };
		const told = event({ payload: { samples: [gone, { id: bench.simulator.info.samples.succeeded }] } });
		const { started } = await byHand({ fetchSampleDetails: true }).receive(genuine([told]));
		expect(started).toMatchObject([{ ...gone, event_id: told.event_id, error: expect.stringContaining('Gencove') }, { client_id: 'PILOT-SUCCEEDED' }]);
		expect(started?.[1]).not.toHaveProperty('error');
	});

	it('a delivery whose samples cannot be read for want of a credential is to be sent again', async () => {
		const ours = byNode({ fetchSampleDetails: true });
		await ours.activate();
		const { credential } = ours;
		const delivery = genuine([event()], { secret: String(ours.state.secret) });
		ours.credential = undefined;
		expect(await ours.receive(delivery)).toEqual({ status: 503, answer: 'Service Unavailable' });
		ours.credential = credential;
		expect((await ours.receive(delivery)).started).toMatchObject([{ client_id: 'PILOT-SUCCEEDED' }]);
	});
});

describe('registered by hand', () => {
	it('needs the secret in the credential, and calls nobody', async () => {
		await byHand().activate();
		await byHand().deactivate();
		expect(bench.arrived()).toEqual([]);
		await expect(byHand({}, '').activate()).rejects.toMatchObject({ message: 'The Gencove credential holds no webhook secret', description: expect.stringContaining('"Webhook Secret"') });
	});
});

describe('registered by the node', () => {
	const LIST = 'project-subscriptions/{project_id}';
	const subscriptions = async () => await bench.json('subscription', 'getAll', { projectId: byId(project()), returnAll: true });
	const add = async (target: string, eventTypes: string[]) => (await bench.json('subscription', 'create', { projectId: byId(project()), target, eventTypes }))[0];

	it('a subscription is made with a secret, once, and deleted afterwards', async () => {
		const ours = byNode({ events: ['samples_restored', 'analysis_complete_v2'] });
		await ours.activate();
		await ours.activate();
		expect(bench.sent(`POST ${LIST}`)).toEqual([{ name: 'n8n Workflow', target: ours.url, event_types: ['samples_restored', 'analysis_complete_v2'] }]);
		expect(await subscriptions()).toMatchObject([{ id: ours.state.subscriptionId, target: ours.url, has_secret: true }]);
		await ours.deactivate();
		expect(await subscriptions()).toEqual([]);
		expect(ours.state).toEqual({});
	});

	it('those of others stay', async () => {
		const others = [await add('https://elsewhere.example.org/hook', ['analysis_complete_v2']), await add('lab@example.org', ['analysis_complete_v2'])];
		const ours = byNode();
		await ours.activate();
		await ours.deactivate();
		expect((await subscriptions()).map(({ id }) => id)).toEqual(others.map(({ id }) => id));
	});

	it('one for other events is replaced', async () => {
		const ours = byNode();
		const before = await add(ours.url, ['analysis_complete_v2', 'samples_restored']);
		await ours.activate();
		const [after, ...more] = await subscriptions();
		expect(more).toEqual([]);
		expect(after).toMatchObject({ event_types: ['analysis_complete_v2'] });
		expect(after.id).not.toBe(before.id);
	});

	it('one whose secret nobody knows any more is found again, and gets a new one', async () => {
		const ours = byNode({ events: ['samples_restored', 'analysis_complete_v2'] });
		const found = await add(ours.url, ['analysis_complete_v2', 'samples_restored']);
		await ours.activate();
		expect((await subscriptions()).map(({ id }) => id)).toEqual([found.id]);
		expect((await ours.receive(genuine([event()], { secret: String(ours.state.secret) }))).started).toHaveLength(1);
		delete ours.state.subscriptionId;
		await ours.deactivate();
		expect(await subscriptions()).toEqual([]);
	});

	it('one that is gone already counts as deleted, and no longer as there', async () => {
		const ours = byNode();
		await ours.activate();
		await bench.json('subscription', 'delete', { projectId: byId(''), subscriptionId: byId(String(ours.state.subscriptionId)) });
		await ours.deactivate();
		await ours.activate();
		expect(await subscriptions()).toHaveLength(1);
	});

	it('one that no secret can be made for does not stay', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 400, path: 'project-subscription-secret', body: ['No secrets today.'] });
		await expect(byNode().activate()).rejects.toMatchObject({ message: expect.stringContaining('No secrets today.') });
		expect(await subscriptions()).toEqual([]);
	});

	it('needs a project, and says which one is not there', async () => {
		await expect(trigger({}).activate()).rejects.toMatchObject({ message: '"Project" is empty' });
		await expect(trigger({ projectId: byId(randomUUID()) }).activate()).rejects.toMatchObject({ httpCode: '404' });
	});
});

describe('Gencove itself', () => {
	const happened = async (event_type: string, payload: object) => {
		const body = JSON.stringify({ project_id: project(), events: [{ event_type, payload }] });
		const { status } = await fetch(`${bench.simulator.info.control}/gencove/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
		expect(status).toBe(204);
	};

	it.each(['raw', 'python'] as const)('starts the workflow, signing the %s text', async (signedText) => {
		bench.simulator.state.settings.signedText = signedText;
		const ours = byNode();
		await ours.activate();
		await happened('analysis_complete_v2', { project: { id: project() }, samples: [{ id: randomUUID(), client_id: 'Kuh Zoë – "1"', last_status: { status: 'succeeded' } }] });
		await happened('samples_restored', {});
		expect(executions).toEqual([[expect.objectContaining({ event_type: 'analysis_complete_v2', payload: expect.objectContaining({ project: { id: project() } }) })]]);
	});

	it('repeats what was not taken, and it counts once', async () => {
		const ours = byNode();
		await ours.activate();
		const { secret } = ours.state;
		ours.state.secret = 'not yet known';
		await happened('analysis_complete_v2', { samples: [] });
		expect(executions).toEqual([]);
		ours.state.secret = secret;
		await bench.simulator.clock.advance(600_000);
		expect(executions).toHaveLength(1);
		await bench.simulator.clock.advance(600_000);
		expect(executions).toHaveLength(1);
	});

	it('sends test messages, each of which counts', async () => {
		const ours = byNode();
		await ours.activate();
		for (let times = 0; times < 2; times++) await bench.json('subscription', 'sendTest', { projectId: byId(''), subscriptionId: byId(String(ours.state.subscriptionId)) });
		// they are sent when the call is answered
		while (executions.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
	});
});

describe('the legacy format', () => {
	const legacy = (parameters: IDataObject = {}, changes: ICredentialDataDecryptedObject = {}) =>
		(receiver = new WebhookTrigger(new GencoveTrigger(), bench.legacyCredential(changes), { registration: 'legacy', ...parameters }, base()));
	const unsigned = (body: unknown): Delivery => ({ rawBody: Buffer.from(JSON.stringify(body)), headers: {} });
	const ready = (data: IDataObject) => unsigned({ event: 'project_sample_results_ready', data: { external_id: 'SAID', ...data } });
	const reads = () => bench.simulator.legacy.journal.since().entries.map(({ method, path }) => `${method} ${path}`);

	it('hands on what Gencove says of the sample, not what the message says', async () => {
		const { started } = await legacy().receive(ready({ project_id: 101, sample_id: 1001, secret: 'anything' }));
		expect(started).toEqual([expect.objectContaining({ event: 'project_sample_results_ready', project_id: 101, sample_id: 1001, external_id: expect.not.stringMatching('SAID') })]);
		expect(started?.[0]).not.toHaveProperty('secret');
		expect(reads()).toEqual(['GET /projects/101/samples/1001']);
	});

	it('hands on the project, where the message names no sample', async () => {
		expect((await legacy().receive(unsigned({ event: 'of tomorrow', data: { project_id: '101' } }))).started).toEqual([expect.objectContaining({ event: 'of tomorrow', name: 'Simulated Cohort' })]);
	});

	it.each([
		['a sample that is not there', { project_id: 101, sample_id: 999_999 }],
		['a sample of another project', { project_id: 102, sample_id: 1001 }],
		['a project of somebody else', { project_id: 201 }],
		['no project', { sample_id: 1001 }],
		['a path for a project', { project_id: '101/stats' }],
		['a path for a sample', { project_id: 101, sample_id: '..' }],
	])('refuses %s', async (_what, data) => {
		expect(await legacy().receive(ready(data))).toEqual(REFUSED);
	});

	it('refuses what has no data, and what is no JSON', async () => {
		for (const body of [{ event: { forged: true }, data: { project_id: 101 } }, { event: 'project_sample_results_ready', data: { project_id: [101] } }, { event: 'project_sample_results_ready' }, { event: 'project_sample_results_ready', data: null }, {}, 'text', [1]]) expect(await legacy().receive(unsigned(body))).toEqual(REFUSED);
		expect((await legacy().receive({ rawBody: Buffer.from('{'), headers: {} })).status).toBe(422);
		expect(reads()).toEqual([]);
	});

	it('starts the workflow on the events that are chosen; the test of the URL is answered, and handed on where it is wanted', async () => {
		const test = unsigned({ event: 'test', data: {} });
		expect(await legacy().receive(test)).toEqual(ACCEPTED);
		expect(await legacy().receive(unsigned({ event: 'project_sample_join', data: { project_id: 101, sample_id: 1001 } }))).toEqual(ACCEPTED);
		const all = legacy({ events: ['project_sample_join', 'test'] });
		for (let times = 0; times < 2; times++) expect((await all.receive(test)).started).toEqual([{ event: 'test' }]);
		expect(await all.receive(ready({ project_id: 101, sample_id: 1001 }))).toEqual(ACCEPTED);
	});

	it('asks for another delivery while Gencove cannot be asked, and then it counts, once', async () => {
		const ours = legacy();
		const delivery = ready({ project_id: 101, sample_id: 1001 });
		bench.simulator.legacy.faults.add({ kind: 'status', status: 500, times: 4 });
		expect((await ours.receive(delivery)).status).toBe(503);
		expect((await ours.receive(delivery)).started).toHaveLength(1);
		expect(await ours.receive(delivery)).toEqual(ACCEPTED);
	});

	it('wants a key that reads the messages again, and says so at once', async () => {
		await legacy().activate();
		await legacy().deactivate();
		await expect(legacy({}, { apiKey: 'wrong-key' }).activate()).rejects.toMatchObject({ message: expect.stringContaining('Gencove Legacy did not accept the credential') });
	});

	it('is what the first generation sends, from setting the URL on', async () => {
		const ours = legacy();
		await bench.json('legacy', 'updateProject', { legacyProjectId: byId('101'), additionalFields: { webhookUrl: ours.url, enabled: true } });
		const { status } = await fetch(`${bench.simulator.legacy.info.control}/gencove-legacy/samples/1001/results`, { method: 'POST' });
		expect(status).toBe(200);
		expect(executions).toEqual([[expect.objectContaining({ event: 'project_sample_results_ready', sample_id: 1001 })]]);
	});
});
