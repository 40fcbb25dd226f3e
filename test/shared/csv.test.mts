import fc from 'fast-check';
import { csvLine, parseCsv } from '../../nodes/shared/csv.ts';

describe('a table', () => {
	it.each([
		['lines that end in either way', 'a,b\r\n1,2\n3,4', [{ a: '1', b: '2' }, { a: '3', b: '4' }]],
		['a mark of byte order, and empty lines', '\ufeffa\n\n1\n\n', [{ a: '1' }]],
		['commas, quotes and line ends in quotes', 'a,"b ""x"""\n"1,5","x\r\ny"\n', [{ a: '1,5', 'b "x"': 'x\r\ny' }]],
		['empty cells, also at the end', 'a,b,c\n,"",\n', [{ a: '', b: '', c: '' }]],
		['rows that are too short or too long', 'a,b\n1\n1,2,3\n', [{ a: '1', b: '' }, { a: '1', b: '2' }]],
		['quotes that are out of place', 'a,b\n5" disk,"open\n1,2', [{ a: '5" disk', b: '"open' }, { a: '1', b: '2' }]],
		['names alone', 'a,b\n', []],
		['nothing', '', []],
	])('with %s is read', (_what, text, rows) => {
		expect(parseCsv(text)).toEqual(rows);
	});

	it('is read as it was written', () => {
		const cells = fc.array(fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é') }), { minLength: 2, maxLength: 2 });
		fc.assert(
			fc.property(fc.array(cells), (rows) => {
				expect(parseCsv(csvLine(['x', 'y']) + rows.map(csvLine).join(''))).toEqual(rows.map(([x, y]) => ({ x, y })));
			}),
		);
	});
});
