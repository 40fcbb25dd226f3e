import type { Entity, Order, OrderFields, Run, Sample } from './records.mts';
import { LABFLOWS, ORGANIZATIONS, PIPELINE_SEEDS, PROJECTS, PROJECT_SEEDS, seedId, seedTime, USERS } from './seeds.mts';
import type { State } from './state.mts';

const { main, other, foreign } = PROJECTS;

/** Id, project and display id of a new seed, and when it was made. */
interface Begun {
	id: string;
	projectId: string;
	displayId: string;
	at: number;
}

const entity = ({ id, projectId, displayId, at }: Begun, more: Partial<Entity> = {}): Entity => ({
	id,
	projectId,
	displayId,
	tags: [],
	properties: {},
	createdAt: at,
	updatedAt: at,
	createdBy: USERS.person.id,
	...more,
});

/** The fields of an order that nobody has set. */
export const emptyFields = (priority: string): OrderFields => ({
	mode: null,
	priority,
	accession_number: null,
	external_id: null,
	description: null,
	clinical_indication: null,
	test_type: null,
	ordering_provider: null,
	ordering_facility: null,
	received_date: null,
	due_date: null,
});

/** An order that was made in one go. */
export function orderOf(begun: Begun, { status, fields, samples = [], ...more }: { status: string; fields?: Partial<OrderFields>; samples?: Array<[string, string | null]> } & Partial<Entity>): Order {
	const labflowId = begun.projectId === main ? LABFLOWS[2].id : null;
	return { ...entity(begun, more), status, fields: { ...emptyFields('medium'), ...fields }, samples: new Map(samples), labflowId, lastTransition: null };
}

const SUBJECTS: Array<[displayId: string, properties: Record<string, unknown>]> = [
	['P 001', { sex: 'unknown', surname: 'Testperson', external_id: 'LIS-P1' }],
	['P 002', { sex: 'female', date_of_birth: '1970-01-01' }],
	['P 003', { sex: 'male', hpo_terms: ['HP:0000001'] }],
	['P 004', { sex: 'other' }],
	['Trio/Child', { sex: 'female', first_name: 'Test', surname: 'Testperson' }],
];

// all types, and one of a laboratory's own; the subjects by their numbers
const SAMPLES: Array<[displayId: string, subject: number, properties: Record<string, unknown>]> = [
	['P 001-T', 1, { sample_type: 'ffpe', barcode: 'BC9', tissue: 'lung', collection_date: '2026-01-02', sequencing_type: 'Panel', specimen_type: 'FFPE' }],
	['P 001-N', 1, { sample_type: 'germline', specimen_type: 'Blood' }],
	['P 002-G', 2, { sample_type: 'germline', sequencing_type: 'WGS' }],
	['P 003-S', 3, { sample_type: 'somatic' }],
	['P 003-L', 3, { sample_type: 'liquid_biopsy' }],
	['P 004-U', 4, { sample_type: 'unknown' }],
	['P 005-O', 5, { sample_type: 'organoid' }],
	['P 005-G', 5, { sample_type: 'germline', notes: 'second draw' }],
];

const sampleId = (number: number): string => seedId(2, number);

type OrderSeed = [displayId: string, status: string, fields: Partial<OrderFields>, samples: Array<[string, string | null]>];

// the last three are old rows, with words that no order gets any more
const ORDERS: OrderSeed[] = [
	['CASE-11', 'created', { mode: 'hereditary', priority: 'low' }, []],
	['CASE-12', 'analyzing', { priority: 'urgent', test_type: 'Panel' }, [[sampleId(3), 'proband']]],
	['CASE-13', 'review', { mode: 'hereditary', priority: 'high' }, [[sampleId(8), 'proband']]],
	['CASE-14', 'sign_off', { mode: 'somatic' }, [[sampleId(4), null]]],
	['CASE-15', 'completed', { mode: 'somatic' }, [[sampleId(5), null]]],
	['CASE-16', 'cancelled', {}, []],
	[
		'CASE-17',
		'review',
		{ mode: 'somatic', accession_number: 'ACC-17', external_id: 'LIS-881', clinical_indication: 'example text', ordering_provider: 'Provider A', ordering_facility: 'Site B' },
		[[sampleId(1), 'tumour'], [sampleId(2), 'normal']],
	],
	['CASE/18', 'created', {}, []],
	['CASE-03', 'reviewed', { priority: 'routine' }, []],
	['CASE-02', 'signed_off', { priority: 'stat' }, []],
	['CASE-01', 'amended', { priority: 'routine' }, []],
];

// all states; the pipelines by their numbers. What waits or works here goes on doing so
const RUNS: Array<[displayId: string, pipeline: number, status: string, order: number | null]> = [
	['demo-reporter-0001', 2, 'queued', 2],
	['demo-reporter-0002', 2, 'running', 2],
	['demo-reporter-0003', 2, 'succeeded', 7],
	['demo-reporter-0004', 1, 'cancelled', null],
	['always-fails-0001', 5, 'failed', 7],
	['demo-nextflow-0001', 4, 'succeeded', null],
];

/** Puts the seeds into an empty state. */
export function fill(state: State): void {
	for (const organization of ORGANIZATIONS) state.organizations.set(organization.id, organization);
	for (const project of PROJECT_SEEDS) state.projects.set(project.id, { ...project });
	for (const pipeline of PIPELINE_SEEDS) state.pipelines.set(pipeline.id, { ...pipeline });
	for (const labflow of LABFLOWS) state.labflows.set(labflow.id, labflow);
	SUBJECTS.forEach(([displayId, properties], at) => state.subjects.set(seedId(1, at + 1), entity({ id: seedId(1, at + 1), projectId: main, displayId, at: seedTime(24 + at) }, { properties })));
	SAMPLES.forEach(([displayId, subject, properties], at) => state.samples.set(sampleId(at + 1), sample({ id: sampleId(at + 1), projectId: main, displayId, at: seedTime(48 + at) }, subject, properties)));
	ORDERS.forEach(([displayId, status, fields, samples], at) => state.orders.set(seedId(5, at + 1), orderOf({ id: seedId(5, at + 1), projectId: main, displayId, at: seedTime(72 + at) }, { status, fields, samples })));
	RUNS.forEach((seed, at) => state.runs.set(seedId(4, at + 1), run(seedId(4, at + 1), seed, seedTime(96 + at))));
	const [record] = [{ id: seedId(6, 1), projectId: main, sampleId: sampleId(1), filename: 'a_R1.fastq.gz', path: 'samples/p-001-t/uploads/a_R1.fastq.gz', tags: ['fastq_1'], sizeBytes: 43, createdAt: seedTime(90) }];
	state.fileRecords.set(record.id, record);
	fillOthers(state);
}

function sample(begun: Begun, subject: number, properties: Record<string, unknown>): Sample {
	return { ...entity(begun, { properties }), subjectId: seedId(1, subject) };
}

function run(id: string, [displayId, pipeline, status, order]: (typeof RUNS)[number], at: number): Run {
	const isDone = !['queued', 'running'].includes(status);
	return {
		...entity({ id, projectId: main, displayId, at }, { tags: ['seed'] }),
		pipelineId: seedId(3, pipeline),
		orderId: order === null ? null : seedId(5, order),
		status,
		params: { panels: ['x', 'y'] },
		profile: null,
		callbackUrl: null,
		base: '',
		errorMessage: status === 'failed' ? 'Task report exited with code 1' : null,
		startedAt: status === 'queued' ? null : at + 60_000,
		finishedAt: isDone ? at + 600_000 : null,
	};
}

/** 130 orders in the second project, and something of each kind in the one that is not the caller's. */
function fillOthers(state: State): void {
	for (let number = 1; number <= 130; number++) {
		const id = `55555555-bbbb-4bbb-8ccc-${String(number).padStart(12, '0')}`;
		state.orders.set(id, orderOf({ id, projectId: other, displayId: `BULK-${String(number).padStart(3, '0')}`, at: seedTime(number / 60) }, { status: number % 10 === 0 ? 'completed' : 'created' }));
	}
	state.subjects.set(seedId(1, 90), entity({ id: seedId(1, 90), projectId: foreign, displayId: 'F 001', at: seedTime(1) }));
	state.samples.set(sampleId(90), { ...entity({ id: sampleId(90), projectId: foreign, displayId: 'F 001-G', at: seedTime(1) }), subjectId: seedId(1, 90) });
	state.orders.set(seedId(5, 90), orderOf({ id: seedId(5, 90), projectId: foreign, displayId: 'FOREIGN-1', at: seedTime(1) }, { status: 'created' }));
}
