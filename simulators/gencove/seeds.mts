import { filesOf, GENOME_TYPES, INPUT_TYPES, newFile } from './files.mts';
import type { Capability, ExplorerInstance, Modification, Organization, Pipeline, Project, QualityControl, Sample, User } from './records.mts';

/** The same ids at each start; the first digit tells what a thing is. */
const seedId = (kind: string, number: number) => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const HOUR = 3_600_000;
const BEGIN = Date.parse('2026-01-05T09:00:00.250Z');

// the same at each start, so that a credential saved in n8n stays good
export const API_KEY = 'simulated-gencove-api-key';
export const LOGIN = { email: 'user@example.org', password: 'simulated-password' };
export const MFA = { email: 'mfa@example.org', password: 'simulated-password', code: '123456' };
export const USER_ID = seedId('1', 1);

const user = (number: number, name: string, more: Pick<User, 'email' | 'password' | 'role'> & Partial<User>): User => ({ id: seedId('1', number), name, createdAt: BEGIN - 90 * 24 * HOUR, active: true, otp: null, ...more });

export const users = (): User[] => [
	user(1, 'Simulated Owner', { ...LOGIN, role: 'owner' }),
	user(2, 'Simulated Member', { email: MFA.email, password: MFA.password, otp: MFA.code, role: 'member' }),
];

export const organization = (): Organization => ({
	id: seedId('2', 1),
	name: 'Simulated Genomics',
	expireUploadsPeriodDays: 30,
	archivePeriodDays: 30,
	archiveRestorePeriodDays: 12,
	explorerOverrideInactivity: false,
	explorerInactivityHours: 3,
});

const MODIFICATIONS: Modification[] = [
	{ key: 'soft_qc', value: false },
	{ key: 'loo', value: false },
	{ key: 'downsample_to_bases_max', value: true },
];

const capability = (number: number, name: string, key: string, more: Partial<Capability>): Capability => ({
	id: seedId('3', number),
	name,
	key,
	private: false,
	mergeVcfs: true,
	modifications: MODIFICATIONS,
	species: null,
	category: null,
	description: null,
	batchTypes: [],
	...more,
});

export const CAPABILITIES: Capability[] = [
	capability(1, 'Cattle low-pass v3.0 [0.1x-6x]', 'simulated/cow/v3', { species: 'cow', category: 'Agriculture Animals & Plant Genomics', batchTypes: ['illuminasnp50', 'illuminahd'] }),
	capability(2, 'Human low-pass GRCh38 v6.1 [0.1x-6x]', 'simulated/human/grch38', { species: 'human', category: 'Human Genomics', description: 'Low-pass sequencing of human samples, simulated.' }),
	capability(3, 'Maize low-pass v1.2 [0.1x-6x]', 'simulated/maize/v1', { species: 'maize', category: 'Agriculture Animals & Plant Genomics' }),
	capability(4, 'Domestic cat low-pass v2.0 [0.1x-6x]', 'simulated/cat/v2', { species: 'cat', category: 'Companion Animals' }),
	capability(5, 'Import FASTQs v1.0', 'simulated/other/import', { mergeVcfs: false, modifications: [], category: 'Other' }),
];
export const [COW, HUMAN, MAIZE, CAT] = CAPABILITIES.map(({ id }) => id);

/** The newest one comes last. */
export const PIPELINES: Pipeline[] = Array.from({ length: 12 }, (_, index) => ({
	id: seedId('4', index + 1),
	version: `simulated-${index + 1}.0`,
	createdAt: BEGIN - (12 - index) * 30 * 24 * HOUR,
	capabilities: CAPABILITIES.map(({ id }) => id),
}));

const project = (number: number, name: string, capability: string, more: Partial<Project> = {}): Project => ({
	id: seedId('5', number),
	name,
	description: '',
	createdAt: BEGIN + number * HOUR,
	modifiedAt: BEGIN + number * HOUR,
	hidden: false,
	locked: false,
	shared: false,
	capability,
	modifications: MODIFICATIONS,
	files: [],
	manifests: [],
	mergeJob: null,
	...more,
});

export const PROJECTS = { cattle: seedId('5', 1), human: seedId('5', 2), empty: seedId('5', 3), hidden: seedId('5', 4) };

/** One with many samples, one with a sample in each state and files of its own, an empty one, a hidden one. */
export const seededProjects = (): Project[] => [
	project(1, 'Cattle 2026', COW),
	project(2, 'Human pilot', HUMAN, {
		description: 'Samples in every state',
		files: [...GENOME_TYPES, 'jointcalled-vcf', 'jointcalled-vcf_indexed'].map((type, index) => newFile(seedId('5', 2), type, { id: seedId('8', index + 1) })),
	}),
	project(3, 'Maize trial', MAIZE),
	project(4, 'Cats, finished', CAT, { hidden: true }),
];

const QC: QualityControl[] = [
	{ key: 'format', expected: null, measured: null, text: '', status: 'succeeded' },
	{ key: 'bases', expected: 1_000_000, measured: 3_300_000, text: '', status: 'succeeded' },
	{ key: 'effective_coverage', expected: 0.1, measured: 0.52, text: '', status: 'succeeded' },
];

interface Wanted {
	number: number;
	projectId: string;
	clientId: string;
	status?: string;
	archive?: string | null;
	hidden?: boolean;
	human?: boolean;
}

function sample({ number, projectId, clientId, status = 'succeeded', archive = 'available', hidden = false, human = false }: Wanted): Sample {
	const id = seedId('6', number);
	const createdAt = BEGIN + 24 * HOUR + number * 60_000;
	const files = INPUT_TYPES.map((type, index) => newFile(id, type, { id: seedId('7', number * 100 + index) }));
	const archived = archive === 'archived' ? [{ id: seedId('c', number), status: 'archived', at: createdAt + 30 * 24 * HOUR, transitionCutoff: null }] : [];
	return {
		id,
		projectId,
		run: seedId('b', number),
		createdAt,
		modifiedAt: createdAt + HOUR,
		hidden,
		clientId,
		physicalId: '',
		legacyId: '',
		history: [
			{ id: seedId('9', number * 10), status: 'running', note: '', at: createdAt },
			...(status === 'running' ? [] : [{ id: seedId('9', number * 10 + 1), status, note: '', at: createdAt + HOUR }]),
		],
		archive: archive === null ? null : [{ id: seedId('a', number), status: 'available', at: createdAt, transitionCutoff: null }, ...archived],
		qualityControls: status === 'running' ? [] : qualityControlsOf(status),
		metadata: number % 10 === 1 ? { batch: `week ${number}` } : null,
		files: filesOf({ id, files }, status === 'succeeded', human),
	};
}

/** The quality controls of a sample that ended with this status. */
export const qualityControlsOf = (status: string): QualityControl[] => (status === 'failed qc' ? [{ ...QC[0], status: 'failed' }, ...QC.slice(1).map((one) => ({ ...one, measured: 0 }))] : QC);

/** Of the pilot's samples, what each of them shows. */
const PILOT: Array<Omit<Wanted, 'number' | 'projectId'>> = [
	{ clientId: 'PILOT-SUCCEEDED' },
	{ clientId: 'PILOT-FAILED-QC', status: 'failed qc' },
	{ clientId: 'PILOT-FAILED', status: 'failed' },
	{ clientId: 'PILOT-RUNNING', status: 'running' },
	{ clientId: 'PILOT-CANCELED', status: 'canceled' },
	{ clientId: 'PILOT-ARCHIVED', archive: 'archived' },
	{ clientId: 'PILOT-HIDDEN', hidden: true },
	{ clientId: '' },
	{ clientId: 'PILOT-SUCCEEDED-2' },
];

export const SAMPLES = { succeeded: seedId('6', 1001), failedQc: seedId('6', 1002), failed: seedId('6', 1003), running: seedId('6', 1004), archived: seedId('6', 1006), unnamed: seedId('6', 1008) };

/** More than two pages of cattle, every 50th of which failed; then the pilot's. */
export const seededSamples = (): Sample[] => [
	...Array.from({ length: 450 }, (_, index) =>
		sample({ number: index + 1, projectId: PROJECTS.cattle, clientId: `COW-${String(index + 1).padStart(4, '0')}`, status: index % 50 === 49 ? 'failed qc' : 'succeeded' }),
	),
	...PILOT.map((one, index) => sample({ ...one, number: 1001 + index, projectId: PROJECTS.human, human: true })),
];

export const explorerInstance = (): ExplorerInstance => ({ id: seedId('d', 1), status: 'stopped', stopAfterInactivityHours: null });
