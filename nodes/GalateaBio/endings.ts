import type { IDataObject } from 'n8n-workflow';

import { rows } from '../shared/pages';
import type { Ending } from '../shared/poll';
import type { Connection } from '../shared/request';
import { pages } from './api';
import { fileOutcome, orderOutcome } from './states';

/** All rows of a list from a day on; the API's lists know days, not times. */
function fromDay(line: string, connection: Connection, time: string | undefined): AsyncGenerator<IDataObject> {
	const fetch = async (query: IDataObject) => await connection.send(line, { query: { ...(time && { min_date: time.slice(0, 10) }), ...query } as never });
	return rows(pages(fetch, Infinity), Infinity);
}

/** What a polling trigger can look for. */
export const endings: Record<string, Ending> = {
	fileValidated: {
		since: (connection, time) => fromDay('GET data/files', connection, time),
		began: ({ created_at }) => String(created_at),
		hasEnded: ({ status }) => fileOutcome(String(status)) !== 'running',
	},
	orderFinished: {
		since: (connection, time) => fromDay('GET exec/orders', connection, time),
		began: ({ started_at }) => String(started_at),
		hasEnded: ({ status }) => orderOutcome(String(status)) !== 'running',
	},
};
