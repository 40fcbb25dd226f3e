import { text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { contentFilters, inFilters } from '../../contentFilters';
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
		// limit and order, which the call has too, change nothing at Galaxy
		...inFilters(contentFilters),
	},
	file: ({ archiveName }) => ({ name: `${archiveName}.zip`, mimeType: 'application/zip' }),
});

const exported = storeExports('item of history content', 'api/histories/{historyId}/contents/{itemType}s/{itemId}', item);

export const exportItem = exported.toFile;

/** Galaxy 26.1.2 mixes the names of its own parameters up here and answers 500, whatever is sent. */
export const exportItemToStore = { ...exported.toSource, description: 'Let Galaxy write an archive of it into a file source; Galaxy 26.1.2 fails at it' };

export const importFromStore = request({
	name: 'Import From Store',
	action: 'Import history content from store',
	description: 'Put the datasets and collections of an archive into a history; raise "Timeout" for a large one',
	request: 'POST api/histories/{historyId}/contents_from_store',
	simplify,
	fields: { historyId, ...storeFields, ...views },
});
