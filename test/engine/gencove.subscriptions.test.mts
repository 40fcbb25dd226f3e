import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './gencove.mts';

const bench = new Bench();
/** A receiver of webhooks, with what came. */
let server: Server;
let received: IDataObject[] = [];
beforeAll(async () => {
	await bench.open();
	server = createServer((request, response) => {
		const pieces: Buffer[] = [];
		request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => {
			received.push(...(JSON.parse(Buffer.concat(pieces).toString()) as IDataObject[]));
			response.writeHead(410).end('nobody here');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(async () => {
	await bench.reset();
	received = [];
});
afterAll(async () => {
	await new Promise((resolve) => server.close(resolve));
	await bench.close();
});

const json = bench.json.bind(bench);
const inProject = () => ({ projectId: byId(bench.simulator.info.projects.human) });
const target = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

/** A new subscription, and the value that chooses it. */
async function made(parameters: IDataObject = {}) {
	const [subscription] = await json('subscription', 'create', { ...inProject(), target: target(), eventTypes: ['samples_restored', 'analysis_complete'], ...parameters });
	return { subscription, chosen: { subscriptionId: byId(String(subscription.id)) } };
}

it('are made, shown, listed and deleted', async () => {
	const { subscription, chosen } = await made({ additionalFields: { name: 'To the archive' } });
	expect(bench.sent('POST project-subscriptions/{project_id}')).toEqual([{ name: 'To the archive', target: target(), event_types: ['samples_restored', 'analysis_complete'] }]);
	await made({ target: 'lab@example.org' });
	expect(await json('subscription', 'get', chosen)).toMatchObject([{ id: subscription.id, name: 'To the archive', protocol: 'webhook', has_secret: false }]);
	expect(await json('subscription', 'getAll', inProject())).toMatchObject([{ id: subscription.id }, { protocol: 'email' }]);
	expect(await json('subscription', 'delete', chosen)).toEqual([{ deleted: true }]);
	expect(await json('subscription', 'getAll', { ...inProject(), returnAll: true })).toHaveLength(1);
	const { error } = await bench.run('subscription', 'get', chosen);
	expect(error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Subscription"') });
});

it('are refused with a target that is neither URL nor address', async () => {
	const { error } = await bench.run('subscription', 'create', { ...inProject(), target: 'nowhere', eventTypes: ['samples_restored'] });
	expect(error?.message).toContain('target: Enter a valid URL or email address.');
});

it('get a secret, another one each time', async () => {
	const { chosen } = await made();
	const [{ secret: first }] = await json('subscription', 'createSecret', chosen);
	const [{ secret: second }] = await json('subscription', 'createSecret', chosen);
	expect([first, second]).toEqual([expect.stringMatching(/.{16,}/), expect.stringMatching(/.{16,}/)]);
	expect(first).not.toBe(second);
	expect(await json('subscription', 'get', chosen)).toMatchObject([{ has_secret: true }]);
});

it('are tried, and tell what was sent and answered', async () => {
	const { chosen } = await made();
	expect(await json('subscription', 'sendTest', { ...chosen, additionalFields: { eventType: 'samples_restored', retry: true } })).toEqual([{ success: true }]);
	expect(bench.sent('POST project-subscription-test/{subscription_id}')).toEqual([{ event_type: 'samples_restored', retry: true }]);
	while (received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	expect(received).toMatchObject([{ event_type: 'samples_restored' }]);
	// the answer is written down when it has come
	let notifications: IDataObject[];
	do notifications = await json('subscription', 'getNotifications', chosen);
	while (notifications[0].response_status === null);
	expect(notifications).toMatchObject([{ response_status: 410, notification_event_type: 'samples_restored' }]);
	const [notification] = await json('subscription', 'getNotification', { notificationId: byId(String(notifications[0].id)) });
	expect(notification).toMatchObject({ response_status: 410, response_message: 'nobody here', payload_url: expect.stringMatching(/^http/) });
	const { error } = await bench.run('subscription', 'getNotification', { notificationId: byId(randomUUID()) });
	expect(error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Notification"') });
});

it('can be made for what Gencove names', async () => {
	const types = await json('subscription', 'getEventTypes', { returnAll: true });
	expect(types).toEqual(expect.arrayContaining([{ key: 'analysis_complete_v2', description: expect.any(String) }]));
	const { eventTypes } = { eventTypes: types.map(({ key }) => String(key)) };
	const { subscription } = await made({ eventTypes });
	expect(subscription.event_types).toEqual(eventTypes);
});
