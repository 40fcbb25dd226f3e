import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { badRequest, notFound, success } from '../errors.mts';
import { findProject, findSample } from '../find.mts';
import type { Project, Sample, User } from '../records.mts';
import { body } from '../schemas.mts';

interface InProject {
	Params: { project_id: string; sample_id: string };
}

/**
 * Calls that only the index of the old reference names: orders, the picture of a project, and people who join
 * projects as samples. Their bodies and answers are not published; these are invented.
 */
export function sampleRoutes(app: FastifyInstance, { state, webhooks, timestamp }: Context): void {
	const order = ({ id, externalId, resultsAt, createdAt }: Sample) => ({
		sample_id: id,
		external_id: externalId,
		status: resultsAt === null ? 'processing' : 'complete',
		created: timestamp(createdAt),
	});
	const joined = (sample: Sample) => ({ sample_id: sample.id, project_id: sample.project, external_id: sample.externalId, participating: sample.participating });
	const own = (request: FastifyRequest<InProject>) => findProject(state, request.params.project_id, request.legacyUser);
	const sampleOf = (user: User, projectId: string) => state.samples.find((sample) => sample.user === user.id && String(sample.project) === projectId);

	app.get<InProject>('/projects/:project_id/samples/:sample_id/order', async (request) => success({ order: order(findSample(state, request.params.sample_id, own(request))) }));

	const ids = { sample_ids: { type: 'array', items: { type: 'integer' } } };
	app.post<InProject & { Body: { sample_ids: number[] } }>('/projects/:project_id/samples/orders', { schema: { body: body(ids) } }, async (request) => {
		const samples = state.samplesOf(own(request)).filter(({ id }) => request.body.sample_ids.includes(id));
		return success({ orders: samples.map(order) });
	});

	const joining = { project_id: { type: 'integer' }, external_id: { type: 'string' } };
	app.post<{ Body: { project_id: number; external_id?: string } }>('/samples', { schema: { body: body(joining, ['project_id']) } }, async (request) => {
		const { legacyUser: user, body: given } = request;
		const project = discoverable(String(given.project_id));
		if (sampleOf(user, String(project.id))) throw badRequest('You joined the project earlier.');
		const sample = state.addSample(project, given.external_id ?? '', user);
		await webhooks.joined(project, sample);
		return success({ sample: joined(sample) });
	});

	app.get('/samples/projects', async ({ legacyUser: user }) => success({ projects: state.samples.filter((sample) => sample.user === user.id).map(joined) }));

	app.get<InProject>('/samples/projects/:project_id', async ({ params, legacyUser: user }) => {
		const { id, name, href, description } = discoverable(params.project_id);
		return success({ project: { project_id: id, name, href, description, participating: sampleOf(user, params.project_id)?.participating ?? false } });
	});

	app.post<InProject>('/samples/projects/:project_id', async (request) => await participate(request, true));
	app.delete<InProject>('/samples/projects/:project_id', async (request) => await participate(request, false));

	async function participate({ params, legacyUser: user }: FastifyRequest<InProject>, participating: boolean) {
		const sample = sampleOf(user, params.project_id);
		if (!sample) throw notFound();
		sample.participating = participating;
		await webhooks.joined(discoverable(params.project_id), sample);
		return success({ sample: joined(sample) });
	}

	function discoverable(id: string): Project {
		const project = state.projects.find((one) => String(one.id) === id && one.discoverable);
		if (!project) throw notFound();
		return project;
	}

	// a picture of any kind; nothing of it is kept
	app.post<InProject>('/projects/:project_id/image/v2', async (request) => {
		own(request);
		return success({}, 'The picture was taken.');
	});
}
