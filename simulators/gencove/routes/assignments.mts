import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { forbidden, invalid, noSuchProject } from '../errors.mts';
import { json, list, nullable, object, optional, readBody, text, uuid } from '../fields.mts';
import { INPUT_TYPES, newFile } from '../files.mts';
import { current } from '../records.mts';
import type { Project, Sample, StoredFile } from '../records.mts';
import { find } from '../state.mts';
import { archiveStatus } from '../statuses.mts';
import { fileOf } from '../uploads.mts';

const DAY_MS = 24 * 3_600_000;
const clientId = text({ longest: 250, blank: true });
const upload = object({ upload: uuid() });
const assignment = { uploads: list(object({ client_id: text({ longest: 250 }), fastq: object({ r1: upload, r2: optional(nullable(upload)) }) }), { empty: true }), metadata: json() };
const existing = { project_id: uuid(), samples: list(object({ sample_id: uuid(), client_id: optional(nullable(clientId)) }), { empty: true }) };

/**
 * How samples come into a project: from uploads, or from samples there are. The vendor's client ends with an empty
 * list when its last one was full, so that is no error.
 */
export function assignmentRoutes(api: FastifyInstance, { state, lifecycle, clock }: Context): void {
	api.post<{ Params: { project_id: string } }>('/project-samples/:project_id', async (request, reply) => {
		const project = find(state.projects, request.params.project_id, forbidden);
		const { uploads: rows, metadata } = readBody(request.body, assignment);
		checkManifest(project, rows.map(({ client_id }) => client_id));
		const given = rows.map(({ client_id, fastq: { r1, r2 } }) => ({ clientId: client_id, reads: { r1: arrived(r1.upload), ...(r2 && { r2: arrived(r2.upload) }) } }));
		const samples = lifecycle.addSamples(project, given.map((one) => ({ clientId: one.clientId, inputs: [] })), metadata);
		samples.forEach((sample, index) => {
			for (const [read, one] of Object.entries(given[index].reads)) {
				one.sampleId = sample.id;
				sample.files.push(fileOf(one, read as 'r1' | 'r2', sample.id));
			}
		});
		const uploads = rows.map(({ client_id, fastq: { r1, r2 } }, index) => ({ client_id, fastq: { r1, r2: r2 ?? null }, sample: samples[index].id }));
		return reply.code(201).send({ uploads, metadata });
	});

	api.post('/project-samples-import/', async ({ body }, reply) => {
		const { project_id, samples: rows, metadata } = readBody(body, { ...existing, metadata: json() });
		const project = find(state.projects, project_id, noSuchProject);
		const sources = rows.map(({ sample_id }) => finished(sample_id));
		lifecycle.addSamples(project, sources.map((sample, index) => ({ clientId: rows[index].client_id ?? sample.clientId, inputs: copies(sample.files.filter(({ fileType }) => INPUT_TYPES.includes(fileType))) })), metadata);
		return reply.code(202).send({ project_id, samples: rows.map(({ sample_id }) => ({ sample_id })), metadata });
	});

	api.post('/project-samples-copy/', async ({ body }, reply) => {
		const { project_id, samples: rows } = readBody(body, existing);
		const project = find(state.projects, project_id, noSuchProject);
		const sources = rows.map(({ sample_id }) => finished(sample_id));
		const tooNew = (sample: Sample) => sample.history.at(-1)!.at > clock.now() - DAY_MS;
		if (sources.some((sample) => tooNew(sample) || archiveStatus(sample) === 'archived' || !['succeeded', 'failed qc'].includes(current(sample)))) {
			throw invalid({ samples: ['All samples must be available for at least 24 hours and in succeeded or failed_qc status.'] });
		}
		sources.forEach((source, index) => {
			const copy = state.addSample(project, { clientId: rows[index].client_id ?? source.clientId, metadata: source.metadata, inputs: copies(source.files), status: current(source) });
			copy.qualityControls = source.qualityControls;
		});
		return reply.code(202).send({ project_id, samples: rows.map(({ sample_id }) => ({ sample_id })) });
	});

	function arrived(id: string) {
		const found = state.uploads.get(id);
		if (!found || found.deleted || found.history.length === 0 || current(found) !== 'succeeded') throw invalid({ uploads: [`Upload ${id} does not exist or has not succeeded.`] });
		return found;
	}

	// of any project of the organization
	function finished(id: string): Sample {
		return find(state.samples, id, () => invalid({ samples: [`Sample ${id} does not exist or you do not have privileges to access it.`] }));
	}
}

const copies = (files: StoredFile[]): StoredFile[] => files.map((file) => newFile('', file.fileType, { ...file, id: undefined }));

// once a project has manifests, only the client ids in them are taken
function checkManifest({ manifests }: Project, clientIds: string[]): void {
	const allowed = manifests.flatMap((manifest) => manifest.clientIds);
	const wrong = clientIds.filter((id) => manifests.length > 0 && !allowed.includes(id));
	if (wrong.length > 0) throw invalid({ uploads: [`Client ID(s) not in the sample manifest of the project: ${wrong.join(', ')}`] });
}
