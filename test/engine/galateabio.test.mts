import { Bench, byId } from './galateabio.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const model = (family: string) => byId(bench.simulator.info.models.find((entry) => entry.model_api_name === family)?.model_name as string);

describe('account and organization', () => {
	it('gets the profile without the secret of the webhooks', async () => {
		const [profile] = await json('account', 'getProfile', { simplify: false });
		expect(profile).toMatchObject({ email: bench.simulator.info.login.email, org: { id: bench.simulator.info.organizationId } });
		expect(JSON.stringify(profile)).not.toContain(bench.simulator.info.webhook.secret);
	});

	it('gets the organization', async () => {
		const [organization] = await json('organization', 'get');
		expect(organization.id).toBe(bench.simulator.info.organizationId);
		expect(organization.available_models).toEqual(expect.arrayContaining([expect.any(String)]));
	});

	it('gets the models of the own and of a named organization, deprecated ones too', async () => {
		const own = await json('organization', 'getModels');
		const all = await json('organization', 'getModels', { hideDeprecated: false, additionalFields: { organizationId: bench.simulator.info.organizationId } });
		expect(own.length).toBeGreaterThan(3);
		expect(all.length).toBeGreaterThan(own.length);
		expect(bench.arrived('GET /users/me')).toHaveLength(1);
	});
});

describe('files', () => {
	it('uploads a file, waits for its validation, finds it and downloads the same bytes', async () => {
		const bytes = Buffer.from('##fileformat=VCFv4.2\nchr1\t1\n'.repeat(1000));
		const items = [await bench.engine.itemWithFile(bytes, 'ñandú 1.vcf.gz')];
		const [uploaded] = await json('file', 'upload', { inputField: 'data' }, { items });
		expect(uploaded).toMatchObject({ status: 'PENDING', src_file_name: 'ñandú 1.vcf.gz', file_size_bytes: bytes.length });

		const fileId = byId(String(uploaded.id));
		const [valid] = await json('file', 'waitForValidation', { fileId });
		expect(valid).toMatchObject({ id: uploaded.id, status: 'VALID', finished: true, succeeded: true });

		const [got] = await json('file', 'get', { fileId });
		expect(got).toMatchObject({ id: uploaded.id, status: 'VALID' });

		const { outputs } = await bench.run('file', 'download', { fileId, outputField: 'genotypes' });
		const [{ json: about, binary }] = outputs[0];
		expect(about).toMatchObject({ fileName: 'ñandú 1.vcf.gz', fileSize: bytes.length });
		expect((await bench.engine.bytes(binary!.genotypes)).equals(bytes)).toBe(true);
	});

	it('tells why a file is not valid', async () => {
		const items = [await bench.engine.itemWithFile(Buffer.from('x'), 'not-valid.vcf.gz')];
		const { error } = await bench.run('file', 'upload', { waitForCompletion: true }, { items });
		expect(error?.message).toMatch(/^The file [0-9a-f-]{36} ended as "NOT_VALID"$/);
		expect(error?.description).toBeTruthy();
	});

	/** What an upload of so many bytes comes to. */
	async function uploadOf(bytes: number) {
		async function* content() {
			for (let left = bytes; left > 0; left -= 1 << 20) yield Buffer.alloc(Math.min(left, 1 << 20));
		}
		return await bench.run('file', 'upload', {}, { items: [await bench.engine.itemWithFile(content(), 'large.vcf.gz')] });
	}

	it.each([52_428_800, 53_477_376])('refuses a file of %i bytes before it sends one', async (bytes) => {
		const { error } = await uploadOf(bytes);
		expect(error).toMatchObject({ message: `"large.vcf.gz" is too large (${bytes} bytes)`, description: expect.stringContaining('SFTP') });
		expect(bench.arrived()).toHaveLength(0);
	});

	it.each([
		[49_999_999, []],
		[50_000_000, [{ type: 'warning', location: 'outputPane', message: expect.stringMatching(/^"large\.vcf\.gz" has 50000000 bytes.* SFTP/) }]],
		[52_428_799, [expect.objectContaining({ message: expect.stringContaining('52428799 bytes') })]],
	])('sends a file of %i bytes, and warns from 50 MB on', async (bytes, hints) => {
		const { outputs, run } = await uploadOf(bytes);
		expect(outputs[0][0].json).toMatchObject({ file_size_bytes: bytes, status: 'PENDING' });
		expect(Object.values(run.data.resultData.runData).flat().flatMap((task) => task.hints ?? [])).toEqual(hints);
	});

	it('lists files with every filter', async () => {
		await bench.validFile();
		const found = await json('file', 'getAll', {
			filters: { onlyAcceptable: true, search: 'sample', uploadedFrom: '2000-01-02T00:00:00', uploadedUntil: '2100-01-01T23:30:00Z', showVirtual: true },
		});
		expect(found).toHaveLength(1);
		expect(bench.arrived('GET /data/files').at(-1)?.query).toEqual({
			only_acceptable: ['true'],
			file: ['sample'],
			min_date: ['2000-01-02'],
			max_date: [expect.stringMatching(/^210\d-01-0[12]$/)],
			show_virtual: ['true'],
			page: ['1'],
			page_size: ['50'],
		});
	});

	it('says which field to look at when there is no such file', async () => {
		const { error } = await bench.run('file', 'get', { fileId: byId('00000000-0000-4000-8000-000000000000') });
		expect(error).toMatchObject({ message: expect.stringContaining('no file with the ID'), description: expect.stringContaining('"File"'), httpCode: '404' });
	});
});

describe('orders and reports', () => {
	it('submits an order, waits for it, lists its reports and downloads one', async () => {
		const sourceFileId = byId(await bench.validFile());
		const parameters = { sourceFileId, model: model('mysterio'), waitForCompletion: true, additionalFields: { reportTypes: ['PRS_RUO_CANCER'] }, reportDetails: { patientName: 'Jane Roe', sex: 'Female', dateOfBirth: '1980-02-03T00:00:00' } };
		const [order] = await json('order', 'submit', parameters);
		expect(order).toMatchObject({ status: 'Completed', finished: true, succeeded: true });
		expect(bench.arrived('POST /exec/orders')[0].body).toMatchObject({ pdf_report_types: ['PRS_RUO_CANCER'], pdf_metadata: { patient_name: 'Jane Roe', sex: 'Female', dob: '1980-02-03' } });

		const orderId = byId(String(order.id));
		const reports = await json('pdfReport', 'getAll', { orderId });
		expect(reports.length).toBeGreaterThan(0);
		const { outputs } = await bench.run('pdfReport', 'download', { orderId, reportId: reports[0].id as string });
		const [{ json: about, binary }] = outputs[0];
		expect(about).toMatchObject({ fileName: reports[0].pdf_file_name, mimeType: 'application/pdf', fileSize: reports[0].file_size_bytes });
		expect((await bench.engine.bytes(binary!.data)).subarray(0, 5).toString()).toBe('%PDF-');
	});

	it('gets and lists orders, and asks to cancel one', async () => {
		const sourceFileId = byId(await bench.validFile());
		const [order] = await json('order', 'submit', { sourceFileId, model: model('skywalker') });
		expect(order.status).toBe('Registered');
		const [canceled] = await json('order', 'cancel', { orderId: byId(String(order.id)) });
		expect(canceled).toMatchObject({ id: order.id, cancelRequested: true, message: expect.stringContaining('accepted') });
		await bench.simulator.clock.advance(60_000);
		const [now] = await json('order', 'get', { orderId: byId(String(order.id)) });
		expect(now.status).toBe('Canceled');
		expect(await json('order', 'getAll', { filters: { status: 'Canceled', statusGroup: 'failed' } })).toHaveLength(1);
		expect(await json('order', 'getAll', { filters: { status: 'Running' } })).toHaveLength(0);
	});

	it('gives the report details of an order out as data', async () => {
		const parameters = { sourceFileId: byId(await bench.validFile()), model: model('vader'), reportDetails: { patientName: 'Jane "JR" Roe' }, simplify: false };
		expect(await json('order', 'submit', parameters)).toMatchObject([{ status: 'Registered', pdf_metadata: { patient_name: 'Jane "JR" Roe' } }]);
		const [plain] = await json('order', 'submit', { ...parameters, reportDetails: {} });
		expect(plain).not.toHaveProperty('pdf_metadata');
	});

	it.each([['not JSON', 'not JSON'], [{ sex: 'Male' }, { sex: 'Male' }], [null, null]])('leaves report details as they are where they are no text of JSON: %j', async (sent, out) => {
		const parameters = { sourceFileId: byId(await bench.validFile()), model: model('vader'), simplify: false };
		bench.simulator.faults.add({ kind: 'status', status: 201, method: 'POST', path: '/exec/orders', body: [{ id: 'a', pdf_metadata: sent }] });
		expect(await json('order', 'submit', parameters)).toEqual([{ id: 'a', pdf_metadata: out }]);
	});

	it('keeps a patient out of the error of a refused order', async () => {
		const sourceFileId = byId(await bench.validFile());
		bench.simulator.faults.add({ kind: 'status', status: 422, method: 'POST', path: '/exec/orders', body: { detail: 'Jane Roe is not known' } });
		const { error } = await bench.run('order', 'submit', { sourceFileId, model: model('mysterio'), additionalFields: { reportTypes: ['PRS_RUO_CARDIO'] }, reportDetails: { patientName: 'Jane Roe' } });
		expect(error?.message).toBe('GalateaBio refused the request: *** is not known');
	});
});
