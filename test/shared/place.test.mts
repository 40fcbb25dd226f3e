import fc from 'fast-check';
import { flag, id, inputFile, json, list, number, text, type Fields } from '../../nodes/shared/field.ts';
import { fill, place } from '../../nodes/shared/place.ts';
import { Problem } from '../../nodes/shared/problem.ts';

const RUNS = { numRuns: 1000 };

/** Texts of any characters, and texts of the characters that mean something in an address. */
const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'F', '?', '#', '&', '=', ';', ':', '@', '+', ' ', '\t', '\n', '\0', 'a', 'é', '𝒳') }),
);

const CHANGES_THE_PATH = ['', '.', '..'];

/** What a server gets to see of a filled path. */
function arrived(path: string) {
	const { pathname, search, hash, origin } = new URL(`https://host.test/base/${path}`);
	return { segments: pathname.slice(1).split('/'), search, hash, origin };
}

describe('fill', () => {
	it.each([
		['orders/{id}', 'x1', 'orders/x1'],
		['orders/{id}/files', '  x1\n', 'orders/x1/files'],
		['orders/{id}', 'a b/c', 'orders/a%20b%2Fc'],
		['orders/{id}', '../users', 'orders/..%2Fusers'],
		['orders/{id}', '%2e%2e', 'orders/%252e%252e'],
		['orders/{id}', 'x?all=1#y&z', 'orders/x%3Fall%3D1%23y%26z'],
		['orders/{id}', 'Größe', 'orders/Gr%C3%B6%C3%9Fe'],
		['orders/{id}', '$&$1', 'orders/%24%26%241'],
		['tools/{+id}/build', 'toolshed/repos/a b/1.0+x', 'tools/toolshed/repos/a%20b/1.0%2Bx/build'],
		['orders/{id}?type=PDF', 'x', 'orders/x?type=PDF'],
	])('puts the value into %s: %j', (template, value, path) => {
		expect(fill(template, { id: value })).toBe(path);
	});

	it('fills every name, and one name several times', () => {
		expect(fill('a/{first}/b/{second}/{first}', { first: 1, second: 'two' })).toBe('a/1/b/two/1');
	});

	it.each(['', ' ', '\t\n', '.', '..', ' .. ', undefined, null])('refuses %j and names the field', (value) => {
		expect(() => fill('orders/{orderId}', { orderId: value })).toThrow(Problem);
		expect(() => fill('orders/{orderId}', { orderId: value })).toThrow('orderId');
	});

	it('refuses half a character, which no address can hold', () => {
		expect(() => fill('orders/{orderId}', { orderId: 'cut 😀'.slice(0, -1) })).toThrow(Problem);
	});

	it.each(['/a', 'a/', 'a//b', '../a', 'a/../b', 'a/./b', '..'])('refuses %j where slashes are kept', (value) => {
		expect(() => fill('tools/{+toolId}', { toolId: value })).toThrow(Problem);
	});

	it('keeps one segment, which decodes back to the trimmed value, and adds no query or fragment', () => {
		fc.assert(fc.property(anyText, (value) => {
			const trimmed = value.trim();
			fc.pre(!CHANGES_THE_PATH.includes(trimmed));
			const { segments, ...rest } = arrived(fill('a/{id}/b', { id: value }));
			expect(segments).toHaveLength(4);
			expect([segments[0], segments[1], segments[3]]).toEqual(['base', 'a', 'b']);
			expect(decodeURIComponent(segments[2])).toBe(trimmed);
			expect(rest).toEqual({ search: '', hash: '', origin: 'https://host.test' });
		}), RUNS);
	});

	it('keeps exactly the segments of a value with slashes, or refuses it', () => {
		fc.assert(fc.property(anyText, (value) => {
			const wanted = value.trim().split('/');
			if (wanted.some((segment) => CHANGES_THE_PATH.includes(segment))) {
				expect(() => fill('a/{+id}/b', { id: value })).toThrow(Problem);
				return;
			}
			const { segments, ...rest } = arrived(fill('a/{+id}/b', { id: value }));
			expect(segments.slice(2, -1).map(decodeURIComponent)).toEqual(wanted);
			expect([segments[0], segments[1], segments.at(-1)]).toEqual(['base', 'a', 'b']);
			expect(rest).toEqual({ search: '', hash: '', origin: 'https://host.test' });
		}), RUNS);
	});
});

describe('place', () => {
	it.each([
		['GET', 'query'],
		['DELETE', 'query'],
		['POST', 'body'],
		['PUT', 'body'],
		['PATCH', 'body'],
	] as const)('puts a field without a place of a %s into the %s', (method, where) => {
		const nothing = { query: {}, headers: {}, body: undefined };
		expect(place({ name: text('Name') }, { name: 'x' }, method)).toEqual({ ...nothing, [where]: { name: 'x' } });
	});

	it('puts a field where it says, whatever the method', () => {
		const fields: Fields = {
			page: number('Page', { place: 'query' }),
			key: text('Key', { place: 'header', wire: 'X-Key' }),
			note: text('Note', { place: 'body' }),
		};
		const values = { page: 2, key: 'k', note: 'n' };
		const placed = { query: { page: 2 }, headers: { 'X-Key': 'k' }, body: { note: 'n' } };
		expect(place(fields, values, 'GET')).toEqual(placed);
		expect(place(fields, values, 'POST')).toEqual(placed);
	});

	it('keeps path fields, files and the node\'s own fields out of query and body', () => {
		const fields: Fields = { orderId: id('Order ID'), file: inputFile('File', { required: true }), limit: number('Limit', { place: 'none' }) };
		const values = { orderId: '1', file: 'data', limit: 5 };
		expect(place(fields, values, 'POST')).toEqual({ query: {}, headers: {}, body: undefined });
		expect(place(fields, values, 'GET')).toEqual({ query: {}, headers: {}, body: undefined });
	});

	it('uses the wire name, and nests it at dots in a body only', () => {
		const fields: Fields = {
			sex: text('Sex', { wire: 'properties.sex' }),
			age: number('Age', { wire: 'properties.age' }),
			city: text('City', { wire: 'properties.address.city' }),
			name: text('Name', { wire: 'sample_name' }),
		};
		const values = { sex: 'F', age: 40, city: 'Ulm', name: 'x' };
		expect(place(fields, values, 'POST').body).toEqual({ sample_name: 'x', properties: { sex: 'F', age: 40, address: { city: 'Ulm' } } });
		expect(place(fields, values, 'GET').query).toEqual({ 'properties.sex': 'F', 'properties.age': 40, 'properties.address.city': 'Ulm', sample_name: 'x' });
	});

	it('makes the whole body of a field with an empty wire name', () => {
		const fields = { rows: json('Rows', { wire: '' }) };
		expect(place(fields, { rows: [{ a: 1 }, { a: 2 }] }, 'POST').body).toEqual([{ a: 1 }, { a: 2 }]);
	});

	it('lays an object with an empty wire name over the fields before it, key by key', () => {
		const fields: Fields = { free: json('Properties', { wire: 'properties' }), sex: text('Sex', { wire: 'properties.sex' }), tags: list('Tags'), more: json('More', { wire: '' }) };
		const values = { free: { sex: 'M', kept: 1 }, sex: 'F', tags: ['a', 'b'], more: { properties: { age: 40 }, tags: ['c'], note: null } };
		expect(place(fields, values, 'POST').body).toEqual({ properties: { sex: 'F', kept: 1, age: 40 }, tags: ['c'], note: null });
	});

	it('writes headers as texts', () => {
		expect(place({ dryRun: flag('Dry Run', { place: 'header' }) }, { dryRun: false }, 'POST').headers).toEqual({ dryRun: 'false' });
	});

	it('leaves undefined out, and keeps false, zero, empty texts, empty lists and null', () => {
		const fields: Fields = { gone: text('Gone'), no: flag('No'), zero: number('Zero'), blank: text('Blank'), none: list('None'), nil: json('Nil') };
		const values = { gone: undefined, no: false, zero: 0, blank: '', none: [], nil: null };
		const given = { no: false, zero: 0, blank: '', none: [], nil: null };
		expect(Object.keys(place(fields, values, 'GET').query)).toEqual(Object.keys(given));
		expect(place(fields, values, 'POST').body).toStrictEqual(given);
	});

	it('has no body where there is nothing to put into it', () => {
		expect(place({ note: text('Note') }, {}, 'POST').body).toBeUndefined();
	});

	it('leaves the values as they are', () => {
		const values = { rows: { a: { b: 1 } } };
		const fields: Fields = { rows: json('Rows', { wire: 'a' }), note: text('Note', { wire: 'a.note' }) };
		expect(place(fields, { ...values, note: 'n' }, 'POST').body).toEqual({ a: { a: { b: 1 }, note: 'n' } });
		expect(values).toEqual({ rows: { a: { b: 1 } } });
	});
});
