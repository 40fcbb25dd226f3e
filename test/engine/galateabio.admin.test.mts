import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const lastQuery = (route: string) => bench.arrived(route).at(-1)?.query;
const organizationId = () => bench.simulator.info.organizationId;
const ID = '3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b';

describe('webhooks', () => {
	const set = async (url: string, more: IDataObject = {}) => (await json('webhook', 'set', { url, event: 'order_moved_to_completed_state', ...more }))[0];

	it('are added, listed and tried', async () => {
		const made = await set('https://n8n.example.org/webhook/a', { retries: 7, reportFailures: false });
		expect(made).toMatchObject({ webhook_action: 'order_moved_to_completed_state', remote_endpoint: 'https://n8n.example.org/webhook/a', max_retries_count: 7, save_error_in_notifications: false });
		expect(await json('webhook', 'getAll')).toMatchObject([made]);
		expect(await json('webhook', 'test', { testedWebhookId: made.id })).toEqual([{ id: made.id, testRequested: true }]);
		expect((await json('webhook', 'getActions')).map(({ value }) => value)).toEqual(expect.arrayContaining(['source_file_validation_completed']));
	});

	it.each([true, false])('leave the others alone, whether the service replaces the whole list (%s) or adds to it', async (replaces) => {
		bench.simulator.state.webhooksReplace = replaces;
		const first = await set('https://elsewhere.example.org/hook');
		const second = await set('https://n8n.example.org/webhook/a', { event: 'source_file_validation_completed' });
		const changed = await set('https://n8n.example.org/webhook/b', { event: 'source_file_validation_completed', additionalFields: { webhookId: second.id, organizationId: organizationId() } });
		expect(changed.id).toBe(second.id);
		const all = await json('webhook', 'getAll', { additionalFields: { organizationId: organizationId() } });
		expect(all.map(({ id, remote_endpoint }) => [id, remote_endpoint])).toEqual(expect.arrayContaining([[first.id, first.remote_endpoint], [second.id, 'https://n8n.example.org/webhook/b']]));
		expect(all).toHaveLength(2);
		bench.simulator.state.webhooksReplace = false;
	});

	it('get a new secret', async () => {
		const [{ webhooks_secret: secret }] = await json('webhook', 'generateSecret');
		expect(secret).toEqual(expect.any(String));
		expect(secret).not.toBe(bench.simulator.info.webhook.secret);
	});
});

describe('SFTP users and their keys', () => {
	const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA user';

	it('are made, listed and removed', async () => {
		const before = (await json('sftpUser', 'getAll')).length;
		const [user] = await json('sftpUser', 'create', { publicKey: KEY });
		const [withKeys] = await json('sftpUser', 'addSshKey', { sftpUserId: user.id, publicKey: KEY.replace(' user', ' second') });
		expect(withKeys).toBeDefined();
		const [listed] = (await json('sftpUser', 'getAll', { additionalFields: { organizationId: organizationId() } })).filter(({ id }) => id === user.id) as Array<{ ssh_keys: Array<{ id: string }> }>;
		const keyId = listed.ssh_keys[0].id;
		expect(await json('sftpUser', 'deleteSshKey', { sftpUserId: user.id, sshKeyId: keyId })).toEqual([{ deleted: true }]);
		expect(await json('sftpUser', 'delete', { sftpUserId: user.id })).toEqual([{ deleted: true }]);
		expect(await json('sftpUser', 'getAll')).toHaveLength(before);
	});
});

describe('notifications', () => {
	it('tell of webhooks that could not be delivered', async () => {
		await json('webhook', 'set', { url: 'http://127.0.0.1:9/nobody', event: 'source_file_validation_completed', retries: 1 });
		await bench.validFile();
		await bench.simulator.clock.advance(3600_000);
		expect(JSON.stringify(await json('notification', 'getAll'))).toContain('send_webhook_failed');
	});

	it('are listed and marked', async () => {
		await json('notification', 'getAll', { filters: { watched: true } });
		expect(lastQuery('GET /notification')).toMatchObject({ watched: ['true'] });
		expect(await json('notification', 'markWatched', { additionalFields: { watchAll: true } })).toEqual([{ watched: true }]);
		const { error } = await bench.run('notification', 'markWatched', { additionalFields: { notificationId: ID } });
		expect(error).toMatchObject({ httpCode: '404' });
		expect(lastQuery('PUT /notification/watch')).toEqual({ notification_id: [ID] });
	});
});

describe('credits', () => {
	it('are shown with what they were spent on', async () => {
		expect(await json('credit', 'getBalance', { filters: { organizationIds: organizationId() } })).toHaveLength(1);
		const filters = { fromDay: '2026-01-01', untilDay: '2026-12-31', modelFamilies: ['vader', 'hutt'], creditOrderId: ID, organizationIds: [organizationId()], showFull: true };
		await json('credit', 'getLedger', { filters });
		expect(lastQuery('GET /credit/ledger')).toMatchObject({
			min_date: ['2026-01-01'], max_date: ['2026-12-31'], model_api_names: ['vader,hutt'], order_id: [ID], orgs_ids: [organizationId()], show_full: ['true'],
		});
		await bench.run('credit', 'getLedger', { filters: { serviceTypes: 'ORDER' } });
		expect(lastQuery('GET /credit/ledger')).toMatchObject({ credit_service_types: ['ORDER'] });
	});

	it('are looked at before an order, if wanted', async () => {
		const parameters = { sourceFileId: byId(await bench.validFile()), model: byId('skywalker-2.1') };
		const { error } = await bench.run('order', 'submit', { ...parameters, additionalFields: { minimumCredits: 1e9 } });
		expect(error?.message).toMatch(/^Only \d+ credits are left$/);
		expect(bench.arrived('POST /exec/orders')).toHaveLength(0);
		const [order] = await json('order', 'submit', { ...parameters, additionalFields: { minimumCredits: 1 } });
		const [entry] = await json('credit', 'getLedger', { filters: { creditOrderId: order.id } });
		expect(JSON.stringify(entry)).toContain(order.id);
	});

	it('of another organization do not count for an order', async () => {
		const set = async (body: IDataObject) => await fetch(`${bench.simulator.info.control}/galateabio/credits`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
		await set({ balance: 0 });
		await set({ balance: 500, organization_id: ID });
		const parameters = { sourceFileId: byId(await bench.validFile()), model: byId('skywalker-2.1'), additionalFields: { minimumCredits: 1 } };
		const { error } = await bench.run('order', 'submit', parameters);
		expect(error?.message).toBe('Only 0 credits are left');
		expect(bench.arrived('POST /exec/orders')).toHaveLength(0);
		expect(lastQuery('GET /credit/balance')).toEqual({ orgs_ids: [organizationId()] });
	});
});

describe('log-in with a second factor', () => {
	it('is confirmed by its code, and a new code can be asked for', async () => {
		const { email, password, code } = bench.simulator.info.mfa;
		const [{ mfa_session_id: mfaSessionId }] = await json('session', 'logIn', { email, password });
		expect(await json('session', 'requestNewCode', { mfaSessionId })).toEqual([{ requested: true }]);
		const [tokens] = await json('session', 'confirm', { mfaSessionId, code });
		expect(tokens).toMatchObject({ access: expect.any(String), refresh: expect.any(String) });
	});
});

describe('organization and reports', () => {
	it('is looked up once for all items', async () => {
		await json('sftpUser', 'getAll', {}, { items: [{ json: {} }, { json: {} }, { json: {} }] });
		expect(bench.arrived('GET /users/me')).toHaveLength(1);
		expect(bench.arrived('GET /organizations/{organization_id}/sftp_users')).toHaveLength(3);
	});

	it.each([
		['organization', 'get', {}],
		['organization', 'getModels', {}],
		['webhook', 'getAll', {}],
		['order', 'submit', { sourceFileId: byId(ID), model: byId('skywalker-2.1') }],
	])('is none for a user without one, and the message of %s %s says so', async (resource, operation, parameters) => {
		bench.simulator.faults.add({ kind: 'status', status: 200, path: '/users/me', body: { id: ID, org: null } });
		const { error } = await bench.run(resource, operation, parameters);
		expect(error).toMatchObject({ message: 'The user of the credential belongs to no organization', description: expect.stringContaining('administrator') });
	});

	it('is none in the profile of a user without one', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 200, path: '/users/me', body: { id: ID, org: null } });
		expect(await json('account', 'getProfile')).toEqual([{ id: ID, org: null }]);
	});

	it('get a new API key', async () => {
		const [made] = await json('organization', 'generateApiKey', { additionalFields: { organizationId: organizationId() } });
		expect(Object.values(made)).toEqual([expect.any(String)]);
	});

	it('have failed reports made again', async () => {
		const sourceFileId = byId(await bench.validFile('reports-fail.vcf.gz'));
		const [order] = await json('order', 'submit', { sourceFileId, model: byId('vader-3.0'), waitForCompletion: true, options: { onFailure: 'return' } });
		expect(order.status).toBe('Reports failed');
		expect(await json('pdfReport', 'regenerate', { orderId: byId(String(order.id)) })).toEqual([{ id: order.id, requested: true }]);
	});

	it('are not for members, and the message says whom to ask', async () => {
		const credential = bench.credential({ apiKey: bench.simulator.info.member.apiKey });
		const { error } = await bench.run('webhook', 'getAll', {}, { credential });
		expect(error).toMatchObject({ message: 'GalateaBio does not allow this: Forbidden', description: expect.stringContaining('administrator') });
	});
});

describe('files by SFTP', () => {
	const sftp = () => {
		const { host, port, user, password, privateKey } = bench.simulator.info.sftp;
		return { galateaBioSftpApi: { host, port, user, authentication: 'privateKey', password, privateKey, passphrase: '' } };
	};
	const upload = async (parameters: IDataObject, credentials: Record<string, ICredentialDataDecryptedObject> = sftp()) =>
		await bench.run('file', 'uploadBySftp', parameters, { items: [await bench.engine.itemWithFile(Buffer.alloc(300_000, 'x'), 'large.vcf.gz')], moreCredentials: credentials });

	it.each(['privateKey', 'password'])('are sent, found and waited for; log-in by %s', async (authentication) => {
		const credentials = { galateaBioSftpApi: { ...sftp().galateaBioSftpApi, authentication } };
		const { outputs, error } = await upload({ waitForCompletion: true, additionalFields: { folder: '2026-03-31', fileName: 'sample-1.vcf.gz' } }, credentials);
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ src_short_file_path: '2026-03-31/sample-1.vcf.gz', status: 'VALID', file_size_bytes: 300_000, succeeded: true });
	});

	it.each([['2026-03-31/', 'sample-1.vcf.gz'], ['/2026-03-31', 'sample-1.vcf.gz'], ['//2026-03-31//', '/sample-1.vcf.gz']])('are found and waited for when slashes stand at the ends: %s %s', async (folder, fileName) => {
		const { outputs, error } = await upload({ waitForCompletion: true, additionalFields: { folder, fileName } });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ src_short_file_path: '2026-03-31/sample-1.vcf.gz', status: 'VALID', succeeded: true });
		const [found] = await json('file', 'findBySftpPath', { sftpPath: '/2026-03-31/sample-1.vcf.gz/' });
		expect(found).toMatchObject({ id: outputs[0][0].json.id, status: 'VALID' });
	});

	it.each([
		[{ folder: '2026/03' }, '"Folder" is not the name of one folder'],
		[{ folder: '/' }, '"Folder" is not the name of one folder'],
		[{ folder: '..' }, '"Folder" is not the name of one folder'],
		[{ fileName: 'a/b.vcf.gz' }, '"File Name" is not the name of one file'],
		[{ fileName: '.' }, '"File Name" is not the name of one file'],
	])('are not sent to %j, and the message says what to give', async (additionalFields, message) => {
		const { error } = await upload({ additionalFields });
		expect(error).toMatchObject({ message, description: expect.stringContaining('without slashes') });
		const requests = (await (await fetch(`${bench.simulator.info.control}/galateabio/sftp`)).json()) as { requests: unknown[] };
		expect(requests.requests).toEqual([]);
	});

	it('are found by their path', async () => {
		const { outputs } = await upload({});
		const sftpPath = String(outputs[0][0].json.src_short_file_path);
		expect(sftpPath).toMatch(/^\d{4}-\d\d-\d\d\/large\.vcf\.gz$/);
		expect(await json('file', 'findBySftpPath', { sftpPath })).toMatchObject([{ src_short_file_path: sftpPath, status: 'VALID' }]);
	});

	it('are not sent with a wrong password, and the message says what to check', async () => {
		const { error } = await upload({}, { galateaBioSftpApi: { ...sftp().galateaBioSftpApi, authentication: 'password', password: 'wrong-password' } });
		expect(error).toMatchObject({ message: expect.stringContaining('did not let n8n in'), description: expect.stringContaining('SFTP credential') });
		expect(JSON.stringify(error)).not.toContain('wrong-password');
	});
});
