import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { list, readBody, uuid } from '../fields.mts';
import { page, Query } from '../pages.mts';
import { current } from '../records.mts';
import type { Upload } from '../records.mts';
import { find } from '../state.mts';
import { destination, fileOf, isAssigned, uploadAt } from '../uploads.mts';
import type { Caller } from '../views.mts';

/** Uploads one by one and in a list, their end, and forms that send one. Only in the specification. */
export function uploadListRoutes(api: FastifyInstance, { state, views, forms, clock }: Context): void {
	function view(upload: Upload, caller: Caller) {
		const file = { ...fileOf(upload, upload.read, upload.id), id: upload.id };
		// so that its address answers
		state.looseFiles.set(file.id, file);
		return {
			id: upload.id,
			last_status: upload.history.length > 0 ? views.status(upload.history.at(-1)!) : null,
			// what has not arrived has no address
			file: views.file(file, caller, upload.content === null),
			created: views.time(upload.createdAt),
			destination_path: upload.destinationPath,
			source: upload.source,
			user: upload.userId,
			organization: state.organization.id,
		};
	}
	const isWanted = ({ id, deleted, history }: Upload, search = '', status?: string) =>
		!deleted && id.startsWith(search.toLowerCase()) && (status === undefined || (history.length > 0 && current({ history }) === status));

	api.get('/uploads/', async (request) => {
		const query = new Query(request.query);
		const status = query.choice('status', ['started', 'succeeded', 'failed']);
		const uploads = [...state.uploads.values()].filter((upload) => isWanted(upload, query.text('search'), status));
		return page(request, uploads.reverse(), (upload) => view(upload, request));
	});

	api.get<{ Params: { upload_id: string } }>('/uploads/:upload_id', async (request) => {
		const upload = find(state.uploads, request.params.upload_id);
		if (upload.deleted) throw notFound();
		return view(upload, request);
	});

	// all or none; the path of what was deleted is blocked for ever
	api.post('/uploads-delete-unassigned/', async ({ body }) => {
		const { upload_ids } = readBody(body, { upload_ids: list(uuid()) });
		const uploads = upload_ids.map((id) => state.uploads.get(id));
		if (uploads.some((upload) => !upload || upload.deleted || isAssigned(upload))) throw invalid({ upload_ids: ['All upload ids must be of unassigned uploads.'] });
		for (const upload of uploads) upload!.deleted = true;
		return { upload_ids };
	});

	api.post('/uploads-presigned-post-data/', async (request, reply) => {
		const { destination_path } = readBody(request.body, { destination_path: destination() });
		return reply.code(201).send(forms.sign(uploadAt(state, destination_path, request.gencoveUser.id, clock.now()), request));
	});
}
