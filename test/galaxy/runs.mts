import type { IDataObject } from 'n8n-workflow';
import type { Bench } from './galaxy.mts';

/** Texts as new datasets of these datatypes, once they are there, by one upload; gives their IDs. */
export async function newTexts(bench: Bench, historyId: string, ...texts: Array<[text: string, datatype: string]>): Promise<string[]> {
	const elements = texts.map(([text, ext], i) => ({ src: 'pasted', paste_content: text, name: `text ${i + 1}`, ext }));
	const { outputs, jobs } = await bench.galaxy<Record<string, IDataObject[]>>('POST tools/fetch', { history_id: historyId, targets: [{ destination: { type: 'hdas' }, elements }] });
	await bench.until(async () => (await bench.galaxy(`GET jobs/${String(jobs[0].id)}`)).state === 'ok');
	return outputs.map(({ id }) => String(id));
}

/** A new list of datasets of a history; gives its ID. */
export async function newList(bench: Bench, historyId: string, ...ids: string[]): Promise<string> {
	const elements = ids.map((id, i) => ({ name: `element ${i + 1}`, src: 'hda', id }));
	return (await bench.galaxy<{ id: string }>('POST dataset_collections', { history_id: historyId, type: 'history', collection_type: 'list', name: 'List', element_identifiers: elements })).id;
}
