import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import { ENDS } from './pairs';

/** The kinds of collections, which nest with colons between: 'list:paired'. */
const KINDS = ['list', 'paired', 'paired_or_unpaired', 'record', 'sample_sheet'];

const namesIn = (elements: IDataObject[]) => elements.map(({ name }) => String(name ?? '').trim());

/** Why elements do not fit into the innermost collection of a kind. */
function misfit(kind: string, names: string[]): string | undefined {
	const isPair = names.length === 2 && ENDS.every((end) => names.includes(end));
	if (kind === 'paired' && !isPair) return 'a pair has two elements with the names "forward" and "reverse"';
	if (kind === 'paired_or_unpaired' && !isPair && names.join() !== 'unpaired') return 'it has either two elements with the names "forward" and "reverse", or one with the name "unpaired"';
	return undefined;
}

/**
 * Throws a Problem for elements that do not have the shape of their collection's type. Galaxy does not look (contract,
 * section 6.4).
 *
 * @param nested where the elements of an inner collection stand: 'element_identifiers', or 'elements' in uploads
 */
export function checkShape(type: string, elements: IDataObject[], nested: string): void {
	const [kind, ...inner] = type.split(':');
	if (!KINDS.includes(kind)) throw new Problem(`"${type}" is no type of collections`, { description: `Give one of ${KINDS.join(', ')}, or several with colons between, such as list:paired` });
	if (!Array.isArray(elements) || elements.length === 0) throw wrong(type, 'it has no elements');
	const names = namesIn(elements);
	if (names.includes('')) throw wrong(type, 'an element has no name');
	const double = names.find((name, i) => names.indexOf(name) !== i);
	if (double !== undefined) throw wrong(type, `two elements have the name "${double}"`);
	const reason = misfit(kind, names);
	if (reason !== undefined) throw wrong(type, reason);
	elements.forEach((element, i) => {
		const within = element[nested] as IDataObject[] | undefined;
		if (within !== undefined && inner.length === 0) throw wrong(type, `"${names[i]}" is a collection, where a dataset belongs`);
		if (within !== undefined) checkShape(inner.join(':'), within, nested);
		else if (inner.length > 0 && !isWhole(element)) throw wrong(type, `"${names[i]}" is no collection`);
	});
}

/** A collection that is taken as it is, or that Galaxy makes of an archive. */
const isWhole = ({ src, elements_from: archive }: IDataObject) => src === 'hdca' || archive !== undefined;

const wrong = (type: string, reason: string) => new Problem(`The elements do not fit a collection of the type "${type}": ${reason}`, { description: 'Check the elements and "Collection Type"' });
