import type { Clock } from '../shared/clock.mts';
import { current, familyOf } from './records.mts';
import type { Order, SourceFile } from './records.mts';
import { nextStatus, VALIDATION_MS, validationOutcome } from './statuses.mts';
import type { FileStatus, OrderStatus } from './statuses.mts';
import type { Webhooks } from './webhooks.mts';

/** Moves files and orders through their statuses on the clock, and announces what the provider announces. */
export class Lifecycle {
	private readonly clock: Clock;
	private readonly webhooks: Webhooks;
	private readonly pace: number;
	private readonly stops = new WeakMap<SourceFile | Order, () => void>();

	constructor({ clock, webhooks, pace }: { clock: Clock; webhooks: Webhooks; pace: number }) {
		this.clock = clock;
		this.webhooks = webhooks;
		this.pace = pace;
	}

	/** Has a new file validated after the usual time. */
	validate(file: SourceFile): void {
		const { status, information } = validationOutcome(file.name, file.content.length);
		this.later(file, VALIDATION_MS, async () => await this.moveFile(file, status, information));
	}

	/** Lets an order go on from where it stands. */
	proceed(order: Order): void {
		// reports that were asked for again succeed, whatever the file's name asks for
		const again = order.history.some(({ status }) => status === 'Reports failed');
		const next = nextStatus(current(order), familyOf(order), again ? '' : order.file.name);
		if (!next) return;
		this.later(order, next.afterMs, async () => {
			const announced = this.moveOrder(order, next.status);
			this.proceed(order);
			await announced;
		});
	}

	/** Ends an order after a while; to be called only where the provider allows it. */
	cancel(order: Order): void {
		void this.moveOrder(order, 'Canceling');
		this.proceed(order);
	}

	/** Makes an order's reports again; to be called only after they failed. */
	remakeReports(order: Order): void {
		void this.moveOrder(order, 'Making report');
		this.proceed(order);
	}

	/** Puts a file into a status, where it stays. Resolves when the webhooks got their first answers. */
	async moveFile(file: SourceFile, status: FileStatus, information: string | null): Promise<void> {
		this.stops.get(file)?.();
		file.history.push({ status, at: this.clock.now() });
		file.checkInformation = information;
		if (status === 'PENDING') return;
		file.samples = status === 'VALID' ? samplesIn(file.name) : 0;
		await this.webhooks.send('source_file_validation_completed', {
			source_file_id: file.id,
			// the docs know only these two here, NOT_VALID included in FAILED
			new_status: status === 'VALID' ? 'VALID' : 'FAILED',
			source_file_name: file.name,
		});
	}

	/** Puts an order into a status, where it stays. Resolves when the webhooks got their first answers. */
	async moveOrder(order: Order, status: OrderStatus): Promise<void> {
		this.stops.get(order)?.();
		order.history.push({ status, at: this.clock.now() });
		if (status !== 'Completed' && status !== 'Failed') return;
		await this.webhooks.send('order_moved_to_completed_state', {
			order_id: order.id,
			new_status: status.toUpperCase(),
			source_file_id: order.file.id,
			source_file_name: order.file.name,
		});
	}

	private later(subject: SourceFile | Order, realMs: number, step: () => Promise<void>): void {
		this.stops.get(subject)?.();
		this.stops.set(subject, this.clock.after(realMs * this.pace, step));
	}
}

// `3-samples` in a file's name stands for three samples in the file
function samplesIn(fileName: string): number {
	return Number(/(\d+)-samples/.exec(fileName)?.[1] ?? 1);
}
