import type { FastifyInstance } from 'fastify';
import type { Account } from '../accounts.mts';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { isUuid, optional, readBody, text, uuid } from '../fields.mts';
import { receiveFile } from '../received.mts';

const element = { role_arn: optional(text({ longest: 2048 })), external_id: optional(uuid()), s3_bucket: optional(text({ longest: 64 })), s3_prefix: optional(text({ longest: 512, blank: true })) };
const PART = 'illumina_samplesheet';
const COLUMN = 'Gencove_Project_ID';

/** FirstMile: where sequencers put their runs, and whether a sample sheet of theirs is right. Only in the specification. */
export function firstMileRoutes(api: FastifyInstance, { state, accounts }: Context): void {
	const view = ({ firstMile: { role_arn = '', external_id, s3_bucket = '', s3_prefix = '' } }: Account) => ({ role_arn, external_id: external_id ?? null, aws_region: 'us-east-1', s3_bucket, s3_prefix });

	api.get('/firstmile-s3-role-element/', async ({ gencoveUser: user }) => view(accounts.of(user)));

	api.post('/firstmile-s3-role-element/', async ({ body, gencoveUser: user }, reply) => {
		const account = accounts.of(user);
		account.firstMile = readBody(body, element);
		return reply.code(201).send(view(account));
	});

	// the specification has the file in the query, which cannot be: it is taken as sample manifests are
	api.post('/firstmile-validate-illumina-samplesheet/', async (request, reply) => {
		const { content } = await receiveFile(request, PART);
		const errors = wrongIn(content.toString(), (id) => isUuid(id) && state.projects.has(id.toLowerCase()));
		if (errors.length > 0) throw invalid({ [PART]: errors });
		return reply.code(201).send();
	});
}

// section [Data]: a line of columns, then a line for each sample
function wrongIn(sheet: string, isProject: (id: string) => boolean): string[] {
	const lines = sheet.split(/\r?\n/).map((one) => one.split(',').map((cell) => cell.trim()));
	const start = lines.findIndex(([cell]) => cell === '[Data]');
	if (start < 0) return ['Section [Data] is missing.'];
	const column = lines[start + 1]?.indexOf(COLUMN) ?? -1;
	if (column < 0) return [`Column ${COLUMN} is missing in section [Data].`];
	const end = lines.findIndex(([cell], index) => index > start && cell.startsWith('['));
	const rows = lines.slice(start + 2, end < 0 ? undefined : end).filter((cells) => cells.some((cell) => cell !== ''));
	return rows.flatMap((cells, index) => (isProject(cells[column] ?? '') ? [] : [`Row ${index + 1}: "${cells[column] ?? ''}" is not a valid Gencove project ID.`]));
}
