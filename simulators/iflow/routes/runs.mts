import type { Call, Context, Handler } from '../context.mts';
import { badRequest, conflict, notFound } from '../errors.mts';
import { page, whole } from '../lists.mts';
import { demand, editable, headerOf, projectOf, visible } from '../projects.mts';
import type { Pipeline, Project, Run } from '../records.mts';
import { isOver } from '../runs.mts';
import { checkBody } from '../validation.mts';

/** The projects that a call about one run looks in: that of the header; `/runs` does without (contract, section 2.3). */
function projectsOf(call: Call, context: Context): Project[] {
	if (call.saysAnalyses) return [projectOf(call, context)];
	const id = headerOf(call);
	return id ? [visible(call, context, id)] : context.state.projectsOf(call.user);
}

const find = (call: Call, context: Context): Run => context.state.findIn('runs', projectsOf(call, context), call.params.id);

const list: Handler = (call, context) => {
	const { id } = projectOf(call, context);
	const { status } = call.query;
	const runs = context.state.in('runs', id).filter((run) => status === undefined || run.status === status);
	return page(call, context, runs, context.views.runItem, call.saysAnalyses);
};

const get: Handler = (call, context) => context.views.run(find(call, context));

const listByOrder: Handler = (call, context) => {
	const order = context.state.findIn('orders', projectsOf(call, context), call.params.order_id);
	const runs = context.state.in('runs', order.projectId).filter(({ orderId }) => orderId === order.id);
	return whole(context, runs, context.views.runItem);
};

const getOutputs: Handler = (call, context) => {
	const outputs = context.runs.outputsOf(find(call, context));
	return { outputs, message: outputs.length > 0 ? null : 'outputs are available for completed WDL runs only' };
};

const SUBMIT = {
	pipeline_id: { type: 'uuid', required: true },
	params: { type: 'object', required: true },
	tags: { type: 'texts', required: true },
	analysis_id: { type: 'text' },
	order_id: { type: 'text' },
	properties: { type: 'object' },
	profile: { type: 'text' },
	callback_url: { type: 'text' },
} as const;

const submit: Handler = (call, context) => {
	const { state, views, runs } = context;
	const project = editable(call, context);
	const fields = checkBody(call.body, SUBMIT);
	const pipeline = state.pipelines.get(fields.pipeline_id.toLowerCase());
	if (!pipeline || !isUsable(pipeline, project)) throw notFound('Pipeline');
	if (fields.callback_url && !/^https?:\/\//.test(fields.callback_url)) throw badRequest('callback_url must be an http or https address');
	const order = fields.order_id ? state.find('orders', project.id, fields.order_id) : undefined;
	const displayId = fields.analysis_id || newName(context, pipeline, project);
	const run: Run = {
		...state.newEntity('runs', { projectId: project.id, displayId, by: call.user, tags: fields.tags, properties: fields.properties }),
		pipelineId: pipeline.id,
		orderId: order?.id ?? null,
		status: 'queued',
		params: fields.params,
		profile: fields.profile ?? null,
		callbackUrl: fields.callback_url || null,
		base: call.base,
		errorMessage: null,
		startedAt: null,
		finishedAt: null,
	};
	runs.begin(run);
	call.reply.code(201);
	return views.run(run);
};

function isUsable({ is_active, scope, org_id, project_id }: Pipeline, { id, orgId }: Project): boolean {
	return is_active && (scope === 'global' || (scope === 'org' ? org_id === orgId : project_id === id));
}

function newName({ state, clock }: Context, { slug }: Pipeline, { id }: Project): string {
	const taken = new Set(state.in('runs', id).map(({ displayId }) => displayId));
	const day = clock.timestamp().slice(0, 10).replaceAll('-', '');
	for (let number = 0; ; number++) {
		const name = `${slug}-${day}-${String(number).padStart(6, '0')}`;
		if (!taken.has(name)) return name;
	}
}

/** Cancels a run, which stays readable. */
const cancel: Handler = async (call, context) => {
	const run = find(call, context);
	demand(call, context.state.projects.get(run.projectId)!, 'project_editor');
	if (isOver(run)) throw conflict(`Cannot cancel an analysis that is ${run.status}`);
	await context.runs.move(run, 'cancelled');
	return context.state.settings.deleteBody ? context.views.run(run) : undefined;
};

export const RUN_CALLS: Record<string, Handler> = {
	'GET /compute/runs': list,
	'POST /compute/runs': submit,
	'GET /compute/runs/{id}': get,
	'DELETE /compute/runs/{id}': cancel,
	'GET /compute/runs/{id}/outputs': getOutputs,
	'GET /compute/runs/by-order/{order_id}': listByOrder,
};
