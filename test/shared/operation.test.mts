import { deleted, effectOf, program, repeatOf, request, type Operation } from '../../nodes/shared/operation.ts';

const words = { name: 'Do', action: 'Do it', description: 'Have it done', fields: {} };
const run = async () => ({ json: {} });

describe('what an operation does, and whether it may be sent twice', () => {
	it.each<[string, Operation, ReturnType<typeof effectOf>, ReturnType<typeof repeatOf>]>([
		['a GET', request({ ...words, request: 'GET tags' }), 'read', 'safe'],
		['a POST', request({ ...words, request: 'POST tags' }), 'write', 'never'],
		['a PUT', request({ ...words, request: 'PUT tags' }), 'write', 'never'],
		['a DELETE', request({ ...words, request: 'DELETE tags' }), 'write', 'never'],
		['a program', program({ ...words, run }), 'write', 'never'],
		['a POST that reads', request({ ...words, request: 'POST search', effect: 'read' }), 'read', 'safe'],
		['a GET that writes', request({ ...words, request: 'GET start', effect: 'write' }), 'write', 'never'],
		['a PUT that may be sent twice', request({ ...words, request: 'PUT tags', repeat: 'safe' }), 'write', 'safe'],
		['a read that may not', program({ ...words, run, effect: 'read', repeat: 'never' }), 'read', 'never'],
	])('%s', (_name, operation, effect, repeat) => {
		expect([effectOf(operation), repeatOf(operation)]).toEqual([effect, repeat]);
	});

	it('gives { deleted: true } for a deletion', () => expect(deleted()).toEqual({ deleted: true }));
});
