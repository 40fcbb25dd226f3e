import type { FastifyInstance, FastifyRequest } from 'fastify';
import { originOf } from '../api.mts';
import type { Context } from '../context.mts';
import { badRequest, success } from '../errors.mts';
import { findProject, findSample } from '../find.mts';
import type { Project, Sample } from '../records.mts';
import { body } from '../schemas.mts';

/** Projects, and the names they had earlier: the same things under other paths and fields. */
interface ProjectKind {
	plural: string;
	singular: string;
	/** what its samples are called */
	members: string;
	member: string;
	enabled: string;
	/** whether raw data may be asked for by external id too */
	externalIds: boolean;
}

export const PROJECT_KINDS: ProjectKind[] = [
	{ plural: 'projects', singular: 'project', members: 'samples', member: 'sample', enabled: 'enabled', externalIds: true },
	{ plural: 'studies', singular: 'study', members: 'participants', member: 'participant', enabled: 'study_enabled', externalIds: false },
	{ plural: 'apps', singular: 'app', members: 'members', member: 'member', enabled: 'enabled', externalIds: true },
];

type Given = Record<string, string | boolean | undefined>;
type ById = { Params: Record<string, string> };

/** The calls of projects, studies and apps; those that only projects have stand at the end. */
export function projectRoutes(app: FastifyInstance, context: Context, kind: ProjectKind): void {
	const { state, webhooks, rawData, timestamp } = context;
	const { plural, singular, members, member, enabled, externalIds } = kind;
	const isProject = singular === 'project';
	const [one, flag, id] = [{ type: 'string', minLength: 1 }, { type: 'boolean' }, `${singular}_id`];
	const fields = { name: one, href: { type: 'string' }, description: { type: 'string' }, [enabled]: flag, discoverable: flag, ...(isProject && { webhook_url: { type: 'string' } }) };
	const own = (request: FastifyRequest) => findProject(state, (request.params as Record<string, string>)[id], request.legacyUser);

	const view = (project: Project) => ({
		[id]: project.id,
		name: project.name,
		href: project.href,
		description: project.description,
		[enabled]: project.enabled,
		discoverable: project.discoverable,
		subsidy_enabled: project.subsidyEnabled,
		...(isProject && { webhook_url: project.webhookUrl }),
		created: timestamp(project.createdAt),
	});
	const memberView = (sample: Sample) => ({
		[`${member}_id`]: sample.id,
		external_id: sample.externalId,
		[id]: sample.project,
		participating: sample.participating,
		has_results: sample.resultsAt !== null,
		created: timestamp(sample.createdAt),
	});

	// takes the fields that were given; a webhook_url must take the event `test` first
	async function change(project: Project, given: Given): Promise<void> {
		const url = given.webhook_url as string | undefined;
		if (url !== undefined && url !== '' && !(await webhooks.validate(project, url))) throw badRequest('The webhook_url did not answer the test event with 2xx.');
		project.name = (given.name as string) ?? project.name;
		project.href = (given.href as string) ?? project.href;
		project.description = (given.description as string) ?? project.description;
		project.enabled = (given[enabled] as boolean) ?? project.enabled;
		project.discoverable = (given.discoverable as boolean) ?? project.discoverable;
		project.subsidyEnabled = (given.subsidy_enabled as boolean) ?? project.subsidyEnabled;
		project.webhookUrl = url ?? project.webhookUrl;
	}

	app.get(`/${plural}`, async ({ legacyUser: user }) => success({ [plural]: state.projects.filter(({ owner }) => owner === user.id).map(view) }));

	app.post<{ Body: Given }>(`/${plural}`, { schema: { body: body(fields, ['name', 'href', 'description']) } }, async (request) => {
		const blank = { owner: request.legacyUser.id, name: '', href: '', description: '', enabled: true, discoverable: true, subsidyEnabled: false, webhookUrl: '' };
		const project = state.addProject(blank);
		await change(project, request.body).catch((error: Error) => {
			state.projects = state.projects.filter((other) => other !== project);
			throw error;
		});
		return success({ [singular]: view(project) });
	});

	app.get(`/${plural}/:${id}`, async (request) => success({ [singular]: view(own(request)) }));

	app.put<{ Body: Given }>(`/${plural}/:${id}`, { schema: { body: body({ ...fields, subsidy_enabled: flag }, []) } }, async (request) => {
		const project = own(request);
		await change(project, request.body);
		return success({ [singular]: view(project) });
	});

	app.get(`/${plural}/:${id}/${members}`, async (request) => success({ [members]: state.samplesOf(own(request)).map(memberView) }));

	const memberIds = `${member}_ids`;
	const ids = { [memberIds]: { type: ['array', 'null'], items: { type: 'integer' } }, ...(externalIds && { external_ids: { type: ['array', 'null'], items: { type: 'string' } } }) };
	app.post<{ Body: Record<string, unknown[] | null | undefined> }>(`/${plural}/:${id}/raw-data`, { schema: { body: body(ids, []) } }, async (request) => {
		const project = own(request);
		const { [memberIds]: wanted, external_ids: wantedExternal } = request.body;
		if (wanted && wantedExternal) throw badRequest(`Please provide either ${memberIds} or external_ids, not both.`);
		const isWanted = (sample: Sample) => (wanted?.includes(sample.id) ?? true) && (!externalIds || (wantedExternal?.includes(sample.externalId) ?? true));
		// what is not known, and what has no data, is left out; the order is not the one that was asked for
		const found = state.samplesOf(project).filter((sample) => sample.resultsAt !== null && isWanted(sample)).reverse();
		const origin = originOf(request);
		return success({ raw_data: found.map((sample) => ({ [`${member}_id`]: sample.id, external_id: sample.externalId, [id]: sample.project, ...rawData.addresses(sample, origin) })) });
	});

	if (!isProject) return;

	app.get('/projects/:project_id/stats', async (request) => {
		const samples = state.samplesOf(own(request));
		return success({ stats: { samples: samples.length, samples_with_results: samples.filter(({ resultsAt }) => resultsAt !== null).length } });
	});

	app.get<ById>('/projects/:project_id/samples/:sample_id', async (request) => success({ sample: memberView(findSample(state, request.params.sample_id, own(request))) }));
}
