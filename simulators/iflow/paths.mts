import { badRequest, forbidden } from './errors.mts';
import type { Project } from './records.mts';
import type { Settings } from './settings.mts';

const refuseStrange = (path: string): void => {
	if (path.startsWith('/')) throw badRequest('The path must not begin with a slash');
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) throw badRequest('The path must be relative to the project, without a scheme');
	if (path.split('/').some((part) => part === '..' || part === '.')) throw badRequest('The path must not contain . or ..');
};

/** A path of an object, checked (contract, section 6.2); throws ApiError 400. */
export function objectPath(path: string): string {
	refuseStrange(path);
	if (path === '' || path.endsWith('/')) throw badRequest('The path must name a file');
	return path;
}

/** A path where something may be put or taken away; throws ApiError 400, and 403 for a signed report, which stays as it is. */
export function changeablePath(path: string): string {
	if (/^orders\/[^/]+\/signed-report\.pdf$/.test(objectPath(path))) throw forbidden('A signed report cannot be changed');
	return path;
}

/** A path for a new object; throws ApiError 400 also for white space in it. */
export function newPath(path: string): string {
	if (/\s/.test(path)) throw badRequest('File names must not contain white space');
	return changeablePath(path);
}

/** A path of a folder, empty for the root, else with a slash at its end; throws ApiError 400. */
export function folderPath(path = ''): string {
	if (path === '' || path === '/') return '';
	refuseStrange(path);
	return path.endsWith('/') ? path : `${path}/`;
}

/** The key in the bucket that a path stands for. */
export const keyOf = ({ prefix }: Project, path: string, { prefixInPaths }: Settings): string => (prefixInPaths ? path : prefix + path);
