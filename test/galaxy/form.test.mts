import { asAdmin } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const XML = '<form id="1"><name>Sample</name><fields><field><name>tissue</name><type>TextField</type></field></fields></form>';
const FORM = { model_class: 'FormDefinition', id: 'aaaaaaaaaaaaaaaa', name: 'Sample', desc: null, form_definition_current_id: 'bbbbbbbbbbbbbbbb', fields: [{ name: 'tissue', type: 'TextField' }], layout: [] };

/** Answers that this server does not give, since it makes no forms. */
const answer = (method: string, body: unknown) => bench.simulator.faults.add({ method, path: '/api/forms', kind: 'status', status: 200, body });

describe('forms', () => {
	it('are listed for administrators', async () => {
		expect(await json('form', 'getAll')).toEqual(expect.any(Array));
		bench.login = 'user';
		expect((await bench.run('form', 'getAll')).error?.message).toMatch(/^Galaxy does not allow this: You are not authorized/);
	});

	it('are made (answered by a fault: the server itself fails)', async () => {
		expect((await bench.run('form', 'create', { xmlText: XML })).error?.message).toMatch(/^Galaxy is not able to answer now \(status 500\)/);
		answer('POST', [FORM]);
		expect(await json('form', 'create', { xmlText: XML })).toEqual([FORM]);
		expect(bench.arrived('POST forms')[0].body).toEqual({ xml_text: XML });
	});

	it('are read, deleted and brought back (answered by faults: there is none)', async () => {
		// of the right form, but of a user
		const { id } = await asAdmin<{ id: string }>(bench, 'GET users/current');
		const formId = byId(id);
		for (const operation of ['get', 'delete', 'undelete']) {
			expect((await bench.run('form', operation, { formId })).error?.message).toMatch(/^Galaxy refused the request: /);
		}
		answer('GET', FORM);
		expect(await json('form', 'get', { formId })).toEqual([FORM]);
		answer('DELETE', '');
		expect(await json('form', 'delete', { formId })).toEqual([{ deleted: true }]);
		answer('POST', '');
		expect(await json('form', 'undelete', { formId })).toEqual([{ success: true }]);
		answer('GET', [FORM]);
		expect(await bench.shown('searchForms', {}, 'samp')).toEqual([['Sample', FORM.id]]);
	});
});
