import type { IDataObject } from 'n8n-workflow';

import type { Changes } from '../../shared/changes';

/** What the user has set in the trigger. */
export interface Wanted {
	/** Undefined: of all histories. */
	historyId: string | undefined;
	workflowId: string | undefined;
	folderId: string | undefined;
	outcome: 'any' | 'failed' | 'succeeded';
	/** The rest, by the names of the fields. */
	more: IDataObject;
}

/** How all things of Galaxy name their times. */
export const times: Pick<Changes, 'began' | 'changed'> = {
	began: ({ create_time: time }) => String(time),
	changed: ({ update_time: time }) => String(time),
};

/** Times in a query of Galaxy's are UTC without saying so. */
export const withoutZone = (time: string | undefined) => time?.replace(/Z$/, '');

/** As many as are newer than a time, of a list that begins with the newest. */
export async function* until(found: AsyncIterable<IDataObject>, time: string | undefined): AsyncGenerator<IDataObject> {
	for await (const row of found) {
		if (time !== undefined && times.changed(row) < time) return;
		yield row;
	}
}
