import { choice, locator, type Field } from '../shared/field';
import { ID_PLACEHOLDER } from './fields';
import { libraryOf } from './libraries';

/** Everything that can have tags or an annotation. */
const TYPES = [
	{ name: 'Dataset', value: 'dataset' },
	{ name: 'Dataset Collection', value: 'datasetCollection' },
	{ name: 'History', value: 'history' },
	{ name: 'Library Dataset', value: 'libraryDataset' },
	{ name: 'Page', value: 'page' },
	{ name: 'Visualization', value: 'visualization' },
	{ name: 'Workflow', value: 'workflow' },
];

/** What is chosen, by the fields below: those that are not shown have no value. */
export type ItemValues = Record<'itemType' | 'historyId' | 'datasetId' | 'collectionId' | 'workflowId' | 'pageId' | 'visualizationId' | 'libraryDatasetId', string>;

const one = (label: string, list: string, itemType: string, description: string) =>
	locator(label, { list, place: 'none', required: true, idPlaceholder: ID_PLACEHOLDER, shownFor: { itemType: [itemType] }, description });

/** The fields by which a thing of one of these types is chosen. */
export function itemFields(...types: string[]): Record<keyof ItemValues | 'libraryId', Field<string>> {
	const all = {
		itemType: choice('Item Type', TYPES.filter(({ value }) => types.includes(value)), { place: 'none', default: 'history' }),
		historyId: locator('History', {
			list: 'searchHistories',
			place: 'none',
			default: '' as string,
			idPlaceholder: ID_PLACEHOLDER,
			shownFor: { itemType: types.filter((type) => ['history', 'dataset', 'datasetCollection'].includes(type)) },
			description: 'Of a dataset or a collection it is needed only to choose that from a list',
		}),
		datasetId: one('Dataset', 'searchDatasets', 'dataset', 'Chosen from the datasets of the history, or by its ID'),
		collectionId: one('Dataset Collection', 'searchCollections', 'datasetCollection', 'Chosen from the collections of the history, or by its ID'),
		workflowId: one('Workflow', 'searchWorkflows', 'workflow', 'One of your workflows, or one by its ID'),
		pageId: one('Page', 'searchPages', 'page', 'One of your pages, or one by its ID'),
		visualizationId: one('Visualization', 'searchVisualizations', 'visualization', 'One of your visualizations'),
		libraryId: libraryOf('dataset', { itemType: ['libraryDataset'] }),
		libraryDatasetId: one('Library Dataset', 'searchLibraryDatasets', 'libraryDataset', 'Chosen from the datasets of the library, or by its ID'),
	};
	const isOf = ({ property }: Field) => (property.displayOptions?.show?.itemType ?? types).some((type) => types.includes(String(type)));
	return Object.fromEntries(Object.entries(all).filter(([, field]) => isOf(field))) as typeof all;
}
