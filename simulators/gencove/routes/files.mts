import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { sha256 } from '../../shared/content.mts';
import { badRequest, notFound } from '../errors.mts';
import { FILE_TYPES, GENOME_TYPES } from '../files.mts';
import { page, Query } from '../pages.mts';
import { find } from '../state.mts';

/** What kinds of files there are, and checksums. */
export function fileRoutes(api: FastifyInstance, { state }: Context): void {
	// of samples the list ends with two that are no files
	api.get('/file-types/', async (request) => {
		const query = new Query(request.query);
		const ofGenome = query.choice('object', ['sample', 'reference_genome']) === 'reference_genome';
		const keys = typesIn(query.text('project_id'), ofGenome);
		return page(request, ofGenome ? keys : [...keys, 'qc', 'metadata'], (key) => ({ key, description: '' }));
	});

	api.get<{ Params: { file_id: string } }>('/files/:file_id.sha256', async (request, reply) => {
		const file = state.file(request.params.file_id.toLowerCase());
		if (!file) throw notFound();
		if (!file.checked) throw badRequest('File does not have checksum.');
		const name = new Query(request.query).text('filename') ?? file.name;
		return reply
			.type('text/html; charset=utf-8')
			.header('content-disposition', `attachment; filename="${name}.sha256"`)
			.send(`${sha256(file.content)} *${name}\n`);
	});

	// those that files of the project have, or all
	function typesIn(projectId: string | undefined, ofGenome: boolean): string[] {
		if (projectId === undefined) return ofGenome ? GENOME_TYPES : FILE_TYPES;
		const project = find(state.projects, projectId);
		const files = ofGenome ? project.files.filter(({ fileType }) => GENOME_TYPES.includes(fileType)) : state.samplesOf(project).flatMap((sample) => sample.files);
		return [...new Set(files.map(({ fileType }) => fileType))].sort();
	}
}
