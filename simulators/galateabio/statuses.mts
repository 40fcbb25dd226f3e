import { FAMILIES } from './families.mts';
import type { Family } from './families.mts';

export type FileStatus = (typeof FILE_STATUSES)[number];
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export const FILE_STATUSES = ['PENDING', 'VALID', 'NOT_VALID', 'FAILED'] as const;

export const ORDER_STATUSES = [
	'Registered',
	'Preparing',
	'Submitted',
	'Running',
	'Model completed',
	'Making report',
	'Collecting report results',
	'Completed',
	'Failed',
	'Reports failed',
	'QC failed',
	'Canceling',
	'Canceled',
] as const;

/** Which statuses a `status_group` holds. The provider does not publish it; this is the obvious reading. */
export const STATUS_GROUPS: Record<string, OrderStatus[]> = {
	initializing: ['Registered', 'Preparing', 'Submitted'],
	running: ['Running', 'Model completed', 'Making report', 'Collecting report results', 'Canceling'],
	completed: ['Completed'],
	failed: ['Failed', 'Reports failed', 'QC failed', 'Canceled'],
};

export const CANCELABLE: OrderStatus[] = ['Registered', 'Submitted'];

/** Milliseconds from upload to the end of validation: 2 to 5 minutes (GalateaBio docs, Upload a file). */
export const VALIDATION_MS = 200_000;

// milliseconds an order stays in a status; the provider publishes no figures
const STAY_MS: Partial<Record<OrderStatus, number>> = {
	Registered: 40_000,
	Preparing: 40_000,
	Submitted: 60_000,
	Running: 160_000,
	'Model completed': 40_000,
	'Making report': 30_000,
	'Collecting report results': 30_000,
	Canceling: 40_000,
};

/** What an order's file name asks for, so that a failure can be had without the control routes. */
const FAILURE_MARKERS: Array<{ marker: string; in: OrderStatus; becomes: OrderStatus }> = [
	{ marker: 'order-fails', in: 'Running', becomes: 'Failed' },
	{ marker: 'qc-fails', in: 'Model completed', becomes: 'QC failed' },
	{ marker: 'reports-fail', in: 'Making report', becomes: 'Reports failed' },
];

/**
 * The next step in an order's life.
 *
 * @returns the status that follows by itself and the milliseconds until then; undefined at the end
 */
export function nextStatus(
	status: OrderStatus,
	family: Family,
	fileName: string,
): { status: OrderStatus; afterMs: number } | undefined {
	const afterMs = STAY_MS[status];
	if (afterMs === undefined) return undefined;
	const failure = FAILURE_MARKERS.find((one) => one.in === status && fileName.includes(one.marker));
	return { status: failure?.becomes ?? successor(status, family), afterMs };
}

function successor(status: OrderStatus, family: Family): OrderStatus {
	if (status === 'Canceling') return 'Canceled';
	const path = ORDER_STATUSES.slice(0, ORDER_STATUSES.indexOf('Completed') + 1);
	if (status === 'Model completed' && !FAMILIES[family].pdf) return 'Completed';
	return path[path.indexOf(status) + 1];
}

/** How a file's validation ends, by its name: a marker, or a name with characters the provider refuses. Empty files end badly. */
export function validationOutcome(fileName: string, size: number): { status: FileStatus; information: string | null } {
	if (size === 0) return { status: 'NOT_VALID', information: 'File is empty' };
	if (fileName.includes('not-valid')) return { status: 'NOT_VALID', information: 'File format is not supported' };
	if (fileName.includes('failed')) return { status: 'FAILED', information: 'Validation could not be completed' };
	if (!/^[\p{L}\p{N} \-+_.]+$/u.test(fileName)) {
		return { status: 'NOT_VALID', information: 'File name may hold letters, digits, spaces and -+_. only' };
	}
	return { status: 'VALID', information: null };
}
