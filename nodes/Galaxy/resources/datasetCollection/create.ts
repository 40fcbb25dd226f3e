import type { IDataObject } from 'n8n-workflow';

import { each } from '../../../shared/each';
import { choice, flag, json, list, locator, text, type Values } from '../../../shared/field';
import { AT_ONCE, program, type Json } from '../../../shared/operation';
import { place } from '../../../shared/place';
import { Problem } from '../../../shared/problem';
import type { Connection } from '../../../shared/request';
import { api } from '../../api';
import { checkShape } from '../../collectionShape';
import { collectionSummary, readDataset } from '../../datasets';
import { historyOf, ID_PLACEHOLDER } from '../../fields';
import { checkFolder, libraryOf } from '../../libraries';
import { checkCount, ENDS, inPairs } from '../../pairs';

const as = (...build: string[]) => ({ place: 'none' as const, required: true as const, shownFor: { build } });
const into = (instanceType: string) => ({ place: 'none' as const, required: true as const, shownFor: { instanceType: [instanceType] } });

const end = (label: string) => locator(label, { ...as('paired'), list: 'searchDatasets', noun: 'dataset', idPlaceholder: ID_PLACEHOLDER, description: 'Chosen from the datasets of the history, or by its ID' });

/** Fields that go into the body as they are. */
const sent = {
	copyElements: flag('Copy Elements', { description: 'Whether the collection gets copies of the datasets, as by default, or shows those that are there' }),
	hideSourceItems: flag('Hide Source Items', { description: 'Whether to hide the datasets that it is made of' }),
	columnDefinitions: json('Column Definitions', { description: 'Of a sample sheet: list of its columns, each with name, type and optional' }),
	rows: json('Rows', { description: 'Of a sample sheet: object with the values of its columns for each element' }),
	recordFields: json('Record Fields', { wire: 'fields', description: 'Of a record: list of its fields, each with name and type' }),
};

const fields = {
	instanceType: choice('Kept In', [{ name: 'History', value: 'history' }, { name: 'Library', value: 'library', description: 'Galaxy 26.1 has a fault that refuses it' }], { place: 'none', default: 'history' }),
	historyId: { ...historyOf('datasets'), property: { ...historyOf('datasets').property, description: 'Where the collection goes, or for a library, where to choose datasets from' } },
	libraryId: libraryOf('folder', { instanceType: ['library'] }),
	folderId: locator('Folder', { ...into('library'), list: 'searchFolders', idPlaceholder: 'e.g. F5a1cff6882ddb5b2', description: 'Chosen from the folders of the library, or by its ID, which begins with F' }),
	name: text('Name', { required: true, placeholder: 'e.g. Reads of run 7' }),
	build: choice('Build', [
		{ name: 'From Elements (JSON)', value: 'elements', description: 'In Galaxy\'s own words: any type, with collections in collections' },
		{ name: 'List From Datasets', value: 'list' },
		{ name: 'List of Pairs', value: 'pairs', description: 'Two datasets that follow each other make a pair' },
		{ name: 'Pair', value: 'paired', description: 'Forward and reverse reads of a sample' },
	], { place: 'none', default: 'list', description: 'What to make the collection of' }),
	datasetIds: list('Dataset IDs', { ...as('list', 'pairs'), placeholder: 'e.g. 5a1cff6882ddb5b2,c9468fdb6dc5c5f1', description: 'Comma-separated list of IDs in the order of the elements; an expression can give those of all items' }),
	forwardId: end('Forward Reads'),
	reverseId: end('Reverse Reads'),
	collectionType: text('Collection Type', { ...as('elements'), placeholder: 'e.g. list:paired', description: 'One of list, paired, paired_or_unpaired, record and sample_sheet, or several with colons between' }),
	elementIdentifiers: json('Elements', { ...as('elements'), description: 'List of objects with name, src (hda, ldda or hdca), the ID of that, and tags; a nested collection has the src new_collection, collection_type and element_identifiers' }),
	...sent,
	names: list('Names', { place: 'none', placeholder: 'e.g. sample 1,sample 2', description: 'Comma-separated list of names of the elements, or of the pairs; by default as the datasets are called' }),
};

type Given = Values<typeof fields>;

const element = (name: string, id: string) => ({ name, src: 'hda', id });

/** Names of datasets, by their IDs; not asked for where the user gives others. */
async function namesOf(connection: Connection, ids: string[], given: string[]): Promise<string[]> {
	if (given.length > 0) return given;
	const names: string[] = [];
	await each(ids, AT_ONCE, async (id, i) => {
		names[i] = String((await readDataset(connection, id, { keys: 'name' })).name);
	});
	return names;
}

/** A type and the elements of it; two of the same name get a number. */
async function built(connection: Connection, { build, datasetIds, names = [], forwardId, reverseId, ...raw }: Given): Promise<{ type: string; elements: IDataObject[] }> {
	if (build === 'elements') return { type: raw.collectionType, elements: [raw.elementIdentifiers].flat() as IDataObject[] };
	if (build === 'paired') return { type: 'paired', elements: [element(ENDS[0], forwardId), element(ENDS[1], reverseId)] };
	if (build === 'list') {
		checkCount(names, datasetIds.length, 'datasets');
		const found = await namesOf(connection, datasetIds, names);
		return { type: 'list', elements: datasetIds.map((id, i) => element(numbered(found, i), id)) };
	}
	const found = names.length > 0 ? [] : await namesOf(connection, datasetIds, []);
	const entries = datasetIds.map((id, i) => ({ id, name: found[i] ?? '' }));
	const pairs = inPairs(entries, names, ({ name }) => name);
	const elements = pairs.map(({ name, pair }) => ({ name, src: 'new_collection', collection_type: 'paired', element_identifiers: pair.map(({ id }, i) => element(ENDS[i], id)) }));
	return { type: 'list:paired', elements };
}

/** A name that no other one before has: elements of a list are told apart by them. */
function numbered(names: string[], index: number): string {
	const before = names.slice(0, index).filter((name) => name === names[index]).length;
	return before === 0 ? names[index] : `${names[index]} (${before + 1})`;
}

export const create = program({
	name: 'Create',
	action: 'Create dataset collection',
	description: 'Make a collection of datasets: a list, a pair, or pairs in a list',
	simplify: collectionSummary,
	fields,
	async run({ connection, values }) {
		const { instanceType, historyId, folderId } = values;
		if (instanceType === 'library') checkFolder(folderId);
		else if (historyId === '') throw new Problem('"History" is empty', { description: 'Choose the history where the collection goes' });
		const { type, elements } = await built(connection, values);
		checkShape(type, elements, 'element_identifiers');
		const { body } = place(sent, values as IDataObject, 'POST', api.spelling);
		const home = instanceType === 'library' ? { folder_id: folderId } : { history_id: historyId };
		const made = { name: values.name, instance_type: instanceType, ...home, collection_type: type, element_identifiers: elements as Json };
		return { json: (await connection.send('POST api/dataset_collections', { body: { ...(body as Record<string, Json>), ...made } })) as IDataObject };
	},
});
