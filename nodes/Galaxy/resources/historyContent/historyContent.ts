import type { Resource } from '../../../shared/operation';
import { downloadArchive, exportItem, exportItemToStore, importFromStore } from './archives';
import { batchUpdate, bulkOperation } from './bulk';
import { copyIntoHistory } from './copying';
import { get, getJobsSummary, update } from './items';
import { count, getAll, getManyLegacy } from './lists';

export const historyContent: Resource = {
	name: 'History Content',
	operations: { batchUpdate, bulkOperation, copyIntoHistory, count, downloadArchive, exportItem, exportItemToStore, get, getAll, getJobsSummary, getManyLegacy, importFromStore, update },
};
