import type { IDataObject } from 'n8n-workflow';

/** What iFlow calls the ID that people read, by the kind of thing. */
export type OwnId = 'order_id' | 'subject_id' | 'sample_id' | 'analysis_id';

/** What iFlow shows of a thing: the key has changed with its releases (contract, section 0, "Read tolerant"). */
export const nameOf = (row: IDataObject, ownId: OwnId): string => String(row[ownId] ?? row.display_id ?? row.name ?? row.id);

/** Whether an ID is one that iFlow makes for itself, which all of its servers know. */
export const isUuid = (id: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);
