import type { Spool } from '../shared/spool.mts';
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

/** The family of an order's model. */
export function familyOf(order: Order): Family {
	return order.model.model_api_name;
}
