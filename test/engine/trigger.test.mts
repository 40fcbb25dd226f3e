import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../nodes/shared/clock.ts';
import { start, type Running } from '../../simulators/galateabio/simulator.mts';
import { logger, Trigger } from './trigger.mts';

const MINUTE = 60_000;
const SECRET = 'n8nDemoSecret0000000000000000001';
const PRODUCTION = 'api.galatea.bio';
const SANDBOX = 'api.sandbox.galatea.bio';

const ORDER_TEST =
	'{"order_id": "22222222-2222-2222-2222-222222222222", "new_status": "COMPLETED", "source_file_id": "33333333-3333-3333-3333-333333333333", "source_file_name": "test_message_order_completed.vcf.gz"}';
const FILE_TEST =
	'{"new_status":"VALID","source_file_id":"11111111-1111-1111-1111-111111111111","source_file_name":"test_message_source_file_validated.vcf.gz"}';
const SPANISH = '{"source_file_id": "7e53320c-c631-45ec-bad6-c88bb9d30960", "new_status": "FAILED", "source_file_name": "muestra-ñ.vcf.gz"}';
const ORDER_TEST_SIGNATURE = 'UKgFLB/Lc5Qb9DycEuLH7gXQ/89qpg6xWK924ZnLvC0=';

const FILE_EVENT = { source_file_id: 'e3a7b5f0-4f56-4c0e-9a6f-3f2b8c1e5a4d', new_status: 'VALID', source_file_name: 'a.vcf.gz' };
const ORDER_EVENT = { order_id: '0c1d2e3f-4a5b-4e6f-9b7a-3f2b8c1e5a4d', ...FILE_EVENT, new_status: 'COMPLETED' };

/** An implementation of its own, so that a mistake in the node's cannot hide. */
const sign = (body: string | Buffer, host = PRODUCTION, secret = SECRET) => createHmac('sha256', secret).update(host).update(body).digest('base64');

const withSignature = (body: string, signature: string) => ({ rawBody: Buffer.from(body), headers: { 'x-octopod-signature': signature } });
const genuine = (body: string | IDataObject, host = PRODUCTION, secret = SECRET) => {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return withSignature(text, sign(text, host, secret));
};

const inProduction = { environment: 'production', apiKey: 'key', webhookSecret: SECRET };
const REFUSED = { status: 401, answer: 'Unauthorized' };
const ACCEPTED = { status: 200, answer: '' };

let simulator: Running;
let now: number;
const realClock = { ...clock };

beforeAll(async () => (simulator = await start({ senderHost: PRODUCTION })));
afterAll(async () => await simulator.close());
beforeEach(() => {
	now = Date.UTC(2026, 0, 1);
	clock.now = () => now;
	clock.sleep = async () => {};
	simulator.journal.clear();
});
afterEach(() => {
	Object.assign(clock, realClock);
	simulator.faults.clear();
	jest.restoreAllMocks();
});

/** A credential without a secret in it: the profile shows it. The simulator signs as if it were the production. */
const inSimulator = () => ({ environment: 'custom', url: simulator.info.url, apiKey: simulator.info.apiKey, senderHost: PRODUCTION });
const profileReads = () => simulator.journal.since().entries.filter(({ route }) => route === 'GET /users/me').length;
const organizationIs = (changes: IDataObject) =>
	simulator.faults.add({ kind: 'status', status: 200, path: '/users/me', times: 1000, body: { org: { webhooks_enabled: true, webhooks_secret: SECRET, ...changes } } });

describe('a genuine delivery', () => {
	it.each([
		['production', ORDER_TEST, ORDER_TEST_SIGNATURE, { event: 'orderFinished', new_status: 'COMPLETED' }],
		['sandbox', FILE_TEST, 'HuzhK7OlAgWFr2U1QMDsMoAILAkeHl8hBlQr/zdP3uY=', { event: 'fileValidated', new_status: 'VALID' }],
		['sandbox', SPANISH, 'Ibo8FsbjZGedVkWoKzEQUrirxp4pZNyGHyneVByJ2Fc=', { event: 'fileValidated', source_file_name: 'muestra-ñ.vcf.gz' }],
	])('of the %s starts an execution: %s', async (environment, body, signature, item) => {
		const trigger = new Trigger({ ...inProduction, environment });
		expect(await trigger.receive(withSignature(body, signature))).toEqual({ ...ACCEPTED, started: [expect.objectContaining(item)] });
	});

	it('gives out the event and the body as it came, and nothing else', async () => {
		const trigger = new Trigger(inProduction);
		const { started: order } = await trigger.receive(genuine(ORDER_EVENT));
		expect(order).toEqual([{ event: 'orderFinished', ...ORDER_EVENT }]);
		const { started: file } = await trigger.receive(genuine({ ...FILE_EVENT, one_day_more: 1 }));
		expect(file).toEqual([{ event: 'fileValidated', ...FILE_EVENT, one_day_more: 1 }]);
	});

	it.each(['VALID', 'FAILED', 'COMPLETED', 'A status of tomorrow', ''])('passes the status "%s" on', async (new_status) => {
		const trigger = new Trigger(inProduction);
		for (const event of [FILE_EVENT, ORDER_EVENT]) {
			expect((await trigger.receive(genuine({ ...event, new_status }))).started).toMatchObject([{ new_status }]);
		}
	});

	it.each([
		['"not JSON', '"not JSON'],
		['an empty object', '{}'],
		['a list', '[]'],
		['null', 'null'],
		['no name', '{"source_file_id":"a","new_status":"VALID"}'],
		['a number for an ID', '{"source_file_id":5,"new_status":"VALID","source_file_name":"a"}'],
		['an empty ID', '{"source_file_id":"","new_status":"VALID","source_file_name":"a"}'],
		['a list for the order', '{"order_id":[],"source_file_id":"a","new_status":"VALID","source_file_name":"a"}'],
		['null for the order', '{"order_id":null,"source_file_id":"a","new_status":"VALID","source_file_name":"a"}'],
	])('with %s gets 422', async (_what, body) => {
		expect(await new Trigger(inProduction).receive(genuine(body))).toEqual({ status: 422, answer: 'Incorrect webhook payload.' });
	});
});

describe('a forged delivery', () => {
	const respelled = JSON.stringify(JSON.parse(ORDER_TEST));
	it.each([
		['the sandbox host', 'production', ORDER_TEST, 'vkBESxiHoonKVC3HFFmBOoSNLGJlb1u44jEyyTDjt/U='],
		['the host with https://', 'production', ORDER_TEST, 'vFxydwWUNk1Y358V5AyExn97sDoNOR5hj1+uVCsKr+Q='],
		['the body only', 'production', ORDER_TEST, 'aS00hTIdFth9VfTDdtiNiYmgK2Ee4+rMOyH6auCkoNs='],
		['a newline between host and body', 'production', ORDER_TEST, 'hnVFO1jJFu8lNfy5xjlZfhW7fKAkHe2gaiVlu28gMw8='],
		['the secret base64-decoded', 'production', ORDER_TEST, 'zSFwSqcu7M8gepQj5M3tuY7blprURpw+zwIm8ity9Z0='],
		['the body without spaces', 'production', ORDER_TEST, 'qcCxjxUzrLoRsm2BZcHuvM9wMeIVCUvPdLrTi/PbXQY='],
		['the body with spaces', 'sandbox', FILE_TEST, '40QcSPpOvVisQ+cO3LKFpQiy6tpflsxD5Ifsa+JAppQ='],
		['another secret', 'production', ORDER_TEST, sign(ORDER_TEST, PRODUCTION, `${SECRET}x`)],
		['another genuine body', 'production', ORDER_TEST, sign(SPANISH)],
		['the body that was sent respelled', 'production', respelled, ORDER_TEST_SIGNATURE],
		['the body that a newline was added to', 'production', `${ORDER_TEST}\n`, ORDER_TEST_SIGNATURE],
		['the body before one byte changed', 'production', ORDER_TEST.replace('COMPLETED', 'COMPLETEE'), ORDER_TEST_SIGNATURE],
		['one character less', 'production', ORDER_TEST, ORDER_TEST_SIGNATURE.slice(0, -1)],
		['one character more', 'production', ORDER_TEST, `${ORDER_TEST_SIGNATURE}=`],
		['small letters', 'production', ORDER_TEST, ORDER_TEST_SIGNATURE.toLowerCase()],
		['the right one twice', 'production', ORDER_TEST, `${ORDER_TEST_SIGNATURE}, ${ORDER_TEST_SIGNATURE}`],
		['a name before it', 'production', ORDER_TEST, `sha256=${ORDER_TEST_SIGNATURE}`],
		['nothing', 'production', ORDER_TEST, ''],
		['characters of several bytes', 'production', ORDER_TEST, 'ñ'.repeat(22)],
		['an empty body', 'production', '', sign('')],
	])('signed with %s is refused', async (_what, environment, body, signature) => {
		expect(await new Trigger({ ...inProduction, environment }).receive(withSignature(body, signature))).toEqual(REFUSED);
	});

	it('without the header, or with another one, is refused', async () => {
		const trigger = new Trigger(inProduction);
		for (const headers of [{}, { 'x-signature': ORDER_TEST_SIGNATURE }, { authorization: ORDER_TEST_SIGNATURE }] as Array<Record<string, string>>) {
			expect(await trigger.receive({ rawBody: Buffer.from(ORDER_TEST), headers })).toEqual(REFUSED);
		}
	});

	it('whose raw body n8n did not keep is refused', async () => {
		expect(await new Trigger(inProduction).receive({ rawBody: undefined, headers: { 'x-octopod-signature': sign('{}') } })).toEqual(REFUSED);
	});

	it('does not keep the genuine one from counting', async () => {
		const trigger = new Trigger(inProduction);
		const delivery = genuine(ORDER_EVENT);
		await trigger.receive({ ...delivery, headers: { 'x-octopod-signature': 'forged' } });
		expect((await trigger.receive(delivery)).started).toHaveLength(1);
	});
});

describe('the host that signs', () => {
	it.each([
		['of the production', { environment: 'production' }, PRODUCTION],
		['of the sandbox', { environment: 'sandbox' }, SANDBOX],
		['of a base URL', { environment: 'custom', url: 'https://api.dev.galatea.bio:8443/api/v1/' }, 'api.dev.galatea.bio'],
		['named in the credential', { environment: 'custom', url: 'https://proxy.example.org', senderHost: ' api.example.org ' }, 'api.example.org'],
		['named for the production', { environment: 'production', senderHost: 'api.example.org' }, 'api.example.org'],
	])('is the one %s', async (_what, credential, host) => {
		const trigger = new Trigger({ ...inProduction, ...credential });
		for (const signer of [PRODUCTION, SANDBOX, 'api.dev.galatea.bio', 'proxy.example.org', 'api.example.org']) {
			const { status } = await trigger.receive(genuine(ORDER_TEST, signer));
			expect([signer, status]).toEqual([signer, signer === host ? 200 : 401]);
		}
	});
});

describe('the secret', () => {
	it('of the credential is used without asking the service', async () => {
		const trigger = new Trigger({ ...inSimulator(), webhookSecret: 'of the credential' });
		await trigger.activate();
		expect(await trigger.receive(genuine(ORDER_EVENT, PRODUCTION, 'of the credential'))).toMatchObject(ACCEPTED);
		expect(await trigger.receive(genuine(FILE_EVENT, PRODUCTION, SECRET))).toEqual(REFUSED);
		expect(simulator.journal.since().entries).toEqual([]);
	});

	it('is read from the profile once a minute, however many deliveries come, and at the same moment', async () => {
		const trigger = new Trigger(inSimulator());
		const forged = Array.from({ length: 50 }, async (_none, i) => await trigger.receive(withSignature(ORDER_TEST, `forged ${i}`)));
		expect(new Set((await Promise.all(forged)).map(({ status }) => status))).toEqual(new Set([401]));
		expect(await trigger.receive(genuine(ORDER_EVENT))).toMatchObject(ACCEPTED);
		expect(profileReads()).toBe(1);
		now += MINUTE;
		expect(await trigger.receive(genuine(FILE_EVENT))).toMatchObject(ACCEPTED);
		expect(profileReads()).toBe(2);
	});

	it('that was renewed at the service counts a minute later', async () => {
		const trigger = new Trigger(inSimulator());
		await trigger.receive(genuine(ORDER_TEST));
		organizationIs({ webhooks_secret: 'renewed' });
		expect(await trigger.receive(genuine(ORDER_TEST, PRODUCTION, 'renewed'))).toEqual(REFUSED);
		now += MINUTE;
		expect(await trigger.receive(genuine(ORDER_TEST, PRODUCTION, 'renewed'))).toMatchObject(ACCEPTED);
		expect(await trigger.receive(genuine(ORDER_TEST))).toEqual(REFUSED);
	});

	it('of one trigger is none of another', async () => {
		const [first, second] = [new Trigger(inSimulator()), new Trigger(inSimulator())];
		await first.receive(genuine(ORDER_TEST));
		organizationIs({ webhooks_secret: 'another' });
		expect(await second.receive(genuine(ORDER_TEST))).toEqual(REFUSED);
	});

	it('that cannot be read makes every delivery a forged one, and n8n\'s log says why', async () => {
		const warn = jest.spyOn(logger, 'warn');
		simulator.faults.add({ kind: 'status', status: 500, path: '/users/me', times: 100 });
		const trigger = new Trigger(inSimulator());
		expect(await trigger.receive(genuine(ORDER_TEST))).toEqual(REFUSED);
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('GalateaBio is not able to answer now'));
		expect(JSON.stringify(warn.mock.calls)).not.toContain(simulator.info.apiKey);
		simulator.faults.clear();
		now += 5_000;
		expect(await trigger.receive(genuine(ORDER_TEST))).toMatchObject({ ...ACCEPTED, started: [{ event: 'orderFinished' }] });
	});

	it('that cannot be read is asked for every 5 seconds at the most, however many deliveries come', async () => {
		simulator.faults.add({ kind: 'status', status: 403, path: '/users/me', times: 100 });
		const trigger = new Trigger(inSimulator());
		for (let second = 0; second < 20; second++) {
			await Promise.all(Array.from({ length: 5 }, async (_none, i) => await trigger.receive(withSignature(ORDER_TEST, `forged ${i}`))));
			now += 1_000;
		}
		expect(profileReads()).toBe(4);
	});

	it.each([{ webhooks_secret: '' }, { webhooks_secret: null }, { webhooks_enabled: false }])('%j lets nothing through', async (changes) => {
		organizationIs(changes);
		for (const secret of ['', 'null', 'undefined', SECRET]) {
			const trigger = new Trigger(inSimulator());
			expect(await trigger.receive(withSignature(ORDER_TEST, createHmac('sha256', secret).update(PRODUCTION + ORDER_TEST).digest('base64')))).toEqual(REFUSED);
		}
	});

	it.each([
		['is deleted', undefined],
		['has a broken address', { environment: 'custom', url: 'https://', apiKey: 'key', webhookSecret: SECRET }],
	])('lets nothing through, and starts nothing, where the credential %s', async (_what, credential) => {
		const trigger = new Trigger(inProduction);
		trigger.credential = credential;
		expect(await trigger.receive(genuine(ORDER_TEST))).toEqual(REFUSED);
	});
});

describe('the events', () => {
	it.each([
		[['fileValidated'], 1, 0],
		[['orderFinished'], 0, 1],
		[['fileValidated', 'orderFinished'], 1, 1],
		[[], 0, 0],
	])('%j', async (events, files, orders) => {
		const trigger = new Trigger(inProduction, events);
		for (const [event, executions] of [[FILE_EVENT, files], [ORDER_EVENT, orders]] as const) {
			const { status, started = [] } = await trigger.receive(genuine(event));
			expect([status, started.length]).toEqual([200, executions]);
		}
	});
});

describe('a delivery that comes again', () => {
	it('starts one execution, at the same moment too', async () => {
		const trigger = new Trigger(inSimulator());
		const received = await Promise.all(Array.from({ length: 20 }, async () => await trigger.receive(genuine(ORDER_EVENT))));
		expect(received.every(({ status }) => status === 200)).toBe(true);
		expect(received.filter(({ started }) => started)).toHaveLength(1);
		now += 9 * MINUTE;
		expect(await trigger.receive(genuine(ORDER_EVENT))).toEqual(ACCEPTED);
	});

	it('counts when n8n was not able to begin the execution the first time', async () => {
		const trigger = new Trigger(inProduction);
		expect((await trigger.receive(genuine(ORDER_EVENT), true)).status).toBe(500);
		expect((await trigger.receive(genuine(ORDER_EVENT))).started).toHaveLength(1);
		expect(await trigger.receive(genuine(ORDER_EVENT))).toEqual(ACCEPTED);
	});

	it('counts each time when it is the message of a test button', async () => {
		const trigger = new Trigger(inProduction);
		for (const body of [ORDER_TEST, FILE_TEST, ORDER_TEST, ORDER_TEST, FILE_TEST]) {
			expect((await trigger.receive(genuine(body))).started).toHaveLength(1);
		}
	});
});

describe('activation', () => {
	it('succeeds with the secret of the profile, and there is nothing to do on deactivation', async () => {
		const trigger = new Trigger(inSimulator());
		await trigger.activate();
		await trigger.deactivate();
		expect(simulator.journal.since().entries.map(({ route }) => route)).toEqual(['GET /users/me']);
	});

	it.each([
		['webhooks are switched off', { webhooks_enabled: false }, 'Webhooks are switched off for your organization', 'Ask GalateaBio to switch them on'],
		['the profile shows no secret', { webhooks_secret: null }, 'Your profile shows no webhook secret', 'Put the secret shown under Integrations > Webhooks into the GalateaBio credential'],
	])('is refused where %s', async (_what, changes, message, description) => {
		organizationIs(changes);
		await expect(new Trigger(inSimulator()).activate()).rejects.toMatchObject({ message, description });
	});

	it('is refused for a user without an organization', async () => {
		simulator.faults.add({ kind: 'status', status: 200, path: '/users/me', body: { org: null } });
		await expect(new Trigger(inSimulator()).activate()).rejects.toMatchObject({ message: 'The user of the credential belongs to no organization' });
	});

	it('is refused with a key that the service does not accept', async () => {
		await expect(new Trigger({ ...inSimulator(), apiKey: 'wrong' }).activate()).rejects.toMatchObject({
			message: expect.stringMatching(/^GalateaBio did not accept the credential/),
			description: expect.stringContaining('Check the credential'),
		});
	});

	it('is refused with an address that no host can be read from', async () => {
		const credential = { environment: 'custom', url: 'api.example.org', apiKey: 'key', webhookSecret: SECRET };
		await expect(new Trigger(credential).activate()).rejects.toMatchObject({ message: 'The base URL is not usable' });
	});

	it('succeeds as soon as the cause is gone', async () => {
		const trigger = new Trigger({ ...inSimulator(), apiKey: 'wrong' });
		await expect(trigger.activate()).rejects.toThrow();
		trigger.credential = { ...trigger.credential, apiKey: simulator.info.apiKey };
		await trigger.activate();
		expect(await trigger.receive(genuine(ORDER_EVENT))).toMatchObject(ACCEPTED);
	});

	it('takes a secret that was renewed', async () => {
		const trigger = new Trigger(inSimulator());
		await trigger.activate();
		organizationIs({ webhooks_secret: 'renewed' });
		await trigger.activate();
		expect(await trigger.receive(genuine(ORDER_EVENT, PRODUCTION, 'renewed'))).toMatchObject(ACCEPTED);
	});
});
