import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { readBody, url } from '../fields.mts';
import { page, Query, sorted } from '../pages.mts';
import { destination, isAssigned, sheetRows, uploadAt, uploadsOf } from '../uploads.mts';
import type { Row } from '../uploads.mts';

/** Uploads: where to put a file, and what came of it. */
export function uploadRoutes(api: FastifyInstance, { state, views, storage, clock }: Context): void {
	api.post('/upload-credentials/', async ({ gencoveUser: user }) => storage.keys.issue(`organization/${state.organization.id}/user/${user.id}/uploads/`));

	api.post('/uploads-post-data/', async ({ body, gencoveUser: user }, reply) => {
		const { destination_path } = readBody(body, { destination_path: destination() });
		return reply.code(201).send(views.newUpload(uploadAt(state, destination_path, user.id, clock.now())));
	});

	api.post('/uploads-url/', async ({ body, gencoveUser: user }, reply) => {
		const { destination_path, source_url } = readBody(body, { destination_path: destination(), source_url: url() });
		const upload = uploadAt(state, destination_path, user.id, clock.now(), source_url);
		return reply.code(201).send({ ...views.newUpload(upload), source: upload.source, source_url: upload.sourceUrl });
	});

	api.get('/sample-sheet/', async (request) => {
		const query = new Query(request.query);
		const [search, status] = [query.text('search') ?? '', query.choice('status', ['all', 'assigned', 'unassigned']) ?? 'all'];
		const rows = sheetRows(state.uploads.values()).filter(
			(row) =>
				uploadsOf(row).some(({ destinationPath }) => destinationPath.startsWith(search)) &&
				(status === 'all' || uploadsOf(row).every(isAssigned) === (status === 'assigned')),
		);
		const latest = (row: Row, at: 'createdAt' | 'modifiedAt') => Math.max(...uploadsOf(row).map((upload) => upload[at]));
		const inOrder = sorted(query, rows, { created: (row) => latest(row, 'createdAt'), modified: (row) => latest(row, 'modifiedAt') });
		return page(request, inOrder, ({ clientId: client_id, r1, r2 }) => ({
			client_id,
			// a read that there is not has no key
			fastq: { ...(r1 && { r1: views.sheetUpload(r1) }), ...(r2 && { r2: views.sheetUpload(r2) }) },
		}));
	});
}
