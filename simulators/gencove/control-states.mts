import type { FastifyInstance } from 'fastify';
import { Pattern } from '../shared/content.mts';
import type { Context } from './context.mts';
import type { ExplorerInstance, Sample, Step } from './records.mts';

const text = { type: 'string' };
const body = (properties: object) => ({ schema: { body: { type: 'object', additionalProperties: false, properties } } });

interface Change<Body> {
	Params: { id: string };
	Body: Body;
}

/** The control routes that put single things into a state, where they stay. */
export function addStateControl(app: FastifyInstance, { state, views, lifecycle }: Context): void {
	const found = <Thing,>(thing: Thing | null | undefined, id: string): Thing => {
		if (thing === null || thing === undefined) throw Object.assign(new Error(`nothing has the id ${id}`), { statusCode: 404 });
		return thing;
	};
	const steps = (history: Array<Pick<Step, 'status' | 'at'>>) => history.map(({ status, at }) => ({ status, at: views.time(at) }));
	const shown = (sample: Sample) => ({ sample: views.listedSample(sample), history: steps(sample.history), archive: steps(sample.archive ?? []) });

	app.get<{ Params: { id: string } }>('/samples/:id', async ({ params: { id } }) => shown(found(state.samples.get(id), id)));

	const sample = { status: text, note: text, client_id: text, archive_status: { anyOf: [{ enum: ['available', 'archived', 'restore_requested', 'restored'] }, { type: 'null' }] } };
	app.post<Change<{ status?: string; note?: string; client_id?: string; archive_status?: string | null }>>('/samples/:id', body(sample), async ({ params: { id }, body: given }) => {
		const one = found(state.samples.get(id), id);
		one.clientId = given.client_id ?? one.clientId;
		if (given.status !== undefined) await lifecycle.moveSample(one, given.status, given.note);
		// null: the service tells nothing of the archive
		if (given.archive_status === null) one.archive = null;
		else if (given.archive_status !== undefined) await lifecycle.moveArchive(one, given.archive_status);
		return shown(one);
	});

	app.post<Change<{ status: string }>>('/uploads/:id', body({ status: { enum: ['started', 'succeeded', 'failed'] } }), async ({ params: { id }, body: { status } }, reply) => {
		lifecycle.moveUpload(found(state.uploads.get(id), id), status);
		return reply.code(204).send();
	});

	app.post<Change<{ status: string }>>('/batches/:id', body({ status: text }), async ({ params: { id }, body: { status } }, reply) => {
		await lifecycle.moveBatch(found(state.batches.get(id), id), status);
		return reply.code(204).send();
	});

	/** The merging of VCF files of the project with the id. */
	app.post<Change<{ status: string }>>('/merged-vcfs/:id', body({ status: text }), async ({ params: { id }, body: { status } }, reply) => {
		const project = found(state.projects.get(id), id);
		found(project.mergeJob, id);
		lifecycle.moveMerge(project, status);
		return reply.code(204).send();
	});

	app.post<Change<{ status: ExplorerInstance['status'] }>>('/explorer-instances/:id', body({ status: { enum: ['running', 'stopped', 'stopping', 'starting'] } }), async ({ params: { id }, body: { status } }, reply) => {
		found(state.instances.get(id), id).status = status;
		return reply.code(204).send();
	});

	const file = { size: { type: 'integer', minimum: 0 }, size_known: { type: 'boolean' }, checksum: { type: 'boolean' }, expired: { type: 'boolean' } };
	app.post<Change<{ size?: number; size_known?: boolean; checksum?: boolean; expired?: boolean }>>('/files/:id', body(file), async ({ params: { id }, body: given }, reply) => {
		const one = found(state.file(id), id);
		if (given.size !== undefined) one.content = new Pattern(given.size);
		one.sized = given.size_known ?? one.sized;
		one.checked = given.checksum ?? one.checked;
		one.expired = given.expired ?? one.expired;
		return reply.code(204).send();
	});

	app.post<Change<{ batch_types?: string[]; merge_vcfs_enabled?: boolean }>>('/capabilities/:id', body({ batch_types: { type: 'array', items: text }, merge_vcfs_enabled: { type: 'boolean' } }), async ({ params: { id }, body: given }, reply) => {
		const place = state.capabilities.findIndex((one) => one.id === id);
		const before = found(state.capabilities[place], id);
		state.capabilities[place] = { ...before, batchTypes: given.batch_types ?? before.batchTypes, mergeVcfs: given.merge_vcfs_enabled ?? before.mergeVcfs };
		return reply.code(204).send();
	});
}
