import { Problem } from '../../shared/problem';

/** Where Gencove keeps what is for everybody. */
const SHARED = 'gencove-explorer-data';

/** Whose files a path names, and what stands behind that in it. */
export type Named =
	| { owner: 'bucket'; bucket: string; root: string; rest: string }
	| { owner: 'organization' | 'gencove'; root: string; rest: string }
	| { owner: 'user'; who: string; root: string; rest: string };

/**
 * Reads a path of Explorer: e://users/me/x, e://users/<ID or email>/x, e://org/x, e://gencove/x, or s3://bucket/x for
 * what else an organization has. Throws a Problem for all others.
 */
export function named(path: string): Named {
	const [, scheme, first = '', more = ''] = /^(e|s3):\/\/([^/]+)(?:\/(.*))?$/s.exec(path) ?? [];
	// addresses do not keep such parts
	if (scheme === undefined || more.split('/').some((part) => part === '.' || part === '..')) throw unknown(path);
	const root = `${scheme}://${first}/`;
	if (scheme === 's3') return { owner: 'bucket', bucket: first, root, rest: more };
	if (first === 'org') return { owner: 'organization', root, rest: more };
	if (first === 'gencove') return { owner: 'gencove', root, rest: more };
	const [who, ...rest] = more.split('/');
	if (first !== 'users' || who === '') throw unknown(path);
	return { owner: 'user', who, root: `${root}${who}/`, rest: rest.join('/') };
}

const unknown = (path: string) =>
	new Problem(`"${path}" is not a path of Explorer`, { description: 'Give it as e://users/me/..., e://users/ with the ID or email of a user, e://org/..., e://gencove/... or s3://bucket/...' });

/** The bucket of an organization. */
export const bucketOf = (organizationId: string): string => `gencove-explorer-${organizationId.replace(/-/g, '').slice(0, 12)}`;

/** Bucket and beginning of the keys of what everybody may read. */
export const EVERYBODY = { bucket: SHARED, base: 'files/' };
