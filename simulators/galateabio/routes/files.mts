import { createHash } from 'node:crypto';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../context.mts';
import { sendFile } from '../download.mts';
import { badRequest, notFound } from '../errors.mts';
import { page, Query } from '../query.mts';
import type { SourceFile } from '../records.mts';
import { body, idParams } from '../schemas.mts';

interface ById {
	Params: { source_file_id: string };
}

const LONGEST_NAME = 190;

/** Source files; there is no call for one by its id, only the list (GalateaBio docs, Files). */
export function fileRoutes(app: FastifyInstance, { state, views, lifecycle, now }: Context): void {
	const params = idParams('source_file_id');

	function find(id: string): SourceFile {
		const file = state.files.get(id.toLowerCase());
		if (!file) throw notFound();
		return file;
	}

	app.get('/data/files', async (request) => {
		const query = new Query(request.query);
		const [ids, organizations] = [query.ids('files_ids'), query.list('org_names')];
		const [acceptable, virtual] = [query.flag('only_acceptable'), query.flag('show_virtual')];
		const inPeriod = query.period();
		const files = [...state.files.values()].reverse().filter(
			(file) =>
				(virtual || !file.virtual) &&
				(!acceptable || (file.acceptable && file.deletedAt === null)) &&
				(ids.length === 0 || ids.includes(file.id)) &&
				(organizations.length === 0 || organizations.includes(state.organization.name)) &&
				inPeriod(file.history[0].at),
		);
		return page(request, byIdOrName(files, query.text('file')), (file) => views.file(file));
	});

	app.post('/data/files/upload', async (request, reply) => {
		const upload = await receive(request);
		const time = new Date(now()).toISOString();
		const folder = `web-upload/${time.slice(0, 10)}/${time.slice(11, 19).replaceAll(':', '')}`;
		const file = state.addFile({ ...upload, path: `${folder}/${upload.name}` });
		lifecycle.validate(file);
		return reply.code(201).send(views.file(file));
	});

	app.put<ById & { Body: { sample_alias: string | null } }>(
		'/data/files/:source_file_id',
		{ schema: { params, body: body({ sample_alias: { type: ['string', 'null'] } }) } },
		async (request, reply) => {
			const file = find(request.params.source_file_id);
			file.sampleAlias = request.body.sample_alias;
			return reply.code(201).send(views.file(file));
		},
	);

	app.delete<ById>('/data/files/:source_file_id', { schema: { params } }, async (request, reply) => {
		const file = find(request.params.source_file_id);
		if (file.deletedAt !== null) throw notFound();
		file.deletedAt = now();
		return reply.send();
	});

	app.get<ById>('/data/files/:source_file_id/download', { schema: { params } }, async (request, reply) => {
		const file = find(request.params.source_file_id);
		if (file.purged || file.deletedAt !== null) throw notFound();
		return sendFile(reply, { fileName: file.name, contentType: 'application/octet-stream', content: file.content });
	});
}

// the vendor's client takes the first row, so an exact id comes before names that contain the text
function byIdOrName(files: SourceFile[], text: string | undefined): SourceFile[] {
	if (text === undefined) return files;
	const exact = files.filter((file) => file.id === text);
	return exact.length > 0 ? exact : files.filter((file) => file.name.toLowerCase().includes(text.toLowerCase()));
}

async function receive(request: FastifyRequest): Promise<{ name: string; content: Buffer; checkSum: string }> {
	if (!request.isMultipart()) throw badRequest();
	const parts: unknown[] = [];
	request.entry.body = parts;
	let upload: { name: string; content: Buffer; checkSum: string } | undefined;
	let refused = false;
	for await (const part of request.parts()) {
		if (part.type === 'field') {
			parts.push({ name: part.fieldname });
			continue;
		}
		const { content, size, checkSum } = await read(part);
		parts.push({ name: part.fieldname, filename: part.filename, size });
		const named = part.filename.length >= 1 && part.filename.length <= LONGEST_NAME;
		refused ||= part.fieldname !== 'file' || upload !== undefined || part.file.truncated || size === 0 || !named;
		upload = { name: part.filename, content, checkSum };
	}
	if (upload === undefined || refused) throw badRequest();
	return upload;
}

async function read({ file }: MultipartFile): Promise<{ content: Buffer; size: number; checkSum: string }> {
	const hash = createHash('md5');
	const pieces: Buffer[] = [];
	for await (const piece of file as AsyncIterable<Buffer>) {
		hash.update(piece);
		pieces.push(piece);
	}
	const content = Buffer.concat(pieces);
	return { content, size: content.length, checkSum: hash.digest('hex') };
}
