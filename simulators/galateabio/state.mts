import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
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
	content: Buffer;
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
	webhook_action: WebhookAction;
	remote_endpoint: string;
	max_retries_count: number;
}

export type WebhookAction = (typeof WEBHOOK_ACTIONS)[number];
export const WEBHOOK_ACTIONS = ['source_file_validation_completed', 'order_moved_to_completed_state'] as const;

export interface Delivery extends Subscription {
	id: string;
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
	createdAt: number;
}

/** Where a thing that moves through statuses stands now. */
export function current<Status>({ history }: { history: Array<Step<Status>> }): Status {
	return history[history.length - 1].status;
}

/** MD5 in hexadecimal, as `check_sum` has it. */
export const md5 = (content: Buffer) => createHash('md5').update(content).digest('hex');

/** Everything the simulated provider remembers. One organization with one user. */
export class State {
	readonly organization: Organization;
	readonly user: User;
	readonly files = new Map<string, SourceFile>();
	readonly orders = new Map<string, Order>();
	readonly tags = new Map<string, Tag>();
	subscriptions: Subscription[] = [];
	deliveries: Delivery[] = [];
	private readonly clock: Clock;

	constructor({ clock, login, webhooksSecret }: { clock: Clock; login: { email: string; password: string }; webhooksSecret: string }) {
		this.clock = clock;
		this.organization = { id: randomUUID(), name: 'Simulated Genomics', models: MODELS, webhooksSecret };
		this.user = { id: randomUUID(), ...login, role: 'OrgAdmin', createdAt: clock.now() };
	}

	/** Back to the seeds: the organization and its user stay, all else goes. */
	reset(): void {
		this.files.clear();
		this.orders.clear();
		this.tags.clear();
		this.subscriptions = [];
		this.deliveries = [];
	}

	/** Registers a file as `PENDING`. Its checksum is MD5 unless given. */
	addFile({ name, path, content, checkSum = md5(content), at = this.clock.now() }: {
		name: string;
		path: string;
		content: Buffer;
		checkSum?: string;
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
	addOrder({ file, model, tags = [], pdfMetadata, at = this.clock.now() }: {
		file: SourceFile;
		model: Model;
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
			submittedBy: this.user.email,
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
