import type { FastifyInstance } from 'fastify';
import { pdfDocument } from '../shared/documents.mts';
import type { Context } from './context.mts';
import { Credits } from './credits.mts';
import { MESSAGE_TYPES, WEBHOOK_ACTIONS } from './records.mts';
import type { MessageType, Order, SourceFile, Step, Subscription, WebhookAction } from './records.mts';
import { newReport } from './results.mts';
import { idParams, uuid } from './schemas.mts';
import { md5 } from './state.mts';
import { FILE_STATUSES, ORDER_STATUSES } from './statuses.mts';
import type { FileStatus, OrderStatus } from './statuses.mts';

const subscriptionsBody = {
	type: 'array',
	items: {
		type: 'object',
		required: ['webhook_action', 'remote_endpoint', 'max_retries_count'],
		additionalProperties: false,
		properties: {
			webhook_action: { enum: WEBHOOK_ACTIONS },
			remote_endpoint: { type: 'string', pattern: '^https?://' },
			max_retries_count: { type: 'integer', minimum: 1, maximum: 10 },
			save_error_in_notifications: { type: 'boolean' },
		},
	},
};
const fileBody = {
	type: 'object',
	additionalProperties: false,
	properties: {
		status: { enum: FILE_STATUSES },
		check_information: { type: 'string' },
		acceptable: { type: 'boolean' },
		purged_from_storage: { type: 'boolean' },
		virtual: { type: 'boolean' },
	},
};
const orderBody = { type: 'object', required: ['status'], properties: { status: { enum: ORDER_STATUSES } } };
const testBody = { type: 'object', required: ['action'], properties: { action: { enum: WEBHOOK_ACTIONS } } };
const count = { type: 'integer', minimum: 0, maximum: 100_000 };
const seedBody = { type: 'object', properties: { files: count, orders: count, reports: count } };
const settingsBody = { type: 'object', additionalProperties: false, required: ['webhooksReplace'], properties: { webhooksReplace: { type: 'boolean' } } };
const creditsBody = { type: 'object', required: ['balance'], properties: { balance: { type: 'integer', minimum: 0 }, organization_id: uuid } };
const notificationsBody = {
	type: 'object',
	additionalProperties: false,
	properties: { message_type: { enum: MESSAGE_TYPES }, message: { type: 'string' }, count },
};

const SEED = Buffer.from('seed\n');

interface ById {
	Params: { id: string };
}
type SubscriptionWanted = Omit<Subscription, 'id' | 'createdAt' | 'save_error_in_notifications'> & Partial<Subscription>;
interface FileChange {
	status?: FileStatus;
	check_information?: string;
	acceptable?: boolean;
	purged_from_storage?: boolean;
	virtual?: boolean;
}

/** The routes under `/simulator/galateabio/`: what the provider's own staff, web pages and luck do. */
export function addProviderControl(app: FastifyInstance, { state, views, lifecycle, webhooks, credits, otherCredits, sftp, now }: Context): void {
	const params = idParams('id');
	const steps = (history: Array<Step<string>>) => history.map(({ status, at }) => ({ status, at: new Date(at).toISOString() }));
	const shownFile = (file: SourceFile) => ({ file: views.file(file), history: steps(file.history) });
	const shownOrder = (order: Order) => ({ order: views.listedOrder(order), history: steps(order.history) });
	const find = <Thing,>(things: Map<string, Thing>, id: string): Thing => {
		const thing = things.get(id);
		if (!thing) throw Object.assign(new Error(`nothing has the id ${id}`), { statusCode: 404 });
		return thing;
	};

	app.get<ById>('/files/:id', { schema: { params } }, async (request) => shownFile(find(state.files, request.params.id)));

	app.post<ById & { Body: FileChange }>('/files/:id', { schema: { params, body: fileBody } }, async ({ params: { id }, body }) => {
		const file = find(state.files, id);
		file.acceptable = body.acceptable ?? file.acceptable;
		file.purged = body.purged_from_storage ?? file.purged;
		file.virtual = body.virtual ?? file.virtual;
		if (body.status !== undefined) await lifecycle.moveFile(file, body.status, body.check_information ?? null);
		return shownFile(file);
	});

	app.get<ById>('/orders/:id', { schema: { params } }, async (request) => shownOrder(find(state.orders, request.params.id)));

	app.post<ById & { Body: { status: OrderStatus } }>('/orders/:id', { schema: { params, body: orderBody } }, async (request) => {
		const order = find(state.orders, request.params.id);
		await lifecycle.moveOrder(order, request.body.status);
		return shownOrder(order);
	});

	app.get('/webhooks', async () => state.subscriptions.map((one) => views.webhook(one)));

	app.put<{ Body: SubscriptionWanted[] }>('/webhooks', { schema: { body: subscriptionsBody } }, async ({ body }) => {
		state.subscriptions = [];
		for (const one of body) state.addSubscription({ save_error_in_notifications: false, ...one });
		return state.subscriptions.map((one) => views.webhook(one));
	});

	app.post<{ Body: { action: WebhookAction } }>('/webhooks/test', { schema: { body: testBody } }, async ({ body }) =>
		await webhooks.sendTest(body.action),
	);

	app.get('/deliveries', async () => state.deliveries);

	app.post<{ Body: { webhooksReplace: boolean } }>('/settings', { schema: { body: settingsBody } }, async ({ body }, reply) => {
		state.webhooksReplace = body.webhooksReplace;
		return reply.code(204).send();
	});

	app.post<{ Body: { balance: number; organization_id?: string } }>('/credits', { schema: { body: creditsBody } }, async ({ body }) => {
		const one = creditsOf(body.organization_id?.toLowerCase() ?? state.organization.id);
		one.setBalance(body.balance);
		return views.balance(one);
	});

	app.post<{ Body: { message_type?: MessageType; message?: string; count?: number } }>('/notifications', { schema: { body: notificationsBody } }, async ({ body }, reply) => {
		const { message_type = 'monitoring_alert', message = 'Simulated message', count: times = 1 } = body;
		for (let number = 0; number < times; number++) state.notify(message_type, message);
		return reply.code(204).send();
	});

	app.get('/sftp', async () => ({
		requests: sftp.server.requests,
		files: sftp.server.tree.files().map(({ path, content, kept }) => ({ path, size: content.length, pickedUp: kept })),
	}));

	app.post<{ Body: { files?: number; orders?: number; reports?: number } }>('/seed', { schema: { body: seedBody } }, async ({ body }) => {
		const { files = 0, orders = 0, reports = 0 } = body;
		const start = now() - (files + orders + 2) * 1000;
		const newFiles = Array.from({ length: files }, (_, number) => seedFile(`seed-${number + 1}.vcf.gz`, start + number * 1000));
		if (orders === 0 && reports === 0) return { files: newFiles.map(({ id }) => id), orders: [], reports_order: null };
		const source = newFiles[0] ?? seedFile('seed.vcf.gz', start);
		const newOrders = Array.from({ length: Math.max(orders, 1) }, (_, number) => seedOrder(source, start + (files + number) * 1000));
		await seedReports(newOrders[0], reports);
		return { files: newFiles.map(({ id }) => id), orders: newOrders.map(({ id }) => id), reports_order: newOrders[0].id };
	});

	function creditsOf(organizationId: string): Credits {
		const known = [credits, ...otherCredits].find((one) => one.organizationId === organizationId);
		if (known) return known;
		const other = new Credits({ now }, organizationId);
		otherCredits.push(other);
		return other;
	}

	function seedFile(name: string, at: number): SourceFile {
		const file = state.addFile({ name, path: `web-upload/seed/${name}`, content: SEED, checkSum: md5(SEED), at });
		file.history.push({ status: 'VALID', at });
		file.samples = 1;
		return file;
	}

	function seedOrder(file: SourceFile, at: number): Order {
		const order = state.addOrder({ file, model: state.availableModel('vader-3.0')!, submittedBy: state.users[0], at });
		order.history.push({ status: 'Completed', at: at + 500 });
		return order;
	}

	// one document for all: making thousands would take minutes
	async function seedReports(order: Order, length: number): Promise<void> {
		const content = await pdfDocument('Seed', ['Simulated: no person, no finding.']);
		const checkSum = md5(content);
		order.reports = Array.from({ length }, () => newReport({ sample: order.samples[0], type: 'ANCESTRY', content, checkSum }));
	}
}
