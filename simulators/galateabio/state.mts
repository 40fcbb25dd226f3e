import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import type { Spool } from '../shared/spool.mts';
import { MODELS } from './families.mts';
import type { Model } from './families.mts';
import type { Delivery, MessageType, Notification, Order, Organization, Sample, SourceFile, Subscription, Tag, User, UserSeed } from './records.mts';

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

/** An opaque token, 256 bits. */
export const randomToken = () => randomBytes(32).toString('base64url');
