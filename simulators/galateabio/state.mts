import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import type { Spool } from '../shared/spool.mts';
import { MODELS } from './families.mts';
import type { Family, Model } from './families.mts';
import type { FileStatus, OrderStatus } from './statuses.mts';

export interface Step<Status> {
	status: Status;
	/** milliseconds since 1970 */
	at: number;
}

export interface SourceFile {
	id: string;
	history: Array<Step<FileStatus>>;
	name: string;
	/** `web-upload/YYYY-MM-DD/HHMMSS/name`, by SFTP `folder/name` */
	path: string;
	content: Buffer | Spool;
	checkSum: string;
	acceptable: boolean;
	purged: boolean;
	virtual: boolean;
	samples: number;
	orders: number;
	deletedAt: number | null;
	sampleAlias: string | null;
	checkInformation: string | null;
}

export interface Sample {
	/** the provider's `result_id` */
	id: string;
	sampleId: string;
}

export interface Report {
	id: string;
	sample: Sample;
	type: string;
	requestVersion: number;
	reportVersion: string;
	fileName: string;
	content: Buffer;
	checkSum: string;
	/** set for good when the report failed and others were asked for in its place */
	failed?: Period;
}

/** From a start to an end, in milliseconds since 1970. */
export interface Period {
	startedAt: number;
	completedAt: number;
}

export interface Order {
	id: string;
	history: Array<Step<OrderStatus>>;
	file: SourceFile;
	model: Model;
	tags: Set<string>;
	submittedBy: string;
	pdfMetadata: Record<string, string> | undefined;
	samples: Sample[];
	/** made with the order, shown from `Making report` on */
	reports: Report[];
}

export interface Tag {
	id: string;
	name: string;
}

export interface Subscription {
	id: string;
	webhook_action: WebhookAction;
	remote_endpoint: string;
	max_retries_count: number;
	save_error_in_notifications: boolean;
	createdAt: number;
}

export type WebhookAction = (typeof WEBHOOK_ACTIONS)[number];
export const WEBHOOK_ACTIONS = ['source_file_validation_completed', 'order_moved_to_completed_state'] as const;

export interface Delivery extends Omit<Subscription, 'createdAt'> {
	/** of the delivery, not of the subscription */
	id: string;
	webhook_id: string;
	body: string;
	signature: string;
	/** status of each answer, or the error when there was none */
	attempts: Array<{ at: string; status?: number; error?: string }>;
	state: 'under way' | 'delivered' | 'given up';
}

export interface Organization {
	id: string;
	name: string;
	models: Model[];
	webhooksSecret: string;
}

export interface User {
	id: string;
	email: string;
	password: string;
	role: 'OrgAdmin' | 'OrgUser';
	/** bearer token that stands for the user, without login */
	apiKey?: string;
	/** asked for after the password, where an account has a second factor */
	code?: number;
	createdAt: number;
}

export type UserSeed = Omit<User, 'id' | 'createdAt'>;

export const MESSAGE_TYPES = [
	'plot_completed',
	'plot_failed',
	'upload_result_file_completed',
	'upload_result_file_failed',
	'order_execution_failed',
	'critical_processing_error',
	'monitoring_alert',
	'send_webhook_failed',
] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

export interface Notification {
	id: string;
	userId: string;
	messageType: MessageType;
	message: string;
	createdAt: number;
	watched: boolean;
}

/** Where a thing that moves through statuses stands now. */
export function current<Status>({ history }: { history: Array<Step<Status>> }): Status {
	return history[history.length - 1].status;
}

/** MD5 in hexadecimal, as `check_sum` has it. */
export const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');

interface StateSeeds {
	clock: Clock;
	users: UserSeed[];
	webhooksSecret: string;
	webhooksReplace: boolean;
}

/** Everything the simulated provider remembers of its one organization, except credits and SFTP. */
export class State {
	readonly organization: Organization;
	readonly users: User[];
	readonly files = new Map<string, SourceFile>();
	readonly orders = new Map<string, Order>();
	readonly tags = new Map<string, Tag>();
	subscriptions: Subscription[] = [];
	deliveries: Delivery[] = [];
	notifications: Notification[] = [];
	/** whether a list of webhooks that is posted replaces the whole list */
	webhooksReplace: boolean;
	private readonly seeds: StateSeeds;
	private readonly clock: Clock;

	constructor(seeds: StateSeeds) {
		const { clock, users, webhooksSecret, webhooksReplace } = seeds;
		this.seeds = seeds;
		this.clock = clock;
		this.organization = { id: randomUUID(), name: 'Simulated Genomics', models: MODELS, webhooksSecret };
		this.users = users.map((user) => ({ id: randomUUID(), ...user, createdAt: clock.now() }));
		this.webhooksReplace = webhooksReplace;
	}

	/** Back to the seeds: the organization and its users stay, all else goes. */
	reset(): void {
		this.organization.webhooksSecret = this.seeds.webhooksSecret;
		this.webhooksReplace = this.seeds.webhooksReplace;
		this.files.clear();
		this.orders.clear();
		this.tags.clear();
		this.subscriptions = [];
		this.deliveries = [];
		this.notifications = [];
	}

	/** Registers a file as `PENDING`. */
	addFile({ name, path, content, checkSum, at = this.clock.now() }: {
		name: string;
		path: string;
		content: Buffer | Spool;
		checkSum: string;
		at?: number;
	}): SourceFile {
		const file: SourceFile = {
			id: randomUUID(),
			history: [{ status: 'PENDING', at }],
			name,
			path,
			content,
			checkSum,
			acceptable: true,
			purged: false,
			virtual: false,
			samples: 0,
			orders: 0,
			deletedAt: null,
			sampleAlias: null,
			checkInformation: null,
		};
		this.files.set(file.id, file);
		return file;
	}

	/** Registers an order as `Registered`, with one sample for each in its file. */
	addOrder({ file, model, submittedBy, tags = [], pdfMetadata, at = this.clock.now() }: {
		file: SourceFile;
		model: Model;
		submittedBy: User;
		tags?: string[];
		pdfMetadata?: Record<string, string>;
		at?: number;
	}): Order {
		const order: Order = {
			id: randomUUID(),
			history: [{ status: 'Registered', at }],
			file,
			model,
			tags: new Set(tags),
			submittedBy: submittedBy.email,
			pdfMetadata,
			samples: Array.from({ length: file.samples }, (_, number) => newSample(number)),
			reports: [],
		};
		this.orders.set(order.id, order);
		file.orders++;
		return order;
	}

	addTag(name: string): Tag {
		const tag = { id: randomUUID(), name };
		this.tags.set(tag.id, tag);
		return tag;
	}

	/** Adds a subscription; one with the same id gives way and keeps its date. */
	addSubscription(given: Omit<Subscription, 'id' | 'createdAt'> & { id?: string }): Subscription {
		const before = this.subscriptions.findIndex(({ id }) => id === given.id);
		const { id = randomUUID() } = given;
		const added = { ...given, id, createdAt: this.subscriptions[before]?.createdAt ?? this.clock.now() };
		this.subscriptions.splice(before < 0 ? this.subscriptions.length : before, before < 0 ? 0 : 1, added);
		return added;
	}

	/** Tells every administrator of the organization. */
	notify(messageType: MessageType, message: string): void {
		const createdAt = this.clock.now();
		for (const { id: userId } of this.users.filter(({ role }) => role === 'OrgAdmin')) {
			this.notifications.push({ id: randomUUID(), userId, messageType, message, createdAt, watched: false });
		}
	}

	/** The model of that name, if an order may use it: `available_models` holds no deprecated ones. */
	availableModel(name: string): Model | undefined {
		return this.organization.models.find((model) => model.model_name === name && !model.deprecated);
	}
}

function newSample(number: number): Sample {
	return { id: randomUUID(), sampleId: `sim.${number + 1}.${randomInt(1_000_000, 10_000_000)}` };
}

/** The family of an order's model. */
export function familyOf(order: Order): Family {
	return order.model.model_api_name;
}

/** An opaque token, 256 bits. */
export const randomToken = () => randomBytes(32).toString('base64url');
