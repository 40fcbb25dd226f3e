import type { Resource } from '../../../shared/operation';
import { historyId } from '../../fields';
import { sharing } from '../../sharing';
import { copyContents, getCitations, getCustomBuildsMetadata, getGraph, getToolRequests, materialize } from './content';
import { exportOperations } from './export';
import { extractWorkflow, getExtractionSummary } from './extraction';
import { importOperations } from './import';
import { count, getAll, getMostRecent, search } from './lists';
import { copy, create, get, update } from './manage';
import { archive, deleteMany, remove, restore, undelete, undeleteMany } from './removal';
import { getJobsSummary, getStatus, waitUntilFinished } from './status';

export const history: Resource = {
	name: 'History',
	operations: {
		archive,
		copy,
		copyContents,
		count,
		create,
		delete: remove,
		deleteMany,
		...exportOperations,
		extractWorkflow,
		get,
		getAll,
		getCitations,
		getCustomBuildsMetadata,
		getExtractionSummary,
		getGraph,
		getJobsSummary,
		getMostRecent,
		getStatus,
		getToolRequests,
		...importOperations,
		materialize,
		restore,
		search,
		...sharing('history', 'api/histories/{historyId}', { historyId }),
		undelete,
		undeleteMany,
		update,
		waitUntilFinished,
	},
};
