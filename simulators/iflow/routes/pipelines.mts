import { randomUUID } from 'node:crypto';
import type { Call, Context, Handler } from '../context.mts';
import { conflict, forbidden, notFound, unauthorized } from '../errors.mts';
import { whole } from '../lists.mts';
import { compareVersions } from '../names.mts';
import { definitionsOf } from '../pipeline-inputs.mts';
import type { Pipeline } from '../records.mts';
import { INTERNAL_TOKEN } from '../seeds.mts';
import { checkBody, integerOf } from '../validation.mts';

/** What a request sees: the pipelines for everybody, and those of its scope, or of all that is the caller's where it names none. */
function visiblePipelines({ user, query: { org_id, project_id } }: Call, { state }: Context): Pipeline[] {
	const projects = state.projectsOf(user).filter(({ id, orgId }) => (project_id === undefined || id === project_id) && (org_id === undefined || orgId === org_id));
	const own = new Set<string | null>(projects.map(({ id }) => id));
	const orgs = new Set<string | null>(projects.map(({ orgId }) => orgId));
	const sees = ({ scope, org_id: org, project_id: project }: Pipeline) => scope === 'global' || (scope === 'org' ? orgs.has(org) : own.has(project));
	return [...state.pipelines.values()].filter(sees);
}

const newestFirst = (a: Pipeline, b: Pipeline): number => compareVersions(b.version, a.version) || b.createdAt - a.createdAt;

const list: Handler = (call, context) => whole(context, visiblePipelines(call, context).filter(({ is_active }) => is_active), context.views.pipeline);

function find(call: Call, context: Context): Pipeline {
	const pipeline = visiblePipelines(call, context).find(({ id }) => id === call.params.id.toLowerCase());
	if (!pipeline) throw notFound('Pipeline');
	return pipeline;
}

const get: Handler = (call, context) => context.views.pipeline(find(call, context));

const versionsOf = (call: Call, context: Context): Pipeline[] => visiblePipelines(call, context).filter(({ slug }) => slug === call.params.slug).sort(newestFirst);

const getBySlug: Handler = (call, context) => {
	const { version } = call.query;
	const [pipeline] = versionsOf(call, context).filter((one) => version === undefined || one.version === version);
	if (!pipeline) throw notFound('Pipeline');
	return context.views.pipeline(pipeline);
};

const listVersions: Handler = (call, context) => whole(context, versionsOf(call, context), context.views.pipeline);

const getInputs: Handler = (call, context) => {
	const pipeline = find(call, context);
	if (!context.state.projectsOf(call.user).some(({ id }) => id === call.query.project_id)) throw notFound('Project in scope');
	return definitionsOf(pipeline, integerOf(call.query, 'variant', { least: 1 }) ?? 1);
};

const text = { type: 'text' } as const;
const named = { ...text, required: true };
const CREATE = {
	name: named,
	slug: named,
	version: named,
	source_type: { ...named, values: ['gitlab', 'github', 'nfcore'] },
	source_url: named,
	execution_mode: { ...text, values: ['direct_wdl', 'direct_nextflow', 'container_entrypoint', 'nextflow_wdl'] },
	default_profile: text,
	default_container_image: text,
	scope: { ...text, values: ['global', 'org', 'project'] },
	org_id: { type: 'uuid' },
	project_id: { type: 'uuid' },
	description: text,
	tags: { type: 'texts' },
	properties: { type: 'object' },
	force: { type: 'flag' },
} as const;

/** Registers a pipeline: for operators, with the internal token, on the service's own host (contract, section 4.1). */
const create: Handler = (call, context) => {
	const { state, clock, views } = context;
	checkInternalToken(call, context);
	const { name, slug, version, source_type, source_url, force, ...optional } = checkBody(call.body, CREATE);
	const existing = [...state.pipelines.values()].find((one) => one.slug === slug && one.version === version);
	if (existing && !force) throw conflict(`Pipeline '${slug}' version '${version}' already exists`);
	const now = clock.now();
	const defaults = { description: null, execution_mode: 'direct_wdl', default_profile: 'local', default_container_image: null, scope: optional.org_id ? 'org' : 'global', org_id: null, project_id: null, is_active: true, tags: [], properties: {} };
	const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null));
	const pipeline: Pipeline = { id: existing?.id ?? randomUUID(), name, slug, version, source_type, source_url, ...defaults, ...given, createdAt: existing?.createdAt ?? now, updatedAt: now };
	state.pipelines.set(pipeline.id, pipeline);
	call.reply.code(201);
	return views.pipeline(pipeline);
};

function checkInternalToken({ headers, layout }: Call, { access }: Context): void {
	const token = layout === 'services' ? headers['x-internal-token'] : undefined;
	if (token === INTERNAL_TOKEN) return;
	if (token !== undefined) throw unauthorized('Invalid internal token');
	access.check(headers.authorization);
	throw forbidden('Pipelines are registered with the internal token');
}

export const PIPELINE_CALLS: Record<string, Handler> = {
	'GET /compute/pipelines': list,
	'POST /compute/pipelines': create,
	'GET /compute/pipelines/{id}': get,
	'GET /compute/pipelines/slug/{slug}': getBySlug,
	'GET /compute/pipelines/slug/{slug}/versions': listVersions,
	'GET /compute/pipelines/{id}/inputs': getInputs,
};
