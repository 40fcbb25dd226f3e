import type { INode } from 'n8n-workflow';
import { GalateaBio } from '../../nodes/GalateaBio/GalateaBio.node.ts';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

/** n8n's "Retry On Fail"; it waits at least a second between two tries. */
const RETRY: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

const submitted = () => bench.arrived('POST /exec/orders').length;
const orders = async () => await bench.json('order', 'getAll', { returnAll: true });

async function twentyOrders() {
	const id = await bench.validFile();
	return {
		items: Array.from({ length: 20 }, (_none, i) => ({ json: { i, id } })),
		parameters: { sourceFileId: byId('={{ $json.id }}'), model: byId('skywalker-2.1') },
	};
}

describe('Retry On Fail', () => {
	it('submits each of the other 19 orders exactly once when one of 20 fails once', async () => {
		const { items, parameters } = await twentyOrders();
		bench.simulator.faults.add({ kind: 'status', status: 422, method: 'POST', path: '/exec/orders', skip: 7 });
		const { outputs, error } = await bench.run('order', 'submit', parameters, { items, settings: RETRY });
		expect(error).toBeUndefined();
		expect(outputs[0]).toHaveLength(20);
		expect(new Set(outputs[0].map(({ json }) => json.id)).size).toBe(20);
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual(items.map((_item, item) => ({ item })));
		expect(submitted()).toBe(21);
		expect(await orders()).toHaveLength(20);
	});

	it('never sends an order again that may have arrived', async () => {
		const { items, parameters } = await twentyOrders();
		bench.simulator.faults.add({ kind: 'cut', method: 'POST', path: '/exec/orders', skip: 7, after: true });
		const { error } = await bench.run('order', 'submit', parameters, { items, settings: RETRY });
		expect(error?.message).toContain('may have done what was asked');
		expect(submitted()).toBe(8);
		expect(await orders()).toHaveLength(8);
	});

	it('goes on waiting for what an earlier try has started', async () => {
		const items = [await bench.engine.itemWithFile(Buffer.from('x'), 'a.vcf.gz')];
		bench.simulator.faults.add({ kind: 'status', status: 403, method: 'GET', path: '/data/files' });
		const { outputs, error } = await bench.run('file', 'upload', { waitForCompletion: true }, { items, settings: RETRY });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ status: 'VALID', succeeded: true });
		expect(bench.arrived('POST /data/files/upload')).toHaveLength(1);
	});

	it('sends once for each execution, also with the same items', async () => {
		const { items, parameters } = await twentyOrders();
		await bench.run('order', 'submit', parameters, { items });
		await bench.run('order', 'submit', parameters, { items });
		expect(await orders()).toHaveLength(40);
	});
});

describe('as a tool of an AI agent', () => {
	/** n8n makes a tool of a node by the ending of its name. */
	const tool = new GalateaBio();
	tool.description = { ...tool.description, name: 'galateaBioTool' };
	const logIn = { email: 'user@example.org', password: 'simulated-password' };

	it.each([
		['session', 'logIn', logIn, 'gives out a secret'],
		['file', 'delete', { fileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b') }, 'cannot be undone'],
	])('does not let it %s %s without leave', async (resource, operation, parameters, why) => {
		const { error } = await bench.run(resource, operation, parameters, { node: tool });
		expect(error).toMatchObject({ message: 'AI agents may not do this', description: expect.stringContaining(why) });
		expect(bench.arrived()).toHaveLength(0);
	});

	it('lets it with the user\'s leave, and read without it', async () => {
		expect((await bench.run('session', 'logIn', { ...logIn, allowForAiAgents: true }, { node: tool })).error).toBeUndefined();
		expect((await bench.run('account', 'getProfile', {}, { node: tool })).error).toBeUndefined();
	});
});
