import { choice, locator } from '../../../shared/field';
import { historyId, ID_PLACEHOLDER } from '../../fields';

/** One item of a history: a dataset or a collection. Collections have IDs of their own, so the type is needed. */
export const item = {
	historyId,
	itemType: choice('Item Type', [{ name: 'Dataset', value: 'dataset' }, { name: 'Dataset Collection', value: 'dataset_collection' }], { place: 'path', default: 'dataset' }),
	itemId: locator('Item', { list: 'searchContents', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'Chosen from the items of this type in the history, or by its ID' }),
};

/** The most useful fields of a dataset or collection in a list of both. */
export const simplify = ['id', 'name', 'hid', 'history_content_type', 'state', 'extension', 'collection_type', 'tags', 'visible', 'deleted'];
