import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA user';
const LOOK_FIRST = 'It was not sent again. Look at the service whether it was done, before you run the node again';
const RETRY = { settings: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } };
/** Odd outputs are no part of the shapes that the editor shows. */
const NOT_SHOWN = { simplify: false };

/** The next such request is done, and answered by this. */
const answerWith = (method: string, path: string, body: unknown) => bench.simulator.faults.add({ kind: 'status', status: 201, method, path, body, after: true });
const order = async () => ({ sourceFileId: byId(await bench.validFile()), model: byId('skywalker-2.1') });

/** Bodies that tell of nothing that was made. */
const ODD = ['', 'OK', '"OK"', [], [null], {}, { id: '' }, { id: null }, null];

describe('the answer to an order', () => {
	it.each(ODD)('%j, without its ID, is told as an order that may have been made, and is not sent again', async (body) => {
		answerWith('POST', '/exec/orders', body);
		const { error } = await bench.run('order', 'submit', { ...(await order()), waitForCompletion: true }, RETRY);
		expect(error).toMatchObject({ message: 'GalateaBio sent an incomplete answer: it has no ID of the order', description: LOOK_FIRST });
		expect(bench.arrived('POST /exec/orders')).toHaveLength(1);
	});

	it.each([
		['alone, with another name for the ID', (id: string) => ({ order_id: id })],
		['in a list, with another name for the ID', (id: string) => [{ order_id: id }]],
		['in a list, with both names', (id: string) => [{ id, order_id: 'of something else' }]],
		['alone', (id: string) => ({ id })],
	])('%s gives the ID, by which it is waited for', async (_where, bodyOf) => {
		const parameters = await order();
		const [{ id }] = await json('order', 'submit', parameters);
		answerWith('POST', '/exec/orders', bodyOf(String(id)));
		expect(await json('order', 'submit', { ...parameters, waitForCompletion: true })).toMatchObject([{ id, status: 'Completed', succeeded: true }]);
		answerWith('POST', '/exec/orders', bodyOf(String(id)));
		expect(await json('order', 'submit', parameters)).toEqual([{ id }]);
	});
});

describe('an odd answer to another write', () => {
	it.each(ODD)('%j: an upload may have been taken in', async (body) => {
		answerWith('POST', '/data/files/upload', body);
		const { error } = await bench.run('file', 'upload', { waitForCompletion: true }, { items: [await bench.engine.itemWithFile(Buffer.from('x'), 'a.vcf.gz')], ...RETRY });
		expect(error).toMatchObject({ message: 'GalateaBio sent an incomplete answer: it has no ID of the file', description: LOOK_FIRST });
		expect(bench.arrived('POST /data/files/upload')).toHaveLength(1);
	});

	it.each([
		['tag', 'create', { name: 'cohort-7' }, '/exec/tags', 'ID of the tag'],
		['sftpUser', 'create', { publicKey: KEY }, '/sftp_users', 'ID of the SFTP user'],
		['organization', 'generateApiKey', {}, '/generate-api-key', 'API key'],
		['webhook', 'generateSecret', {}, '/generate-webhooks-secret', 'secret'],
		['webhook', 'set', { url: 'https://n8n.example.org/webhook/a', event: 'order_moved_to_completed_state' }, '/webhooks-info', 'list of webhooks'],
	])('%s %s says what is missing', async (resource, operation, parameters, path, missing) => {
		answerWith('POST', path, '');
		const { error } = await bench.run(resource, operation, parameters, RETRY);
		expect(error).toMatchObject({ message: `GalateaBio sent an incomplete answer: it has no ${missing}`, description: LOOK_FIRST });
		expect(bench.arrived().filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('a secret that comes as a text alone is given out', async () => {
		answerWith('POST', '/generate-webhooks-secret', '"made-up secret"');
		expect(await json('webhook', 'generateSecret', NOT_SHOWN)).toEqual([{ value: 'made-up secret' }]);
	});

	it('a session that was refreshed without new tokens says so', async () => {
		const { email, password } = bench.simulator.info.login;
		const [{ access, refresh }] = await json('session', 'logIn', { email, password });
		answerWith('POST', '/users/refresh', '');
		const { error } = await bench.run('session', 'refresh', { refreshToken: refresh, accessToken: access });
		expect(error?.message).toBe('GalateaBio sent an incomplete answer: it has no tokens');
	});

	it('an SSH key that was added needs none', async () => {
		const [{ id: sftpUserId }] = await json('sftpUser', 'create', { publicKey: KEY });
		answerWith('POST', '/ssh_keys', 'OK');
		expect(await json('sftpUser', 'addSshKey', { sftpUserId, publicKey: KEY.replace(' user', ' second'), ...NOT_SHOWN })).toEqual([{ added: true }]);
	});
});
