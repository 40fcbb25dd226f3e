import type { IDataObject } from 'n8n-workflow';

import { text } from '../../shared/field';
import { program, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { itemFields, type ItemValues } from '../taggedItems';

const item = itemFields('dataset', 'history', 'page', 'workflow');

/** Where the things stand that have annotations. Those of collections Galaxy 26.1 takes and forgets. */
const PATHS: Record<string, string> = { dataset: 'api/datasets/{datasetId}', history: 'api/histories/{historyId}', page: 'api/pages/{pageId}', workflow: 'api/workflows/{workflowId}' };

function placeOf(values: ItemValues): { line: string; id: string } {
	const line = PATHS[values.itemType];
	const id = values[`${values.itemType}Id` as keyof ItemValues];
	if (id === '') throw new Problem('"History" is empty', { description: 'Choose "History"' });
	return { line, id };
}

async function annotate(connection: Connection, values: ItemValues, annotation: string): Promise<{ json: IDataObject }> {
	const { line, id } = placeOf(values);
	await connection.send(`PUT ${line}`, { path: { ...values }, body: { annotation } });
	return { json: { id, annotation: annotation || null } };
}

const get = program({
	name: 'Get',
	action: 'Get annotation',
	description: 'Retrieve the note on an item',
	effect: 'read',
	fields: item,
	async run({ connection, values }) {
		const { line, id } = placeOf(values);
		const { annotation } = (await connection.send(`GET ${line}`, { path: { ...values } })) as IDataObject;
		return { json: { id, annotation: annotation || null } };
	},
});

const set = program({
	name: 'Set',
	action: 'Set annotation',
	description: 'Write the note on an item, in the place of the one that is there',
	fields: { ...item, annotation: text('Annotation', { place: 'none', required: true }) },
	run: async ({ connection, values }) => await annotate(connection, values, values.annotation),
});

const clear = program({
	name: 'Clear',
	action: 'Clear annotation',
	description: 'Remove the note on an item',
	fields: item,
	run: async ({ connection, values }) => await annotate(connection, values, ''),
});

export const annotation: Resource = { name: 'Annotation', operations: { clear, get, set } };
