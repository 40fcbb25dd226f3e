import multipart from '@fastify/multipart';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { otherVerbs } from '../shared/server.mts';
import type { Context, Handler } from './context.mts';
import { page, Refusal, refusal } from './envelope.mts';
import { readForm } from './form.mts';
import { downloadAccess } from './routes/access.mts';
import { download, extract } from './routes/extraction.mts';
import { getJobStatus } from './routes/jobs.mts';
import { getParameters } from './routes/parameters.mts';
import { submit, SUBMISSION_FILES } from './routes/submission.mts';

const PREFIX = '/genoex/api';

const CALLS: Record<string, Handler> = {
	gde_get_parameters: getParameters,
	gde_submission: submit,
	gde_job_status: getJobStatus,
	gde_extraction: extract,
	gde_download: download,
	gde_download_711: downloadAccess,
};

/** The provider's API: its six calls, and what is common to them. */
export function addApi(app: FastifyInstance, context: Context): void {
	const { state } = context;
	app.setNotFoundHandler(async (_request, reply) => sendPage(reply, 404, 'Not Found'));
	app.register(
		async (api) => {
			api.setErrorHandler(async (error: FastifyError | Refusal, request, reply) => sendRefusal(reply, request, error, context));
			// a body of any other kind is not looked at, so that nothing of it is noted
			api.removeAllContentTypeParsers();
			api.addContentTypeParser('*', (_request, _body, done) => done(null));
			await api.register(multipart, { limits: { fileSize: Infinity }, throwFileSizeLimit: false });
			const refuseOtherVerbs = otherVerbs(api, () => {
				throw Object.assign(new Error('Method Not Allowed'), { statusCode: 405 });
			});
			api.addHook('onRequest', async ({ headers }, reply) => {
				if (state.settings.lengthRequired && headers['content-length'] === undefined) return sendPage(reply, 411, 'Length Required');
			});
			for (const [name, handle] of Object.entries(CALLS)) {
				api.post(`/${name}`, async (request, reply) => await carryOut(request, reply, name, handle));
			}
			refuseOtherVerbs(PREFIX);
		},
		{ prefix: PREFIX },
	);

	async function carryOut(request: FastifyRequest, reply: FastifyReply, name: string, handle: Handler): Promise<unknown> {
		if (request.url.includes('?')) throw new Refusal('a call has no query');
		const call = await readForm(request, state, name === 'gde_submission' ? SUBMISSION_FILES : []);
		try {
			return await handle(call, context, reply);
		} catch (error) {
			for (const { content } of call.files) content.close();
			throw error;
		}
	}
}

function sendPage(reply: FastifyReply, status: number, title: string) {
	return reply.code(status).type('text/html; charset=utf-8').send(page(`${status} ${title}`));
}

function sendRefusal(reply: FastifyReply, { url }: FastifyRequest, error: FastifyError | Refusal, { state }: Context) {
	if ('statusCode' in error && error.statusCode === 405) return sendPage(reply, 405, error.message);
	if (!(error instanceof Refusal)) return sendPage(reply, 500, `Internal Server Error: ${error.message}`);
	const { refusalStatus, zipTypeOnRefusal } = state.settings;
	const asZip = zipTypeOnRefusal && url.includes('gde_download');
	return reply.code(refusalStatus).type(asZip ? 'application/zip' : 'application/json; charset=utf-8').send(JSON.stringify(refusal(error.message)));
}
