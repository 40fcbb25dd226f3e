import type { IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { GalateaBioApi } from '../../credentials/GalateaBioApi.credentials.ts';
import { GalateaBio } from '../../nodes/GalateaBio/GalateaBio.node.ts';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const { listSearch } = new GalateaBio().methods;

/** The means that n8n gives to a searchable list, as far as the node uses them; `chosen` are the other fields. */
function editor(chosen: IDataObject = {}): ILoadOptionsFunctions {
	const { data } = bench.credential();
	return {
		getCredentials: async () => data,
		getNode: () => ({ name: 'GalateaBio', type: 'galateaBio', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
		getCurrentNodeParameter: (name: string) => chosen[name],
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				const { url, method, headers } = await new GalateaBioApi().authenticate(data, options);
				const answer = await fetch(url, { method, headers: headers as Record<string, string> });
				return { statusCode: answer.status, headers: {}, body: await answer.text() };
			},
		},
	} as unknown as ILoadOptionsFunctions;
}

async function order(family: string, more: IDataObject = {}): Promise<string> {
	const [{ id }] = await bench.json('order', 'submit', { sourceFileId: byId(await bench.validFile()), model: byId(family), waitForCompletion: true, ...more });
	return String(id);
}

it('lists the results of an order whose ID was typed in capitals', async () => {
	const orderId = (await order('skywalker-2.1')).toUpperCase();
	const { results } = await listSearch.searchResults.call(editor({ orderId }));
	expect(results.map(({ value }) => value)).toContain('SUMMARY_SUPERSET');
});

it('names reports as the fields do, and those that it does not know by their code', async () => {
	const orderId = await order('mysterio-1.2', { additionalFields: { reportTypes: ['PRS_RUO_CARDIO'] } });
	const names = async () => (await listSearch.searchReports.call(editor({ orderId }))).results.map(({ name }) => name);
	expect(await names()).toEqual([expect.stringMatching(/^sim\.1\.\d+, Research Use Only, Cardio \(COMPLETED\)$/)]);
	bench.simulator.faults.add({ kind: 'status', status: 200, path: '/pdf_report', body: { count: 1, next: null, previous: null, results: [{ id: 'a', sample_id: 's', report_type: 'PRS_NEW', status: 'PENDING' }] } });
	expect(await names()).toEqual(['s, PRS_NEW (PENDING)']);
});
