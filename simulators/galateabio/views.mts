import type { Credits, LedgerEntry } from './credits.mts';
import { RESULT_LABELS } from './families.mts';
import { current } from './records.mts';
import type { Notification, Order, Report, SourceFile, Subscription, Tag, User } from './records.mts';
import { availableResults, reportPeriod } from './results.mts';
import type { SftpUser } from './sftp.mts';
import type { State } from './state.mts';
import type { OrderStatus } from './statuses.mts';

type Timestamp = (at?: number) => string;

/** Objects as the provider's docs show them, or else its specification, field for field. */
export class Views {
	private readonly state: State;
	private readonly timestamp: Timestamp;

	constructor(state: State, timestamp: Timestamp) {
		this.state = state;
		this.timestamp = timestamp;
	}

	user({ id, email, role, createdAt }: User) {
		const { id: orgId, name, models, webhooksSecret } = this.state.organization;
		return {
			id,
			email,
			first_name: 'Simulated',
			last_name: 'User',
			role,
			is_active: true,
			created_at: this.timestamp(createdAt),
			updated_at: this.timestamp(createdAt),
			deleted_at: null,
			org: {
				id: orgId,
				name,
				domains: ['example.org'],
				available_models: models.filter((model) => !model.deprecated).map((model) => model.model_name),
				webhooks_enabled: true,
				webhooks_secret: webhooksSecret,
				report_ancestry_enabled: true,
				report_prs_ruo_cardio_enabled: true,
				report_prs_ruo_cancer_enabled: true,
				report_prs_clinical_cardio_enabled: true,
				report_prs_clinical_cancer_enabled: true,
			},
		};
	}

	file(file: SourceFile) {
		const status = current(file);
		return {
			id: file.id,
			status,
			src_file_name: file.name,
			src_short_file_path: file.path,
			file_size_bytes: file.content.length,
			created_at: this.timestamp(file.history[0].at),
			check_sum: file.checkSum,
			acceptable: file.acceptable,
			purged_from_storage: file.purged,
			orders_count: file.orders,
			genome_type: genomeType(file),
			amount_of_samples: file.samples,
			deleted_at: file.deletedAt === null ? null : this.timestamp(file.deletedAt),
			org_name: this.state.organization.name,
			check_completed: status !== 'PENDING',
			sample_alias: file.sampleAlias,
			check_information: file.checkInformation,
			virtual: file.virtual,
		};
	}

	tag({ id, name }: Tag) {
		return { id, name, org_id: this.state.organization.id };
	}

	/** An order as the list shows it. */
	listedOrder(order: Order) {
		return {
			...this.orderCore(order),
			execution_time: executionTime(order),
			result_types: availableResults(order).flatMap((type) => RESULT_LABELS[type].map((label) => ({ type, label }))),
			can_request_pdf: current(order) === 'Reports failed',
			virtual: order.file.virtual,
		};
	}

	/** An order as the answer to its submission shows it. */
	submittedOrder(order: Order) {
		const { pdfMetadata } = order;
		return {
			...this.orderCore(order),
			...(pdfMetadata === undefined ? {} : { pdf_metadata: JSON.stringify(pdfMetadata) }),
		};
	}

	/** An order as the answer to a change of its tags shows it: `result_types` are plain strings there. */
	changedOrder(order: Order) {
		const types = availableResults(order);
		return {
			...this.orderCore(order),
			execution_time: executionTime(order),
			result_types: types.flatMap((type) => RESULT_LABELS[type].map(() => type)),
			has_error_log: types.includes('EXEC_ERRORS'),
			result_json: [{ details: `/api/v1/data/results/${order.id}/json` }],
		};
	}

	report(report: Report, order: Order) {
		const status = report.failed ? 'FAILED' : reportStatus(order);
		const { startedAt, completedAt } = report.failed ?? reportPeriod(order);
		const done = status === 'COMPLETED';
		return {
			id: report.id,
			status,
			sample_id: report.sample.sampleId,
			order_id: order.id,
			result_id: report.sample.id,
			org_name: this.state.organization.name,
			report_type: report.type,
			request_type: 'ORDER',
			request_version: report.requestVersion,
			report_version: report.reportVersion,
			pdf_file_name: done ? report.fileName : null,
			file_size_bytes: done ? report.content.length : null,
			check_sum: done ? report.checkSum : null,
			started_at: this.timestamp(startedAt),
			completed_at: status === 'PENDING' ? null : this.timestamp(completedAt),
		};
	}

	webhook({ id, webhook_action, remote_endpoint, max_retries_count, save_error_in_notifications, createdAt }: Subscription) {
		return {
			id,
			org_id: this.state.organization.id,
			webhook_action,
			remote_endpoint,
			max_retries_count,
			save_error_in_notifications,
			created_at: this.timestamp(createdAt),
		};
	}

	notification({ id, userId, messageType, message, createdAt, watched }: Notification) {
		return { id, user_id: userId, type: 'WEBSOCKET', message_type: messageType, message, created_at: this.timestamp(createdAt), watched };
	}

	/** The specification has a text for `ssh_keys`, as for every computed field; a list is what deleting one needs. */
	sftpUser({ id, name, keys }: SftpUser, connectionHint: string) {
		return {
			id,
			user_name: name,
			user_home_folder: '/',
			connection_hint: connectionHint,
			ssh_keys: keys.map((key) => ({ id: key.id, ssh_public_body_key: key.text, created_at: this.timestamp(key.at) })),
		};
	}

	balance({ id, organizationId, balance, ledger }: Credits) {
		const [created, updated] = [ledger[0], ledger[ledger.length - 1]].map(({ at }) => this.timestamp(at));
		return { id, org_id: organizationId, balance, created_at: created, updated_at: updated };
	}

	ledgerEntry({ id, service, transactionId, order, amount, from, to, at }: LedgerEntry) {
		const name = service.toLowerCase().replaceAll('_', ' ');
		return {
			id,
			name,
			transaction_id: transactionId,
			order_id: order?.id ?? null,
			status: 'COMPLETED',
			type: service,
			comment: order ? `${name}: ${order.file.name}` : name,
			json_comment: order ? { model_name: order.model.model_name, src_file_name: order.file.name } : {},
			org_id: this.state.organization.id,
			amount,
			balance_from: from,
			balance_to: to,
			created_at: this.timestamp(at),
		};
	}

	private orderCore(order: Order) {
		const { file } = order;
		return {
			id: order.id,
			status: current(order),
			src_file_id: file.id,
			src_file_short_path: file.path,
			src_file_name: file.name,
			started_at: this.timestamp(order.history[0].at),
			amount_of_samples: file.samples,
			submitted_by: order.submittedBy,
			model: order.model.model_name,
			type: genomeType(file),
			org_name: this.state.organization.name,
			tags: [...order.tags].map((id) => ({ id, name: this.state.tags.get(id)!.name })),
		};
	}
}

/** Names with `wgs` or `gvcf` stand for whole genomes. */
export function genomeType(file: SourceFile): 'GNT' | 'WGS' {
	return /wgs|gvcf/i.test(file.name) ? 'WGS' : 'GNT';
}

const REPORT_STATUS: Partial<Record<OrderStatus, string>> = {
	'Making report': 'PENDING',
	'Collecting report results': 'PENDING',
	Completed: 'COMPLETED',
	'Reports failed': 'FAILED',
};

/** Status of an order's reports; undefined while they have not been asked for. */
export function reportStatus(order: Order): string | undefined {
	return REPORT_STATUS[current(order)];
}

const FINAL: OrderStatus[] = ['Completed', 'Failed', 'Reports failed', 'QC failed', 'Canceled'];

// seconds; null before the end
function executionTime(order: Order): number | null {
	if (!FINAL.includes(current(order))) return null;
	return Math.round(order.history[order.history.length - 1].at - order.history[0].at) / 1000;
}
