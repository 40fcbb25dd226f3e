import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const settings = async (changes: object) => await bench.control('POST', 'settings', changes);
const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error;
const more = (additionalFields: IDataObject) => ({ additionalFields });
const P_001 = '11111111-aaaa-4bbb-8ccc-000000000001';

/** Every field of a thing, as the editor gives it, and as it arrives. */
const SUBJECT = {
	given: {
		displayId: 'P-100', tags: 'a, b', properties: '{"room": 7, "sex": "other"}', sex: 'female', dateOfBirth: '1980-02-03', externalId: 'X1', diagnosis: 'D1', clinicalNotes: 'first\nsecond', firstName: 'F1', surname: 'S1',
		gender: 'G1', hpoTerms: 'HP:0001250, HP:0001263', phenotypeDescription: 'P1', orderingPhysician: 'O1', extraFields: '{"cohort": 7}',
	},
	arrived: {
		display_id: 'P-100', tags: ['a', 'b'], cohort: 7,
		properties: {
			room: 7, sex: 'female', date_of_birth: '1980-02-03', external_id: 'X1', diagnosis: 'D1', clinical_notes: 'first\nsecond', first_name: 'F1', surname: 'S1', gender: 'G1', hpo_terms: ['HP:0001250', 'HP:0001263'],
			phenotype_description: 'P1', ordering_physician: 'O1',
		},
	},
};
const SAMPLE = {
	given: {
		displayId: 'P-100-T', tags: 't', properties: '{"rack": {"row": 1}}', sampleType: 'liquid_biopsy', externalId: 'X2', barcode: 'B1', tissue: 'blood', notes: 'N1', collectionDate: '2026-01-02', specimenType: 'Blood', specimenId: 'I1',
		sequencingDate: '2026-01-03', sequencingType: 'WES', source: 'L1', extraFields: '{"cohort": 7}',
	},
	arrived: {
		display_id: 'P-100-T', tags: ['t'], cohort: 7,
		properties: {
			rack: { row: 1 }, sample_type: 'liquid_biopsy', external_id: 'X2', barcode: 'B1', tissue: 'blood', notes: 'N1', collection_date: '2026-01-02', specimen_type: 'Blood', specimen_id: 'I1', sequencing_date: '2026-01-03',
			sequencing_type: 'WES', source: 'L1',
		},
	},
};

describe.each(LAYOUTS)('with %s', (layout) => {
	it('a subject is made with all that can be told of it: what describes it among its properties', async () => {
		const [subject] = await bench.through(layout, 'subject', 'create', more(SUBJECT.given));
		expect(bench.sent('POST /miner/subjects')).toEqual([SUBJECT.arrived]);
		expect(subject).toMatchObject({ subject_id: 'P-100', properties: SUBJECT.arrived.properties });
		expect(await bench.through(layout, 'subject', 'get', { subjectId: byId('P-100') })).toEqual([subject]);
	});

	it('a subject is changed in all that can be told of it, its ID under both names', async () => {
		const [subject] = await bench.through(layout, 'subject', 'update', { subjectId: byId('P 002'), ...more(SUBJECT.given) });
		expect(bench.sent('PATCH /miner/subjects/{id}')).toEqual([{ ...SUBJECT.arrived, subject_id: 'P-100' }]);
		expect(subject).toMatchObject({ subject_id: 'P-100', properties: SUBJECT.arrived.properties });
	});

	it('a sample is made with all that can be told of it, for a subject by any of its IDs', async () => {
		for (const [id, extra] of [['P 001', SAMPLE.given], ['p-001', {}], [P_001, {}]] as const) {
			const [sample] = await bench.through(layout, 'sample', 'create', { subjectId: byId(id), ...more(extra) });
			expect(sample).toMatchObject({ subject_id: P_001, subject_display_id: 'P 001' });
		}
		expect(bench.sent('POST /miner/samples')).toEqual([{ subject_id: 'P 001', ...SAMPLE.arrived }, { subject_id: 'p-001' }, { subject_id: P_001 }]);
	});

	it('a sample is changed in all that can be told of it, and given to another subject', async () => {
		const [sample] = await bench.through(layout, 'sample', 'update', { sampleId: byId('P 003-L'), ...more({ ...SAMPLE.given, newSubjectId: byId('P 001') }) });
		expect(bench.sent('PATCH /miner/samples/{id}')).toEqual([{ ...SAMPLE.arrived, sample_id: 'P-100-T', subject_id: 'P 001' }]);
		expect(sample).toMatchObject({ sample_id: 'P-100-T', subject_display_id: 'P 001', properties: SAMPLE.arrived.properties });
	});

	it('the info of a sample is handed on as it is, also for an order', async () => {
		const [info] = await bench.through(layout, 'sample', 'getSampleInfo', { sampleId: byId('P 001-T') });
		expect(info).toMatchObject({ sample_id: 'P 001-T', sex: 'unknown', tissue: 'lung', files: expect.arrayContaining(['samples/p-001-t/uploads/a_R1.fastq.gz']) });
		expect(await bench.through(layout, 'sample', 'getSampleInfo', { sampleId: byId('P 001-T'), ...more({ forOrder: byId('CASE-17') }) })).toMatchObject([{ ...info, accession_number: 'ACC-17' }]);
		expect(bench.arrived().map(({ query }) => query.order_id)).toEqual([undefined, ['CASE-17']]);
	});
});

it('things are made of nothing: iFlow names them', async () => {
	expect(await json('subject', 'create')).toMatchObject([{ subject_id: 'SUBJ-1' }]);
	expect(await json('sample', 'create', { subjectId: byId('SUBJ-1') })).toMatchObject([{ sample_id: 'SMPL-1', subject_display_id: 'SUBJ-1' }]);
});

it('a change sends what is given and nothing else, and the rest stays', async () => {
	expect(await json('subject', 'update', { subjectId: byId('P 001'), ...more({ diagnosis: 'new' }) })).toMatchObject([{ properties: { surname: 'Testperson', external_id: 'LIS-P1', diagnosis: 'new' } }]);
	expect(await json('sample', 'update', { sampleId: byId('P 001-T'), ...more({ tags: 'x' }) })).toMatchObject([{ tags: ['x'], properties: { tissue: 'lung' } }]);
	expect([...bench.sent('PATCH /miner/subjects/{id}'), ...bench.sent('PATCH /miner/samples/{id}')]).toEqual([{ properties: { diagnosis: 'new' } }, { tags: ['x'] }]);
	for (const [resource, id] of [['subject', { subjectId: byId('P 001') }], ['sample', { sampleId: byId('P 001-T') }]] as const) {
		expect(await failure(resource, 'update', { ...id, ...more({ surname: ' ', lookup: false }) })).toMatchObject({ message: 'Nothing is to be changed' });
	}
	expect(bench.arrived()).toHaveLength(2);
});

describe('More Fields', () => {
	it('count over all others, key by key, also inside the properties', async () => {
		await json('subject', 'create', more({ displayId: 'P-100', surname: 'S1', properties: '{"room": 7}', extraFields: '{"display_id": "P-200", "sex": "male", "properties": {"surname": null, "ward": "B"}}' }));
		expect(bench.sent('POST /miner/subjects')).toEqual([{ display_id: 'P-200', sex: 'male', properties: { room: 7, surname: null, ward: 'B' } }]);
	});

	it('are enough for a change by themselves', async () => {
		await json('sample', 'update', { sampleId: byId('P 001-T'), ...more({ extraFields: { properties: { barcode: 'BC10' } } }) });
		expect(bench.sent('PATCH /miner/samples/{id}')).toEqual([{ properties: { barcode: 'BC10' } }]);
	});

	it.each([
		['{"a": ', '"More Fields (JSON)" is not valid JSON'],
		['[1]', '"More Fields (JSON)" is no object'],
		['7', '"More Fields (JSON)" is no object'],
	])('as %s are refused before anything is sent', async (extraFields, message) => {
		expect((await failure('subject', 'create', more({ extraFields })))?.message).toBe(message);
		expect((await failure('subject', 'create', more({ properties: extraFields })))?.message).toBe(message.replace('More Fields (JSON)', 'Properties'));
		expect(bench.arrived()).toEqual([]);
	});
});

it('a type of sample of one\'s own may be given by an expression', async () => {
	const items = [{ json: { type: 'organoid' } }];
	expect(await json('sample', 'create', { subjectId: byId('P 001'), ...more({ sampleType: '={{ $json.type }}' }) }, { items })).toMatchObject([{ properties: { sample_type: 'organoid' } }]);
	expect(await json('sample', 'getAll', { filters: { sampleType: '={{ $json.type }}', ofSubject: byId('P 001'), search: 'SMPL' } }, { items })).toHaveLength(1);
	expect(bench.arrived('GET /miner/samples')[0].query).toEqual({ sample_type: ['organoid'], subject_id: ['P 001'], search: ['SMPL'], limit: ['50'] });
});

it('dates are days, in the time zone of the workflow', async () => {
	const at = { workflowSettings: { timezone: 'America/New_York' } };
	await json('sample', 'create', { subjectId: byId('P 001'), ...more({ collectionDate: '2026-01-02T03:00:00Z', sequencingDate: '2026-01-02T10:00:00' }) }, at);
	expect(bench.sent('POST /miner/samples')).toMatchObject([{ properties: { collection_date: '2026-01-01', sequencing_date: '2026-01-02' } }]);
	expect((await failure('subject', 'create', more({ dateOfBirth: 'soon' })))?.message).toBe('"Date of Birth" is not a date');
});

describe('what is shown', () => {
	const SUBJECT_NAMES = ['id', 'subject_id', 'display_id', 'tags', 'properties', 'created_at', 'updated_at'];
	const SAMPLE_NAMES = ['id', 'sample_id', 'display_id', 'subject_id', 'subject_display_id', 'tags', 'properties', 'created_at', 'updated_at'];

	it.each([
		['subject', 'get', { subjectId: byId('P 001') }, SUBJECT_NAMES],
		['subject', 'getAll', { limit: 1 }, SUBJECT_NAMES],
		['subject', 'create', {}, SUBJECT_NAMES],
		['subject', 'update', { subjectId: byId('P 001'), ...more({ sex: 'male' }) }, SUBJECT_NAMES],
		['sample', 'get', { sampleId: byId('P 001-T') }, SAMPLE_NAMES],
		['sample', 'getAll', { limit: 1 }, SAMPLE_NAMES],
		['sample', 'create', { subjectId: byId('P 001') }, SAMPLE_NAMES],
		['sample', 'update', { sampleId: byId('P 001-T'), ...more({ tags: 'x' }) }, SAMPLE_NAMES],
	])('by %s %s are the most useful fields, or all', async (resource, operation, parameters, names) => {
		expect((await json(resource, operation, parameters as IDataObject)).map(Object.keys)).toEqual([names]);
		const [whole] = await json(resource, operation, { ...parameters, simplify: false });
		expect(Object.keys(whole)).toEqual(expect.arrayContaining([...names, 'project_id', 'created_by']));
	});

	it('keeps what an older server calls it, and all that is not known', async () => {
		bench.simulator.faults.add({ kind: 'status', status: 200, body: { id: '1', name: 'OLD-1', sex: 'female' }, times: 2 });
		expect(await json('subject', 'get', { subjectId: byId('OLD-1') })).toEqual([{ id: '1', name: 'OLD-1' }]);
		expect(await json('subject', 'get', { subjectId: byId('OLD-1'), simplify: false })).toEqual([{ id: '1', name: 'OLD-1', sex: 'female' }]);
	});
});

it('a subject takes its samples with it, and they leave their orders', async () => {
	await json('subject', 'delete', { subjectId: byId('P 001') });
	expect(await json('sample', 'getAll', { filters: { search: 'P 001' } })).toEqual([]);
	expect(await json('order', 'getSamples', { orderId: byId('CASE-17') })).toEqual([]);
});

it('what has files keeps its ID, and an ID is given once', async () => {
	expect((await failure('sample', 'update', { sampleId: byId('P 001-T'), ...more({ displayId: 'other' }) }))?.message).toBe('iFlow refused the request: It has files already and cannot be renamed');
	expect((await failure('subject', 'create', more({ displayId: 'P 001' })))?.message).toContain('already exists in this project');
});

it('a server that replaces properties is given those that are meant to stay', async () => {
	await settings({ patchProperties: 'replace' });
	const [subject] = await json('subject', 'get', { subjectId: byId('P 001') });
	const items = [{ json: subject }];
	expect(await json('subject', 'update', { subjectId: byId('P 001'), ...more({ properties: '={{ $json.properties }}', sex: 'male' }) }, { items })).toMatchObject([{ properties: { surname: 'Testperson', external_id: 'LIS-P1', sex: 'male' } }]);
});

it('labflows are found by their scope, and shown with their stages', async () => {
	const { emptyProjectId } = bench.simulator.info;
	expect((await json('labflow', 'getAll')).map(({ scope }) => scope)).toEqual(['project', 'org', 'system']);
	const [labflow] = await json('labflow', 'getAll', { filters: { scope: 'project' } });
	expect(bench.arrived('GET /miner/labflows').map(({ query }) => query)).toEqual([{}, { scope: ['project'] }]);
	expect(await json('labflow', 'get', { labflowId: byId(String(labflow.id)) })).toEqual([labflow]);
	// that of one project is none of another's
	expect((await failure('labflow', 'get', { projectId: byId(emptyProjectId), labflowId: byId(String(labflow.id)) }))?.message).toBe('iFlow did not find it: Labflow not found');
});
