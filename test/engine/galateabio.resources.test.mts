import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const modelOf = (family: string) => byId(bench.simulator.info.models.find((entry) => entry.model_api_name === family)?.model_name as string);
const lastQuery = (route: string) => bench.arrived(route).at(-1)?.query;

/** An order that has ended well, by its ID. */
async function completedOrder(family = 'vader', more: IDataObject = {}): Promise<string> {
	const sourceFileId = byId(await bench.validFile());
	const [order] = await json('order', 'submit', { sourceFileId, model: modelOf(family), waitForCompletion: true, ...more });
	return String(order.id);
}

describe('an ID in capitals', () => {
	it('finds its file', async () => {
		const id = await bench.validFile();
		const fileId = byId(id.toUpperCase());
		expect(await json('file', 'get', { fileId })).toMatchObject([{ id }]);
		expect(await json('file', 'waitForValidation', { fileId })).toMatchObject([{ id, succeeded: true }]);
		expect(await json('file', 'update', { fileId, sampleAlias: 'a' })).toMatchObject([{ id, sample_alias: 'a' }]);
	});

	it('finds its order', async () => {
		const id = await completedOrder();
		const orderId = byId(id.toUpperCase());
		expect(await json('order', 'get', { orderId })).toMatchObject([{ id }]);
		expect(await json('order', 'waitForCompletion', { orderId })).toMatchObject([{ id, succeeded: true }]);
		expect(await json('pdfReport', 'getAll', { orderId })).toMatchObject([{ order_id: id }]);
	});
});

describe('tags', () => {
	it('are made, read, renamed, found by name and removed', async () => {
		const [made] = await json('tag', 'create', { name: ' cohort-7 ' });
		expect(made).toMatchObject({ name: 'cohort-7' });
		const tagId = byId(String(made.id));
		expect(await json('tag', 'get', { tagId })).toEqual([made]);
		expect(await json('tag', 'update', { tagId, name: 'cohort-8' })).toEqual([{ ...made, name: 'cohort-8' }]);
		expect(await json('tag', 'getAll', { filters: { tagName: 'cohort-8' } })).toHaveLength(1);
		expect(await json('tag', 'delete', { tagId })).toEqual([{ deleted: true }]);
		expect(await json('tag', 'getAll')).toEqual([]);
	});
});

describe('files', () => {
	it('get an alias for their sample, and lose it again', async () => {
		const fileId = byId(await bench.validFile());
		expect(await json('file', 'update', { fileId, sampleAlias: 'sample 12' })).toMatchObject([{ sample_alias: 'sample 12' }]);
		expect(await json('file', 'update', { fileId, sampleAlias: '' })).toMatchObject([{ sample_alias: null }]);
		expect(bench.arrived('PUT /data/files/{source_file_id}').at(-1)?.body).toEqual({ sample_alias: null });
	});

	it('are removed', async () => {
		const id = await bench.validFile();
		expect(await json('file', 'delete', { fileId: byId(id) })).toEqual([{ deleted: true }]);
		expect(await json('file', 'getAll', { filters: { onlyAcceptable: true } })).toEqual([]);
		const [file] = await json('file', 'get', { fileId: byId(id), simplify: false });
		expect(file.deleted_at).toBeTruthy();
	});

	it('are found by lists of IDs and organizations', async () => {
		const ids = [await bench.validFile('a.vcf.gz'), await bench.validFile('b.vcf.gz')];
		await json('file', 'getAll', { filters: { fileIds: ids.join(', '), organizationNames: ['Lab A', 'Lab B'] } });
		expect(lastQuery('GET /data/files')).toMatchObject({ files_ids: [ids.join(',')], org_names: ['Lab A,Lab B'] });
	});
});

describe('orders', () => {
	it('are listed by every filter', async () => {
		const orderIds = ['3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b', '4f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b'];
		const filters = {
			search: 'sample',
			modelName: 'vader-3.0',
			modelFamily: 'vader',
			orderIds: orderIds.join(),
			organizationNames: 'Lab A',
			startedFrom: '2026-01-31',
			startedUntil: '2026-02-28',
			status: 'Making report',
			statusGroup: 'running',
			tagIds: orderIds,
			type: 'WGS',
		};
		await json('order', 'getAll', { filters, limit: 7 });
		expect(lastQuery('GET /exec/orders')).toEqual({
			filter: ['sample'],
			model_name: ['vader-3.0'],
			model_api_name: ['vader'],
			orders_ids: [orderIds.join()],
			org_names: ['Lab A'],
			min_date: ['2026-01-31'],
			max_date: ['2026-02-28'],
			status: ['Making report'],
			status_group: ['running'],
			tags_ids: [orderIds.join()],
			type: ['WGS'],
			page: ['1'],
			page_size: ['7'],
		});
	});

	it('get tags, lose them again, and are found by them', async () => {
		const order = await completedOrder('skywalker');
		const [{ id: tag }] = await json('tag', 'create', { name: 'cohort-7' });
		const orderId = byId(order);
		expect(await json('order', 'updateTags', { orderId, newTagIds: [tag] })).toMatchObject([{ id: order, tags: [{ id: tag }] }]);
		expect(await json('order', 'getAll', { filters: { tagIds: tag } })).toHaveLength(1);
		expect(await json('order', 'updateTags', { orderId, newTagIds: '' })).toMatchObject([{ id: order, tags: [] }]);
		expect(bench.arrived('PATCH /exec/orders/{order_id}').at(-1)?.body).toEqual({ tags_ids: [] });
	});

	it('are waited for by their ID', async () => {
		const sourceFileId = byId(await bench.validFile());
		const [order] = await json('order', 'submit', { sourceFileId, model: modelOf('hutt') });
		const [ended] = await json('order', 'waitForCompletion', { orderId: byId(String(order.id)) });
		expect(ended).toMatchObject({ id: order.id, status: 'Completed', succeeded: true });
	});

	it('carry every detail of a report', async () => {
		const [{ id: tag }] = await json('tag', 'create', { name: 'cohort-7' });
		const day = '2026-01-02';
		await completedOrder('mysterio', {
			additionalFields: { tagIds: [tag], reportTypes: ['PRS_RUO_CANCER', 'PRS_CLINICAL_CARDIO'] },
			reportDetails: {
				patientName: 'Jane Roe', dateOfBirth: day, patientId: 'P-1', accession: 'A-1', sampleId: 'S-1', sex: 'Female', collected: day,
				received: day, specimenType: 'Saliva', providerName: 'Dr. Doe', referringFacility: 'Clinic', address: 'Somewhere 1',
			},
		});
		expect(bench.arrived('POST /exec/orders')[0].body).toMatchObject({
			tags_ids: [tag],
			pdf_report_types: ['PRS_RUO_CANCER', 'PRS_CLINICAL_CARDIO'],
			pdf_metadata: {
				patient_name: 'Jane Roe', dob: day, patient_id: 'P-1', accession: 'A-1', sample_id: 'S-1', sex: 'Female', collected: day,
				received: day, specimen_type: 'Saliva', provider_name: 'Dr. Doe', referring_facility: 'Clinic', address: 'Somewhere 1',
			},
		});
	});
});

describe('the rules for the reports of an order are checked before it is sent', () => {
	it.each([
		['mysterio', {}, 'needs report types'],
		['mysterio', { additionalFields: { reportTypes: ['PRS_RUO_CANCER'] } }, 'need the sex'],
		['vader', { additionalFields: { reportTypes: ['PRS_RUO_CANCER'] } }, 'takes no report types'],
		['vader', { reportDetails: { patientId: 'P-1' } }, 'need the name'],
		['skywalker', { reportDetails: { patientName: 'Jane Roe' } }, 'makes no reports'],
		['hutt', { additionalFields: { reportTypes: ['PRS_RUO_CARDIO'] } }, 'takes no report types'],
	])('%s %j', async (family, more, message) => {
		const parameters = { sourceFileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b'), model: modelOf(family), ...more };
		const { error } = await bench.run('order', 'submit', parameters);
		expect(error?.message).toContain(message);
		expect(error?.description).toMatch(/"(Report Types|Sex|Patient Name|Report Details)"/);
		expect(bench.arrived('POST /exec/orders')).toHaveLength(0);
	});

	it('a model that the organization does not have is unknown, whatever is said of reports', async () => {
		const parameters = { sourceFileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b'), model: byId('skywalker-0'), reportDetails: { patientName: 'Jane Roe' } };
		const { error } = await bench.run('order', 'submit', parameters);
		expect(error).toMatchObject({ message: 'Your organization has no model skywalker-0', description: expect.stringContaining('"Model"') });
		expect(bench.arrived('POST /exec/orders')).toHaveLength(0);
	});

	it.each([
		['mysterio', { additionalFields: { reportTypes: ['PRS_RUO_CARDIO'] } }, { pdf_metadata: {} }],
		['vader', { reportDetails: { patientName: 'Jane Roe' } }, { pdf_metadata: { patient_name: 'Jane Roe' } }],
		['vader', {}, {}],
	])('%s %j is fine', async (family, more, sent) => {
		await completedOrder(family, more);
		expect(bench.arrived('POST /exec/orders')[0].body).toMatchObject(sent);
	});
});

describe('results and reports', () => {
	it('are downloaded and read', async () => {
		const orderId = byId(await completedOrder());
		const { outputs } = await bench.run('result', 'download', { orderId, resultType: byId('SUMMARY_SUPERSET') });
		expect(outputs[0][0].json).toMatchObject({ fileName: expect.stringMatching(/\.tsv$/) });
		expect((await json('result', 'getJson', { orderId, jsonResultType: byId('DETAILED_CHROMS') })).length).toBeGreaterThan(0);
		expect((await json('result', 'getSamples', { orderId })).length).toBeGreaterThan(0);
	});

	it('come all in one ZIP', async () => {
		const { outputs } = await bench.run('pdfReport', 'downloadAll', { orderId: byId(await completedOrder()), outputField: 'reports' });
		const [{ json: about, binary }] = outputs[0];
		expect(about).toMatchObject({ mimeType: 'application/zip' });
		expect((await bench.engine.bytes(binary!.reports)).subarray(0, 2).toString()).toBe('PK');
	});

	it('are listed by every filter', async () => {
		const orderId = byId(await completedOrder());
		await json('pdfReport', 'getAll', { orderId, filters: { latest: true, reportType: 'ANCESTRY', reportVersion: '2', requestVersion: 1, sampleId: 'S-1' } });
		expect(lastQuery('GET /data/results/{order_id}/pdf_report')).toMatchObject({
			latest: ['true'], report_type: ['ANCESTRY'], report_version: ['2'], request_version: ['1'], sample_id: ['S-1'],
		});
	});
});

describe('sessions', () => {
	it('begin, are renewed and end', async () => {
		const { email, password } = bench.simulator.info.login;
		const [first] = await json('session', 'logIn', { email, password });
		expect(first).toEqual({ access: expect.any(String), refresh: expect.any(String), websocket_access: expect.any(String) });
		expect(bench.arrived('POST /users/auth')[0].authorized).toBe(false);
		const [second] = await json('session', 'refresh', { refreshToken: first.refresh, accessToken: first.access });
		expect(second.access).not.toBe(first.access);
		expect(await json('session', 'logOut', { refreshToken: second.refresh, accessToken: second.access })).toEqual([{ loggedOut: true }]);
	});

	it('do not begin with a wrong password, and the message does not repeat it', async () => {
		const { error } = await bench.run('session', 'logIn', { email: 'user@example.org', password: 'wrong-password' });
		expect(error).toMatchObject({ httpCode: '401' });
		expect(`${error?.message} ${error?.description}`).not.toContain('wrong-password');
	});
});
