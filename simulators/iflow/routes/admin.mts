import type { Handler } from '../context.mts';
import { forbidden, notFound } from '../errors.mts';
import { whole } from '../lists.mts';
import type { Project } from '../records.mts';
import { checkBody } from '../validation.mts';

const listOrganizations: Handler = ({ user }, context) => {
	const ids = new Set(context.state.projectsOf(user).map(({ orgId }) => orgId));
	return whole(context, [...context.state.organizations.values()].filter(({ id }) => ids.has(id)), (organization) => organization);
};

const listProjects: Handler = ({ user, query: { org_id } }, context) =>
	whole(context, context.state.projectsOf(user).filter(({ orgId }) => org_id === undefined || orgId === org_id), context.views.project);

// what the caller cannot see does not exist for him here
function find({ user, params }: Parameters<Handler>[0], { state }: Parameters<Handler>[1], id = params.id): Project {
	const project = state.projectsOf(user).find((one) => one.id === id.toLowerCase());
	if (!project) throw notFound('Project');
	return project;
}

const getProject: Handler = (call, context) => context.views.project(find(call, context));

/** Secrets of a project's bucket, for its administrators only; obviously none (contract, section 12, 19). */
const getCredentials: Handler = (call, context) => {
	const { id, backend, bucket, prefix } = find(call, context);
	if (call.user.roles[id] !== 'project_admin') throw forbidden('Credentials are for administrators');
	const common = { backend, bucket_name: bucket, prefix: prefix || null };
	if (backend === 's3') return { ...common, region: 'eu-central-1', access_key_id: 'SIMULATEDACCESSKEY', secret_access_key: 'simulated-secret-access-key' };
	return { ...common, service_account: { type: 'service_account', project_id: 'simulated', private_key_id: '0000', private_key: 'SIMULATED PRIVATE KEY', client_email: 'sim@simulated.example.org' } };
};

const getContext: Handler = ({ user }, { views }) => views.context(user);

const setContext: Handler = (call, context) => {
	const { project_id } = checkBody(call.body, { project_id: { type: 'uuid' }, org_id: { type: 'uuid' } });
	context.state.contexts.set(call.user.id, project_id ? find(call, context, project_id).id : null);
	return context.views.context(call.user);
};

const whoAmI: Handler = ({ user }, { views }) => views.whoami(user);

export const ADMIN: Record<string, Handler> = {
	'GET /admin/orgs': listOrganizations,
	'GET /admin/projects': listProjects,
	'GET /admin/projects/{id}': getProject,
	'GET /admin/projects/{id}/credentials': getCredentials,
	'GET /admin/users/me/default-context': getContext,
	'PUT /admin/users/me/default-context': setContext,
	'GET /admin/users/whoami': whoAmI,
};
