import type { IDataObject } from 'n8n-workflow';

import type { Look } from '../shared/wait';

/** All states of an order that the vendor's client knows; the docs name four of them. */
export const ORDER_STATES = [
	'Canceled',
	'Canceling',
	'Collecting report results',
	'Completed',
	'Failed',
	'Making report',
	'Model completed',
	'Preparing',
	'QC failed',
	'Registered',
	'Reports failed',
	'Running',
	'Submitted',
];

const FAILED_ORDER = new Set(['Canceled', 'Failed', 'QC failed', 'Reports failed']);
const FAILED_FILE = new Set(['NOT_VALID', 'FAILED']);

const outcome = (isGood: boolean, isBad: boolean): Look['outcome'] => (isGood ? 'succeeded' : isBad ? 'failed' : 'running');

export const orderOutcome = (state: string) => outcome(state === 'Completed', FAILED_ORDER.has(state));
export const fileOutcome = (state: string) => outcome(state === 'VALID', FAILED_FILE.has(state));

/** What a look at a file tells. */
export function fileLook(file: IDataObject): Look {
	const state = String(file.status);
	return { json: file, state, outcome: fileOutcome(state), reason: file.check_information ? String(file.check_information) : undefined };
}
