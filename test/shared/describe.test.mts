import { NodeHelpers, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import { collectionName, describe as describeProvider } from '../../nodes/shared/describe.ts';
import { choice, flag, id, inputFile, locator, number, text } from '../../nodes/shared/field.ts';
import { program, request, type Api, type Operation, type Provider } from '../../nodes/shared/operation.ts';
import { pageNumbers } from '../../nodes/shared/pages.ts';
import type { Watch } from '../../nodes/shared/wait.ts';

/** A made-up lending library: books that are listed, read, bound and lent. */
const pages = pageNumbers({ page: 'page', size: 'size' });
const binding: Watch = { noun: 'book', end: 'Binding', look: async (_connection, json) => ({ json, state: 'bound', outcome: 'succeeded' }) };
const nothing = async () => ({ json: {} });

const shelfId = id('Shelf ID');
const bookId = locator('Book', { list: 'searchBooks', place: 'path', required: true });

const book: Record<string, Operation> = {
	getAll: request({
		name: 'Get Many', action: 'Get many books', description: 'Retrieve a list of books',
		request: 'GET shelves/{shelfId}/books', pages, simplify: ['id', 'title'],
		fields: { shelfId, year: number('Year'), author: text('Author'), onlyNew: flag('Only New', { description: 'Whether to leave out old ones' }) },
	}),
	get: request({
		name: 'Get', action: 'Get book', description: 'Retrieve one book',
		request: 'GET shelves/{shelfId}/books/{bookId}', simplify: ['id', 'title'], fields: { shelfId, bookId },
	}),
	scan: request({
		name: 'Scan', action: 'Scan book', description: 'Fetch the pages as a file',
		request: 'GET books/{bookId}/scan', file: () => ({ name: 'x.pdf', mimeType: 'application/pdf' }), fields: { bookId, colors: number('Colors', { default: 2 }) },
	}),
	rate: request({
		name: 'Rate', action: 'Rate book', description: 'Retrieve what readers say', request: 'GET books/{bookId}/rating', fields: { bookId, language: text('Language') },
	}),
	bind: request({
		name: 'Bind', action: 'Bind book', description: 'Have a book bound', watch: binding,
		request: 'POST books/{bookId}/binding',
		fields: {
			bookId,
			leather: flag('Leather'), cloth: flag('Cloth'),
			title: text('Title', { collection: 'Spine Text' }), author: text('Author', { collection: 'Spine Text' }),
		},
	}),
	waitForBinding: program({
		name: 'Wait for Binding', action: 'Wait for binding of book', description: 'Wait until it is bound',
		effect: 'read', watch: binding, alwaysWaits: true, fields: { bookId: { ...bookId, place: 'none' } }, run: nothing,
	}),
	add: request({
		name: 'Add', action: 'Add book', description: 'Put a scanned book on a shelf',
		request: 'POST shelves/{shelfId}/books', fields: { shelfId, inputField: inputFile('Input Data Field Name', { required: true }) },
	}),
	burn: request({ name: 'Burn', action: 'Burn book', description: 'Destroy a book', request: 'DELETE books/{bookId}', destructive: true, fields: { bookId } }),
	split: program({ name: 'Split', action: 'Split book', description: 'Cut a book into files', filesOut: true, fields: { bookId: { ...bookId, place: 'none' } }, run: nothing }),
};
const loan: Record<string, Operation> = {
	renewCard: request({ name: 'Renew Card', action: 'Renew card', description: 'Give out a new number', request: 'POST card', secretOutput: true, fields: {} }),
	close: request({ name: 'Close', action: 'Close loan', description: 'End a loan', request: 'DELETE loans/{loanId}', fields: { loanId: id('Loan ID') } }),
	open: request({
		name: 'Open', action: 'Open loan', description: 'Begin a loan',
		request: 'POST loans', fields: { bookId: text('Book ID', { required: true }), kind: choice('Kind', [{ name: 'Long', value: 'l' }], { required: true }) },
	}),
};
const library: Provider = { api: {} as Api, resources: { loan: { name: 'Loan', operations: loan }, book: { name: 'Book', operations: book } } };

const properties = describeProvider(library);

const DESCRIPTION = { displayName: 'Library', name: 'library', group: [], version: 1, description: '', defaults: {}, inputs: [], outputs: [], properties } as never;

/** What the editor shows for an operation, in its order. */
function shown(resource: string, operation: string, more: object = {}, description = DESCRIPTION): INodeProperties[] {
	const values = { resource, operation, returnAll: false, ...more };
	return properties.filter((property) => NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description));
}

const names = (list: Array<{ name: string }>) => list.map(({ name }) => name);
const one = (resource: string, operation: string, name: string) => shown(resource, operation).find((property) => property.name === name) as INodeProperties;
const inside = (resource: string, operation: string, name: string) => names(one(resource, operation, name).options as INodeProperties[]);

describe('resources and operations', () => {
	it('come first, without expressions', () => {
		expect(names(properties.slice(0, 3))).toEqual(['resource', 'operation', 'operation']);
		for (const { type, noDataExpression } of properties.slice(0, 3)) expect({ type, noDataExpression }).toEqual({ type: 'options', noDataExpression: true });
	});

	it('are sorted by their names; the first one declared is chosen', () => {
		expect(properties[0].options).toEqual([{ name: 'Book', value: 'book' }, { name: 'Loan', value: 'loan' }]);
		expect(properties[0].default).toBe('loan');
		expect(names(one('book', 'get', 'operation').options as INodePropertyOptions[])).toEqual(['Add', 'Bind', 'Burn', 'Get', 'Get Many', 'Rate', 'Scan', 'Split', 'Wait for Binding']);
	});

	it('say what they do', () => {
		expect(one('loan', 'open', 'operation').options).toEqual([
			{ name: 'Close', value: 'close', action: 'Close loan', description: 'End a loan' },
			{ name: 'Open', value: 'open', action: 'Open loan', description: 'Begin a loan' },
			{ name: 'Renew Card', value: 'renewCard', action: 'Renew card', description: 'Give out a new number' },
		]);
	});

	it('begin with Get Many where there is one, else with Get, else with the first', () => {
		expect([one('book', 'get', 'operation').default, one('loan', 'open', 'operation').default]).toEqual(['getAll', 'close']);
		const alone = describeProvider({ ...library, resources: { page: { name: 'Page', operations: { burn: book.burn, get: book.get } } } });
		expect(alone.find(({ name }) => name === 'operation')?.default).toBe('get');
	});
});

describe('the parameters of an operation', () => {
	it.each([
		['getAll', ['shelfId', 'returnAll', 'limit', 'simplify', 'filters', 'options']],
		['get', ['shelfId', 'bookId', 'simplify', 'options']],
		['scan', ['bookId', 'colors', 'outputField', 'options']],
		['rate', ['bookId', 'additionalFields', 'options']],
		['bind', ['bookId', 'waitForCompletion', 'additionalFields', 'spineText', 'options']],
		['waitForBinding', ['bookId', 'options']],
		['add', ['shelfId', 'inputField', 'options']],
		['split', ['bookId', 'outputField', 'options']],
	])('%s: fields as declared, the engine\'s own, collections, "Options"', (operation, expected) => {
		const own = names(shown('book', operation)).filter((name) => name !== 'resource' && name !== 'operation');
		expect(own).toEqual(expected);
	});

	it('are those of the chosen resource alone', () => {
		expect(names(shown('loan', 'open'))).toEqual(['resource', 'operation', 'bookId', 'kind', 'options']);
		expect(one('loan', 'open', 'bookId').type).toBe('string');
		expect(one('book', 'get', 'bookId').type).toBe('resourceLocator');
	});

	it('are shown as their fields say', () => {
		expect(one('book', 'get', 'bookId')).toMatchObject({ displayName: 'Book', required: true, type: 'resourceLocator' });
		expect(Object.keys(one('book', 'get', 'bookId')).slice(0, 2)).toEqual(['displayName', 'name']);
		expect(one('book', 'scan', 'colors')).toMatchObject({ displayName: 'Colors', type: 'number', default: 2 });
	});
});

describe('a parameter that several operations share', () => {
	const of = (name: string) => properties.filter((property) => property.name === name).map(({ displayOptions }) => displayOptions?.show);

	it('stands once and is shown for all of them', () => {
		expect(of('shelfId')).toEqual([{ resource: ['book'], operation: ['getAll', 'get', 'add'] }]);
		expect(of('simplify')).toEqual([{ resource: ['book'], operation: ['getAll', 'get'] }]);
		expect(of('outputField')).toEqual([{ resource: ['book'], operation: ['scan', 'split'] }]);
	});

	it('stands once whatever becomes of its value', () => {
		expect(of('bookId')).toEqual([{ resource: ['loan'], operation: ['open'] }, { resource: ['book'], operation: ['get', 'scan', 'rate', 'bind', 'waitForBinding', 'burn', 'split'] }]);
	});

	it('stands again where it is not the same', () => {
		expect(of('options').map((show) => show?.operation)).toEqual([['renewCard', 'close', 'open'], ['scan'], ['getAll', 'get', 'rate'], ['bind'], ['waitForBinding'], ['add', 'burn'], ['split']]);
	});

	it('keeps what else decides whether it is shown', () => {
		expect(of('limit')).toEqual([{ returnAll: [false], resource: ['book'], operation: ['getAll'] }]);
		expect(names(shown('book', 'getAll', { returnAll: true }))).not.toContain('limit');
	});
});

describe('collections', () => {
	it('hold the optional fields, sorted by their labels', () => {
		expect(one('book', 'bind', 'additionalFields')).toMatchObject({ displayName: 'Additional Fields', type: 'collection', default: {}, placeholder: 'Add Field' });
		expect(inside('book', 'bind', 'additionalFields')).toEqual(['cloth', 'leather']);
	});

	it('are "Filters" of a list', () => {
		expect(one('book', 'getAll', 'filters')).toMatchObject({ displayName: 'Filters', placeholder: 'Add Filter' });
		expect(inside('book', 'getAll', 'filters')).toEqual(['author', 'onlyNew', 'year']);
	});

	it('have the label that their fields give them', () => {
		expect(one('book', 'bind', 'spineText')).toMatchObject({ displayName: 'Spine Text', type: 'collection' });
		expect(inside('book', 'bind', 'spineText')).toEqual(['author', 'title']);
	});

	it('are found by the name under which they are shown', () => {
		expect(collectionName(book.getAll, book.getAll.fields.year)).toBe('filters');
		expect(collectionName(book.bind, book.bind.fields.leather)).toBe('additionalFields');
		expect(collectionName(book.bind, book.bind.fields.title)).toBe('spineText');
	});
});

describe('the engine\'s own parameters', () => {
	it('limit a list', () => {
		expect(one('book', 'getAll', 'returnAll')).toMatchObject({ displayName: 'Return All', type: 'boolean', default: false });
		expect(one('book', 'getAll', 'limit')).toMatchObject({ displayName: 'Limit', type: 'number', default: 50, typeOptions: { minValue: 1 } });
	});

	it('simplify by default', () => expect(one('book', 'get', 'simplify')).toMatchObject({ displayName: 'Simplify', type: 'boolean', default: true }));

	it('name the field of an output file', () => {
		expect(one('book', 'scan', 'outputField')).toMatchObject({ displayName: 'Put Output File in Field', type: 'string', default: 'data', required: true });
	});

	it('switch the waiting on, in the words of what is waited for', () => {
		expect(one('book', 'bind', 'waitForCompletion')).toMatchObject({ displayName: 'Wait for Binding', type: 'boolean', default: false, description: expect.stringMatching(/^Whether .* book has ended/) });
	});
});

describe('leave for AI agents', () => {
	const TOOL = { ...(DESCRIPTION as object), name: 'libraryTool' } as never;
	const namesFor = (resource: string, operation: string, description: never) => names(shown(resource, operation, {}, description));

	it('is asked for where a tool cannot undo what it does, or gives out a secret', () => {
		expect(namesFor('book', 'burn', TOOL)).toEqual(['resource', 'operation', 'bookId', 'allowForAiAgents', 'options']);
		expect(namesFor('loan', 'renewCard', TOOL)).toContain('allowForAiAgents');
		expect(namesFor('book', 'bind', TOOL)).not.toContain('allowForAiAgents');
	});

	it('is not given by default, nor by the agent, nor asked for elsewhere', () => {
		const [property] = properties.filter(({ name }) => name === 'allowForAiAgents');
		expect(property).toMatchObject({ type: 'boolean', default: false, noDataExpression: true });
		expect(namesFor('book', 'burn', DESCRIPTION)).not.toContain('allowForAiAgents');
	});
});

describe('"Options"', () => {
	const common = ['batching', 'allowUnauthorizedCerts', 'timeout'];

	it('are the same everywhere', () => {
		for (const operation of ['getAll', 'get', 'scan', 'add', 'split']) expect(inside('book', operation, 'options')).toEqual(common);
		expect(one('book', 'get', 'options')).toMatchObject({ displayName: 'Options', type: 'collection', placeholder: 'Add Option', default: {} });
	});

	it.each(['bind', 'waitForBinding'])('tell what to do with an end that is not good, and when to give up: %s', (operation) => {
		expect(inside('book', operation, 'options')).toEqual(['batching', 'onFailure', 'onWaitLimit', 'allowUnauthorizedCerts', 'timeout', 'waitLimit']);
	});

	it('say that a service is asked one after the other that wants it so', () => {
		const shy = describeProvider({ ...library, api: { atOnce: 1 } as Api });
		const texts = shy.filter(({ name }) => name === 'options').map((property) => (property.options as INodeProperties[])[0].description);
		expect(new Set(texts)).toEqual(new Set(['Items are always sent one after the other; a pause can be set']));
	});

	it('begin with the time that is waited for anyway, which is longer for files', () => {
		const timeout = (operation: string) => (one('book', operation, 'options').options as INodeProperties[]).find(({ name }) => name === 'timeout')?.default;
		expect([timeout('get'), timeout('scan'), timeout('split')]).toEqual([60_000, 600_000, 600_000]);
	});

	it('say that reads run side by side and writes do not', () => {
		const batching = (operation: string) => (one('book', operation, 'options').options as INodeProperties[])[0].description;
		expect(batching('get')).toContain('16 items');
		expect(batching('waitForBinding')).toContain('16 items');
		expect(batching('add')).toContain('one after the other');
	});
});
