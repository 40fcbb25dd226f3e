import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { noSuchProject, notFound } from '../errors.mts';
import { json, list, object, readBody, text, uuid } from '../fields.mts';
import type { Autoimport } from '../records.mts';
import { find } from '../state.mts';

type ById = { Params: { basespace_project_import_id: string; s3_uri_import_id: string } };

const biosamples = { project_id: uuid(), basespace_bio_samples: list(object({ basespace_id: text(), client_id: text({ longest: 250 }) })), metadata: json() };

/** Single biosamples of BaseSpace, the end of autoimports, and who may read from a bucket in S3. Only in the specification. */
export function importExtraRoutes(api: FastifyInstance, { state, lifecycle, accounts }: Context): void {
	api.post('/basespace-biosamples-import/', async ({ body }, reply) => {
		const { project_id, basespace_bio_samples: given, metadata } = readBody(body, biosamples);
		const project = find(state.projects, project_id, noSuchProject);
		const samples = lifecycle.addSamples(project, given.map(({ client_id: clientId }) => ({ clientId })), metadata);
		const basespace_bio_samples = given.map((one, index) => ({ ...one, sample: samples[index].id }));
		return reply.code(202).send({ project_id, basespace_bio_samples, metadata });
	});

	api.delete<ById>('/basespace-projects-autoimport/:basespace_project_import_id', async ({ params }, reply) => {
		state.baseSpaceAutoimports = without(state.baseSpaceAutoimports, params.basespace_project_import_id);
		return reply.code(204).send();
	});

	api.delete<ById>('/s3-uri-autoimport/:s3_uri_import_id', async ({ params }, reply) => {
		state.s3Autoimports = without(state.s3Autoimports, params.s3_uri_import_id);
		return reply.code(204).send();
	});

	api.get('/s3-external-id/', async ({ gencoveUser: user }) => {
		const { externalId } = accounts.of(user);
		if (externalId === null) throw notFound();
		return { external_id: externalId };
	});

	// each call makes a new one
	api.post('/s3-external-id/', async ({ gencoveUser: user }, reply) => {
		const account = accounts.of(user);
		account.externalId = randomUUID();
		return reply.code(201).send({ external_id: account.externalId });
	});

	api.get('/s3-role/', async ({ gencoveUser: user }) => {
		const { roleArn } = accounts.of(user);
		if (roleArn === null) throw notFound();
		return { role_arn: roleArn };
	});

	api.post('/s3-role/', async ({ body, gencoveUser: user }, reply) => {
		const { role_arn } = readBody(body, { role_arn: text({ shortest: 20, longest: 2048 }) });
		accounts.of(user).roleArn = role_arn;
		return reply.code(201).send({ role_arn });
	});

	api.delete('/s3-role/', async ({ gencoveUser: user }, reply) => {
		const account = accounts.of(user);
		if (account.roleArn === null) throw notFound();
		account.roleArn = null;
		return reply.code(204).send();
	});
}

function without(autoimports: Autoimport[], id: string): Autoimport[] {
	const left = autoimports.filter((one) => one.id !== id.toLowerCase());
	if (left.length === autoimports.length) throw notFound();
	return left;
}
