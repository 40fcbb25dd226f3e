import { number, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { contentFilters, contentOrder, inFilters } from '../../contentFilters';
import { historyId, views } from '../../fields';
import { storeExports, storeFields } from '../../stores';
import { item, simplify } from './fields';

export const downloadArchive = request({
	name: 'Download Archive',
	action: 'Download archive of history content',
	description: 'Fetch the data of all datasets in a history, or of those that pass the filters, as one zip',
	request: 'GET api/histories/{historyId}/contents/archive/{archiveName}.zip?dry_run=false',
	fields: {
		historyId,
		archiveName: text('Archive Name', { place: 'path', required: true, default: 'history', description: 'Name of the zip without its ending, and of the folder in it' }),
		...inFilters({ ...contentFilters, ...contentOrder, mostItems: number('Most Items', { wire: 'limit', min: 1, whole: true, description: 'How many datasets and collections at the most' }) }),
	},
	file: ({ archiveName }) => ({ name: `${archiveName}.zip`, mimeType: 'application/zip' }),
});

export const { toFile: exportItem, toSource: exportItemToStore } = storeExports('item of history content', 'api/histories/{historyId}/contents/{itemType}s/{itemId}', item);

export const importFromStore = request({
	name: 'Import From Store',
	action: 'Import history content from store',
	description: 'Put the datasets and collections of an archive into a history; raise "Timeout" for a large one',
	request: 'POST api/histories/{historyId}/contents_from_store',
	simplify,
	fields: { historyId, ...storeFields, ...views },
});
