import { list } from '../shared/field';
import { Problem } from '../shared/problem';

const ids = (label: string, noun: string) => list(label, { default: [], place: 'none', placeholder: 'e.g. 5a1cff6882ddb5b2,c9468fdb6dc5c5f1', description: `Comma-separated list of IDs of ${noun}` });

/** Several items of a history. */
export const itemFields = { datasetIds: ids('Dataset IDs', 'datasets'), collectionIds: ids('Collection IDs', 'dataset collections') };

/** Each of them with its type, which stands under the given name. */
export function itemsOf<N extends string>({ datasetIds, collectionIds }: { datasetIds: string[]; collectionIds: string[] }, type: N): Array<{ id: string } & Record<N, string>> {
	const of = (word: string, found: string[]) => found.map((id) => ({ id, [type]: word }) as { id: string } & Record<N, string>);
	return [...of('dataset', datasetIds), ...of('dataset_collection', collectionIds)];
}

/** Throws a Problem when there are none: of some calls Galaxy takes none for all. */
export function someItems<T>(items: T[]): T[] {
	if (items.length > 0) return items;
	throw new Problem('No item is given', { description: 'Give "Dataset IDs" or "Collection IDs"' });
}
