import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { BASESPACE_PROJECTS, baseSpaceProject, biosamplesOf } from '../basespace.mts';
import type { Context } from '../context.mts';
import { forbidden, invalid, notFound } from '../errors.mts';
import { checked, choice, json, list, optional, readBody, text, uuid, wrong } from '../fields.mts';
import { page, Query, sorted } from '../pages.mts';
import type { Autoimport } from '../records.mts';
import { find } from '../state.mts';

const s3Uri = () =>
	checked(text({ longest: 734 }), (uri) => {
		if (!/^s3:\/\/[a-z0-9][a-z0-9.-]+\/?\S*$/.test(uri)) throw wrong('S3 URI must be of the form s3://bucket/prefix.');
	});

/** Samples from elsewhere: BaseSpace and buckets in S3, once or again and again. */
export function importRoutes(api: FastifyInstance, { state, lifecycle }: Context): void {
	api.get('/basespace-projects/', async (request) => {
		const projects = sorted(new Query(request.query), BASESPACE_PROJECTS, { basespace_date_created: ({ created }) => created, basespace_date_modified: ({ modified }) => modified, basespace_name: ({ name }) => name });
		return page(request, projects, baseSpaceProject);
	});

	// several ids may stand in the path, with commas between them
	api.get<{ Params: { basespace_project_id: string } }>('/basespace-project-biosamples/:basespace_project_id', async (request) => {
		const projects = request.params.basespace_project_id.split(',').map((id) => BASESPACE_PROJECTS.find((one) => one.id === id));
		if (projects.some((project) => project === undefined)) throw notFound();
		const biosamples = sorted(new Query(request.query), projects.flatMap((project) => biosamplesOf(project!)), {
			basespace_date_created: (one) => one.basespace_date_created,
			basespace_date_modified: (one) => one.basespace_date_modified,
			basespace_bio_sample_name: (one) => one.basespace_bio_sample_name,
		});
		return page(request, biosamples, (one) => one);
	});

	api.post('/basespace-projects-import/', async ({ body }, reply) => {
		const given = readBody(body, { project_id: uuid(), basespace_project_ids: list(text()), metadata: json() });
		const project = find(state.projects, given.project_id, forbidden);
		const wanted = given.basespace_project_ids.map((id) => BASESPACE_PROJECTS.find((one) => one.id === id));
		if (wanted.some((one) => one === undefined)) throw invalid({ basespace_project_ids: ['Some of the BaseSpace projects do not exist.'] });
		lifecycle.addSamples(project, wanted.flatMap((one) => one!.biosamples.map((clientId) => ({ clientId }))), given.metadata);
		return reply.code(202).send(given);
	});

	api.get('/basespace-projects-autoimport/', async (request) =>
		page(request, state.baseSpaceAutoimports, ({ id, projectId: project_id, source: identifier, metadata }) => ({ id, project_id, identifier, metadata })),
	);

	api.post('/basespace-projects-autoimport/', async ({ body }, reply) => {
		const given = readBody(body, { project_id: uuid(), identifier: text({ longest: 250 }), metadata: json() });
		const { autoimport, action } = keep(state.baseSpaceAutoimports, given.project_id, given.identifier, given.metadata);
		return reply.code(202).send({ id: autoimport.id, metadata: autoimport.metadata, action });
	});

	// what lies there cannot be known: one sample comes, named after the last part of the address
	api.post('/s3-uri-import/', async ({ body }, reply) => {
		const given = readBody(body, { s3_uri: s3Uri(), project_id: uuid(), metadata: json(), input_format: optional(choice(['autodetect', 'fastq', 'cram'])) });
		const project = find(state.projects, given.project_id, forbidden);
		lifecycle.addSample(project, given.s3_uri.split('/').filter((part) => part !== '').at(-1)!, given.metadata);
		return reply.code(202).send();
	});

	api.get('/s3-uri-autoimport/', async (request) =>
		page(request, state.s3Autoimports, ({ id, projectId: project_id, source: s3_uri, metadata }) => ({ id, project_id, s3_uri, metadata })),
	);

	api.post('/s3-uri-autoimport/', async ({ body }, reply) => {
		const given = readBody(body, { project_id: uuid(), s3_uri: s3Uri(), metadata: json() });
		const { id } = keep(state.s3Autoimports, given.project_id, given.s3_uri, given.metadata).autoimport;
		return reply.code(202).send({ id, topic_arn: `arn:aws:sns:us-east-1:000000000000:simulated-${id}` });
	});

	// the same source for the same project again gives it other metadata
	function keep(autoimports: Autoimport[], projectId: string, source: string, metadata: unknown): { autoimport: Autoimport; action: 'create' | 'update' } {
		const project = find(state.projects, projectId, forbidden);
		const there = autoimports.find((one) => one.projectId === project.id && one.source === source);
		if (there) {
			there.metadata = metadata;
			return { autoimport: there, action: 'update' };
		}
		const autoimport = { id: randomUUID(), projectId: project.id, source, metadata };
		autoimports.push(autoimport);
		return { autoimport, action: 'create' };
	}
}
