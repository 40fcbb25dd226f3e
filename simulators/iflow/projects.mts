import type { Call, Context } from './context.mts';
import { badRequest, forbidden } from './errors.mts';
import type { Project, Role } from './records.mts';
import { textOf } from './validation.mts';

const RANKS: Role[] = ['demo_viewer', 'project_viewer', 'project_editor', 'project_admin'];

/** The project that a request names in its header, if it does. */
export const headerOf = ({ headers }: Call): string | undefined => headers['x-project-id'] as string | undefined;

/** A project that the caller may see; throws ApiError 403 for any other, known or not. */
export function visible({ user }: Call, { state }: Context, id: string): Project {
	const project = state.projects.get(id.toLowerCase());
	if (!project || user.roles[project.id] === undefined) throw forbidden('You do not have access to this project');
	return project;
}

/** The project of the header, which must be there (contract, section 2.3). @throws ApiError 400, 403 */
export function projectOf(call: Call, context: Context): Project {
	const id = headerOf(call);
	if (!id) throw badRequest('No project selected: X-Project-ID header is required');
	return visible(call, context, id);
}

/** The project of a call about files: in the query of a service's host, in the header of the gateway. @throws ApiError 400, 403, 422 */
export function projectOfFiles(call: Call, context: Context): Project {
	if (call.layout === 'gateway') return projectOf(call, context);
	const id = textOf(call.query, 'project_id');
	const header = headerOf(call);
	if (header !== undefined && header.toLowerCase() !== id.toLowerCase()) throw badRequest('X-Project-ID and project_id are not the same project');
	return visible(call, context, id);
}

/** Throws ApiError 403 when the caller's role in a project is lower. */
export function demand({ user }: Call, project: Project, role: Role): void {
	if (RANKS.indexOf(user.roles[project.id]) < RANKS.indexOf(role)) throw forbidden(`This needs the role ${role} in the project`);
}

/** The project of the header, in which the caller may change things. */
export function editable(call: Call, context: Context, of = projectOf): Project {
	const project = of(call, context);
	demand(call, project, 'project_editor');
	return project;
}
