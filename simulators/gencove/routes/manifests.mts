import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { noSuchProject, notFound } from '../errors.mts';
import { newFile } from '../files.mts';
import { clientIdsIn } from '../manifests.mts';
import { receiveFile } from '../received.mts';
import { find } from '../state.mts';

type ById = { Params: { project_id: string } };

/** Sample manifests: which sample lies in which well. */
export function manifestRoutes(api: FastifyInstance, { state, views, clock }: Context): void {
	// newest first, and no envelope around it
	api.get<ById>('/project-sample-manifests/:project_id', async (request) => {
		const project = find(state.projects, request.params.project_id);
		return project.manifests.map((manifest) => views.manifest(manifest, project, request)).reverse();
	});

	api.post<ById>('/project-sample-manifests/:project_id', async (request, reply) => {
		const { name, content } = await receiveFile(request, 'sample_manifest');
		const project = find(state.projects, request.params.project_id, noSuchProject);
		const clientIds = await clientIdsIn(name, content);
		const id = randomUUID();
		const bytes = { length: content.length, read: (offset: number, length: number) => content.subarray(offset, offset + length) };
		const file = newFile(id, `sample_manifest-${name.split('.').at(-1)!.toLowerCase()}`, { name, content: bytes });
		project.manifests.push({ id, file, createdAt: clock.now(), clientIds });
		return reply.code(201).send({});
	});

	api.get<{ Params: { sample_manifest_id: string } }>('/sample-manifests/:sample_manifest_id', async (request) => {
		for (const project of state.projects.values()) {
			const manifest = project.manifests.find(({ id }) => id === request.params.sample_manifest_id.toLowerCase());
			if (manifest) return views.manifest(manifest, project, request);
		}
		throw notFound();
	});
}
