import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { clock } from '../../nodes/shared/clock.ts';
import { receive, sameSignature, type Deliveries } from '../../nodes/shared/webhook.ts';

const MINUTE = 60_000;
const realClock = { ...clock };

/** A trigger of its own for each test: what one has seen is no matter to the others. */
let trigger: string;
let count = 0;
let now: number;
beforeEach(() => {
	trigger = `trigger ${count++}`;
	now = 1_000_000;
	clock.now = () => now;
});
afterEach(() => Object.assign(clock, realClock));

const GENUINE = { genuine: true };

/** A service that sends { events: [...] }, wants them by their name, and signs by a word in the delivery. */
const deliveries = {
	genuine: jest.fn(async (webhook: IWebhookFunctions, _body: Buffer) => webhook.getHeaderData().genuine === 'yes'),
	events: jest.fn((body: unknown) => (body as { events?: IDataObject[] } | undefined)?.events),
	wanted: jest.fn((_webhook: IWebhookFunctions, { name }: IDataObject) => name !== 'unwanted'),
	isTest: jest.fn(({ name }: IDataObject) => name === 'test'),
} satisfies Deliveries;
beforeEach(() => jest.clearAllMocks());

interface Delivery {
	genuine?: boolean;
	mode?: 'webhook' | 'manual';
	node?: string;
	workflow?: string;
}

/** Delivers raw bytes; `sent` is what was answered by hand. */
async function deliver(rawBody: unknown, { genuine = true, mode = 'webhook', node = trigger, workflow = 'workflow' }: Delivery = {}, service: Deliveries = deliveries) {
	const sent: Array<string | number> = [];
	const response = {
		once: () => response,
		status: (status: number) => (sent.push(status), response),
		send: (words: string) => (sent.push(words), response),
		end: () => response,
	};
	const webhook = {
		getRequestObject: () => ({ rawBody }),
		getResponseObject: () => response,
		getHeaderData: () => ({ genuine: genuine ? 'yes' : 'no' }),
		getWorkflow: () => ({ id: workflow }),
		getNode: () => ({ id: node }),
		getMode: () => mode,
		logger: { warn: () => {} },
	} as unknown as IWebhookFunctions;
	return { ...(await receive(webhook, service)), sent };
}

const bodyOf = (...events: IDataObject[]) => Buffer.from(JSON.stringify({ events }));
const event = (n: number) => bodyOf({ name: 'done', n });

/** The items of the executions that were started. */
const started = ({ workflowData }: IWebhookResponseData) => workflowData?.map((items) => items.map(({ json }) => json)) ?? [];

const ACCEPTED = { webhookResponse: '', sent: [] };
const ONE_EXECUTION = [[{ name: 'done', n: 1 }]];

it('starts one execution with an item for each wanted event', async () => {
	const answer = await deliver(bodyOf({ name: 'a' }, { name: 'unwanted' }, { name: 'b' }));
	expect(answer).toMatchObject(ACCEPTED);
	expect(started(answer)).toEqual([[{ name: 'a' }, { name: 'b' }]]);
});

it('checks the raw bytes as they came', async () => {
	const raw = Buffer.from('{ "events" : [] }\n');
	await deliver(raw);
	expect(deliveries.genuine.mock.calls[0][1]).toBe(raw);
});

describe('what is not genuine', () => {
	it('gets 401, and is not parsed', async () => {
		const answer = await deliver(event(1), { genuine: false });
		expect(answer).toEqual({ noWebhookResponse: true, sent: [401, 'Unauthorized'] });
		expect(deliveries.events).not.toHaveBeenCalled();
	});

	it('is not remembered', async () => {
		await deliver(event(1), { genuine: false });
		expect(started(await deliver(event(1), GENUINE))).toEqual(ONE_EXECUTION);
	});

	it.each([undefined, null, Buffer.alloc(0), '{"events":[]}', { events: [] }])('includes a body without raw bytes: %j', async (rawBody) => {
		expect(await deliver(rawBody)).toEqual({ noWebhookResponse: true, sent: [401, 'Unauthorized'] });
		expect(deliveries.genuine).not.toHaveBeenCalled();
		expect(deliveries.events).not.toHaveBeenCalled();
	});

	it('starts nothing where the check itself fails', async () => {
		deliveries.genuine.mockRejectedValueOnce(new Error('no secret'));
		expect((await deliver(event(1))).sent).toEqual([401, 'Unauthorized']);
		expect(deliveries.events).not.toHaveBeenCalled();
	});
});

describe('what cannot be read', () => {
	it.each(['not JSON', '{"events": ', '{}', '[]', 'null', '5'])('gets 422: %s', async (text) => {
		const answer = await deliver(Buffer.from(text));
		expect(answer).toEqual({ noWebhookResponse: true, sent: [422, 'Incorrect webhook payload.'] });
	});
});

describe('what is not wanted', () => {
	it.each([[bodyOf({ name: 'unwanted' })], [bodyOf()]])('gets 200 and starts nothing: %s', async (body) => {
		const answer = await deliver(body);
		expect(answer).toEqual(ACCEPTED);
		expect(started(answer)).toEqual([]);
	});
});

describe('a delivery that comes again', () => {
	it('gets 200 and starts nothing', async () => {
		expect(started(await deliver(event(1)))).toEqual(ONE_EXECUTION);
		expect(await deliver(event(1))).toEqual(ACCEPTED);
		now += 9 * MINUTE;
		expect(await deliver(event(1))).toEqual(ACCEPTED);
	});

	it('starts one execution when it comes several times at the same moment', async () => {
		const answers = await Promise.all([1, 2, 3, 4].map(async () => await deliver(event(1))));
		expect(answers.flatMap(started)).toEqual(ONE_EXECUTION);
		for (const answer of answers) expect(answer).toMatchObject(ACCEPTED);
	});

	it('counts again after ten minutes', async () => {
		await deliver(event(1));
		now += 10 * MINUTE;
		expect(started(await deliver(event(1)))).toEqual(ONE_EXECUTION);
	});

	it('is told by every byte', async () => {
		await deliver(Buffer.from('{"events":[{"n":1}]}'));
		expect(started(await deliver(Buffer.from('{"events": [{"n":1}]}')))).toEqual([[{ n: 1 }]]);
	});

	it.each([{ node: 'another node' }, { workflow: 'another workflow' }, { mode: 'manual' }] as Delivery[])('counts for another trigger: %j', async (other) => {
		await deliver(event(1));
		expect(started(await deliver(event(1), other))).toEqual(ONE_EXECUTION);
	});

	it('counts each time when it is a test message', async () => {
		for (let i = 0; i < 3; i++) expect(started(await deliver(bodyOf({ name: 'test' })))).toEqual([[{ name: 'test' }]]);
	});

	it('counts once when only some of its events are test messages', async () => {
		const mixed = bodyOf({ name: 'test' }, { name: 'done' });
		await deliver(mixed);
		expect(await deliver(mixed)).toEqual(ACCEPTED);
	});
});

describe('the memory of a trigger', () => {
	it('holds ten thousand deliveries, and forgets the oldest for more', async () => {
		const most = 10_000;
		for (let n = 0; n <= most + 1; n++) await deliver(event(n));
		// the one asked for last is asked first: what is forgotten counts, and is remembered again
		expect(started(await deliver(event(most + 1)))).toEqual([]);
		expect(started(await deliver(event(10)))).toEqual([]);
		expect(started(await deliver(event(0)))).toHaveLength(1);
	});

	it('forgets each delivery at its own time', async () => {
		await deliver(event(1));
		now += 6 * MINUTE;
		await deliver(event(2));
		now += 6 * MINUTE;
		expect(started(await deliver(event(2)))).toEqual([]);
		expect(started(await deliver(event(1)))).toEqual(ONE_EXECUTION);
	});
});

describe('events with IDs', () => {
	const withIds = { ...deliveries, idOf: ({ id }: IDataObject) => id as string | undefined };

	it('count once, in another body and much later, too', async () => {
		expect(started(await deliver(bodyOf({ id: 'a' }, { id: 'b' }), {}, withIds))).toEqual([[{ id: 'a' }, { id: 'b' }]]);
		now += 1000 * MINUTE;
		expect(started(await deliver(bodyOf({ id: 'b' }, { id: 'c' }), {}, withIds))).toEqual([[{ id: 'c' }]]);
		expect(await deliver(bodyOf({ id: 'c' }, { id: 'a' }), {}, withIds)).toEqual(ACCEPTED);
	});

	it('are told from those without, which count by their body', async () => {
		expect(started(await deliver(bodyOf({ id: 'a' }, { n: 1 }), {}, withIds))).toEqual([[{ id: 'a' }, { n: 1 }]]);
		expect(started(await deliver(bodyOf({ n: 1 }, { id: 'a' }), {}, withIds))).toEqual([[{ n: 1 }]]);
		expect(await deliver(bodyOf({ n: 1 }, { id: 'a' }), {}, withIds)).toEqual(ACCEPTED);
	});
});

describe('items that are made of events', () => {
	const withItems = (items: Deliveries['items']) => ({ ...deliveries, items });

	it('are those of all events, one after the other', async () => {
		const answer = await deliver(bodyOf({ n: 1 }, { n: 2 }), {}, withItems(async (_webhook, { n }) => [{ n, side: 'a' }, { n, side: 'b' }]));
		expect(started(answer)).toEqual([[{ n: 1, side: 'a' }, { n: 1, side: 'b' }, { n: 2, side: 'a' }, { n: 2, side: 'b' }]]);
	});

	it('make the delivery one that is not genuine, where the service knows nothing of it', async () => {
		const answer = await deliver(bodyOf({ n: 1 }, { n: 2 }), {}, withItems(async (_webhook, { n }) => (n === 1 ? [{ n }] : undefined)));
		expect(answer).toEqual({ noWebhookResponse: true, sent: [401, 'Unauthorized'] });
	});

	it('make the service send again what could not be made', async () => {
		const answer = await deliver(event(1), {}, withItems(async () => Promise.reject(new Error('out of reach'))));
		expect(answer).toEqual({ noWebhookResponse: true, sent: [503, 'Service Unavailable'] });
	});

	it('may be none', async () => {
		const answer = await deliver(event(1), {}, withItems(async () => []));
		expect(answer).toEqual(ACCEPTED);
	});
});

describe('signatures', () => {
	it.each([
		['abc', 'abc', true],
		['', '', true],
		['größe', 'größe', true],
		['abc', 'abd', false],
		['abc', 'ABC', false],
		['abc', 'abcd', false],
		['abcd', 'abc', false],
		['', 'abc', false],
		['é', 'e', false],
	])('%j and %j: %s', (given, right, same) => {
		expect(sameSignature(given, right)).toBe(same);
	});
});
