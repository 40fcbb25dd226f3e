import type { Labflow, Organization, Pipeline, Project, User } from './records.mts';

/** Ids of the seeds: the first digits tell the kind. */
export const seedId = (digit: number, number: number): string => `${String(digit).repeat(8)}-aaaa-4bbb-8ccc-${String(number).padStart(12, '0')}`;

const projectId = (number: number): string => `0f2d6c1e-3c55-4a0e-8f0e-6f0c2f0b7e0${number}`;

/** Ids of the projects, by what they show. */
export const PROJECTS = { main: projectId(1), other: projectId(2), empty: projectId(3), foreign: projectId(4) };
export const ORGANIZATION_ID = seedId(9, 1);
const OTHER_ORGANIZATION_ID = seedId(9, 2);

export const ORGANIZATIONS: Organization[] = [
	{ id: ORGANIZATION_ID, name: 'Sim Genomics', slug: 'sim-genomics' },
	{ id: OTHER_ORGANIZATION_ID, name: 'Sim Hospital', slug: 'sim-hospital' },
];

export const PROJECT_SEEDS: Project[] = [
	{ id: PROJECTS.main, name: 'Sim Main', slug: 'sim-main', orgId: ORGANIZATION_ID, backend: 'gcs', bucket: 'sim-main', shownBucket: 'sim-main', prefix: '' },
	{ id: PROJECTS.other, name: 'Sim Other', slug: 'sim-other', orgId: ORGANIZATION_ID, backend: 's3', bucket: 'sim-shared', shownBucket: 's3://sim-shared/', prefix: 'tenant-b/' },
	{ id: PROJECTS.empty, name: 'Sim Empty', slug: 'sim-empty', orgId: OTHER_ORGANIZATION_ID, backend: 'gcs', bucket: 'sim-empty', shownBucket: 'gs://sim-empty/', prefix: '' },
	{ id: PROJECTS.foreign, name: 'Sim Foreign', slug: 'sim-foreign', orgId: OTHER_ORGANIZATION_ID, backend: 'gcs', bucket: 'sim-foreign', shownBucket: null, prefix: '' },
];

const inOwn = (role: User['roles'][string]): User['roles'] => ({ [PROJECTS.main]: role, [PROJECTS.other]: role, [PROJECTS.empty]: role });

export const USERS = {
	machine: { id: 'user-1', email: 'n8n@machine.example.org', name: 'n8n', role: 'Contributor', ownerEmail: 'person@example.org', roles: inOwn('project_editor') },
	person: { id: 'user-2', email: 'person@example.org', name: 'Sim Person', role: 'Contributor', roles: inOwn('project_editor') },
	admin: { id: 'user-3', email: 'admin@example.org', name: 'Sim Admin', role: 'Admin', roles: inOwn('project_admin') },
	viewer: { id: 'user-4', email: 'viewer@example.org', name: 'Sim Viewer', role: 'Viewer', roles: { [PROJECTS.main]: 'project_viewer' } },
	demo: { id: 'user-5', email: 'demo@example.org', name: 'Sim Demo', role: 'Viewer', roles: { [PROJECTS.main]: 'demo_viewer' } },
	outsider: { id: 'user-6', email: 'outsider@example.org', name: 'Sim Outsider', role: 'Admin', roles: { [PROJECTS.foreign]: 'project_admin' } },
} satisfies Record<string, User>;

// the same at each start, so that a credential saved in n8n stays good
export const ACCESS_TOKEN = 'simulated-iflow-access';
export const ADMIN_TOKEN = 'simulated-iflow-admin';
export const VIEWER_TOKEN = 'simulated-iflow-viewer';
export const DEMO_TOKEN = 'simulated-iflow-demo';
export const OUTSIDER_TOKEN = 'simulated-iflow-outsider';
export const EXPIRING_TOKEN = 'simulated-iflow-expiring';
export const INTERNAL_TOKEN = 'simulated-iflow-internal';

export const TOKENS: Record<string, User> = {
	[ACCESS_TOKEN]: USERS.machine,
	[ADMIN_TOKEN]: USERS.admin,
	[VIEWER_TOKEN]: USERS.viewer,
	[DEMO_TOKEN]: USERS.demo,
	[OUTSIDER_TOKEN]: USERS.outsider,
};

const BEGIN = Date.parse('2026-01-05T08:00:00Z');
/** Times of the seeds, in milliseconds since 1970: an hour apart. */
export const seedTime = (hours: number): number => BEGIN + hours * 3_600_000;

interface PipelineSeed extends Partial<Pipeline> {
	number: number;
	slug: string;
	name: string;
	version: string;
}

function pipeline({ number, ...seed }: PipelineSeed): Pipeline {
	return {
		id: seedId(3, number),
		description: `${seed.name}, simulated`,
		source_type: 'gitlab',
		source_url: `https://git.example.org/${seed.slug}/${seed.version}/main.wdl`,
		execution_mode: 'direct_wdl',
		default_profile: 'local',
		default_container_image: 'example.org/cromwell:1',
		scope: 'global',
		org_id: null,
		project_id: null,
		is_active: true,
		tags: [],
		properties: {},
		createdAt: seedTime(number),
		updatedAt: seedTime(number),
		...seed,
	};
}

/** Slugs of the seeded pipelines, by what they show. */
export const PIPELINES = { wdl: 'demo-reporter', nextflow: 'demo-nextflow', failing: 'always-fails', ofProject: 'main-panel' };

// the newest version is neither the last one nor the last in the alphabet
export const PIPELINE_SEEDS: Pipeline[] = [
	pipeline({ number: 1, slug: PIPELINES.wdl, name: 'Demo Reporter', version: '1.2.0' }),
	pipeline({ number: 2, slug: PIPELINES.wdl, name: 'Demo Reporter', version: '1.10.0', properties: { default_variant: 2 } }),
	pipeline({ number: 3, slug: PIPELINES.wdl, name: 'Demo Reporter', version: '1.9.0' }),
	pipeline({ number: 4, slug: PIPELINES.nextflow, name: 'Demo Nextflow', version: '2.0.0', source_type: 'nfcore', execution_mode: 'direct_nextflow' }),
	pipeline({ number: 5, slug: PIPELINES.failing, name: 'Always Fails', version: '1.0.0' }),
	pipeline({ number: 6, slug: 'genomics-panel', name: 'Panel of the Organization', version: '1.0.0', scope: 'org', org_id: ORGANIZATION_ID }),
	pipeline({ number: 7, slug: PIPELINES.ofProject, name: 'Panel of the Project', version: '1.0.0', scope: 'project', org_id: ORGANIZATION_ID, project_id: PROJECTS.main }),
	pipeline({ number: 8, slug: 'foreign-panel', name: 'Panel of Others', version: '1.0.0', scope: 'project', org_id: OTHER_ORGANIZATION_ID, project_id: PROJECTS.foreign }),
	pipeline({ number: 9, slug: 'retired', name: 'Retired', version: '0.1.0', is_active: false }),
];

export const LABFLOWS: Labflow[] = [
	{ id: seedId(8, 1), name: 'Standard', version: 1, scope: 'system', ownerId: null, is_immutable: true },
	{ id: seedId(8, 2), name: 'Genomics', version: 3, scope: 'org', ownerId: ORGANIZATION_ID, is_immutable: false },
	{ id: seedId(8, 3), name: 'Main', version: 2, scope: 'project', ownerId: PROJECTS.main, is_immutable: false },
];
