import type { IDataObject } from 'n8n-workflow';

import { PROJECT } from '../api';
import { everyRow } from '../pages';
import { entriesIn } from '../resources/file/list';
import type { Listed } from './listed';
import type { Wanted } from './wanted';

/** Statuses that an order does not leave, but to be amended (contract, section 7.1). */
const ENDS = ['amended', 'cancelled', 'completed'];
const FIRST = 'created';

const text = (value: unknown) => (value ? String(value) : undefined);

/** All of a list of the project, in no order that is known. */
function things(line: string, { projectId }: Wanted): Pick<Listed, 'rows' | 'idOf' | 'days'> {
	return {
		rows: (connection) => everyRow(connection, line, { headers: { [PROJECT]: projectId } }),
		idOf: ({ id }) => String(id),
		days: 30,
	};
}

const THERE = 'there';

const created = (line: string) => (wanted: Wanted): Listed => ({
	...things(line, wanted),
	mark: () => THERE,
	time: ({ created_at: began }) => text(began),
	isOpen: () => false,
	isTold: (_row, before) => before === undefined,
});

export const orderCreated = created('GET miner/orders');
export const sampleCreated = created('GET miner/samples');
export const subjectCreated = created('GET miner/subjects');

const orders = (wanted: Wanted) => ({ ...things('GET miner/orders', wanted), time: ({ updated_at: changed, created_at: began }: IDataObject) => text(changed ?? began) });

export const orderStatusChanged = (wanted: Wanted): Listed => ({
	...orders(wanted),
	mark: ({ status }) => String(status),
	isOpen: (status) => !ENDS.includes(status),
	isTold({ status }, before = FIRST) {
		const fits = (statuses: string[], one: string) => statuses.length === 0 || statuses.includes(one);
		return status !== before && fits(wanted.from, before) && fits(wanted.to, String(status));
	},
	give: async (_connection, row, before) => ({ ...row, previous_status: before ?? null }),
});

/** An order that was not there at the last poll has changed if it was since it was made. */
export const orderUpdated = (wanted: Wanted): Listed => ({
	...orders(wanted),
	mark: ({ updated_at: changed }) => String(changed),
	// an order of long ago may be changed again
	isOpen: () => true,
	isTold: ({ updated_at: changed, created_at: began }, before) => String(changed) > (before ?? String(began)),
});

export const fileAppeared = ({ projectId, folder, recursive }: Wanted): Listed => ({
	async *rows(connection) {
		for await (const entry of entriesIn(connection, folder, { headers: { [PROJECT]: projectId }, recursive })) {
			if (!entry.is_folder) yield entry;
		}
	},
	idOf: ({ name }) => String(name),
	mark: ({ last_modified: changed }) => String(changed ?? ''),
	time: ({ last_modified: changed }) => text(changed),
	isOpen: () => true,
	days: 30,
	isTold: ({ last_modified: changed }, before) => before === undefined || String(changed ?? '') > before,
});
