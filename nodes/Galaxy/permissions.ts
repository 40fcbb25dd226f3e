import type { IDataObject } from 'n8n-workflow';

import { choice, flag, loadedChoices, text, type Field } from '../shared/field';
import { program, request, type Operation } from '../shared/operation';
import type { Pages } from '../shared/pages';
import { Problem } from '../shared/problem';

/** The paths are put together here, so that the compiler cannot compare their names with the fields. */
const declare = request as (operation: object) => Operation;

/** Rights by the names that Galaxy gives them in bodies: 'add' is sent as 'add_ids[]'. */
const RIGHTS = {
	access: 'Access Role',
	add: 'Add Role',
	manage: 'Manage Role',
	modify: 'Modify Role',
};

type Right = keyof typeof RIGHTS;

/** How the roles that are given change those that are there. */
export const CHANGES = [
	{ name: 'Add Roles', value: 'add', description: 'To those that have the right' },
	{ name: 'Remove Roles', value: 'remove', description: 'From those that have the right' },
	{ name: 'Replace Roles', value: 'replace', description: 'In each list that is not left empty' },
];

/** Changes of another kind, which need no roles. */
const MAKE_PUBLIC = { name: 'Make Public', value: 'remove_restrictions', description: 'Let everybody see it' };
const MAKE_PRIVATE = { name: 'Make Private', value: 'make_private', description: 'Let nobody see it but you' };

interface Secured {
	/** In lower case: 'library'. */
	noun: string;
	/** Of its permissions: 'api/libraries/{libraryId}/permissions'. */
	path: string;
	/** The fields by which it is chosen, under the names that stand in the path. */
	fields: Record<string, Field>;
	/** Where each right stands in Galaxy's answers. */
	rights: Partial<Record<Right, string>>;
	more?: Array<typeof MAKE_PUBLIC>;
}

type Pair = [name: string, id: string];

/** Galaxy gives roles as pairs of name and ID. */
const named = (answer: Record<string, Pair[]>): IDataObject =>
	Object.fromEntries(Object.entries(answer).map(([right, pairs]) => [right, pairs.map(([name, id]) => ({ name, id }))]));

/** Pages by number, in an envelope of their own. */
const rolePages: Pages = async function* (fetch, wanted, skip = 0) {
	const size = Math.min(wanted, 100);
	for (let page = 1 + skip; ; page++) {
		const { roles } = (await fetch({ page, page_limit: size })) as { roles: IDataObject[] };
		// an ordinary user gets all of them at once
		const hasNext = roles.length === size;
		yield { rows: roles, hasNext };
		if (!hasNext) return;
	}
};

/** The roles of a right afterwards. */
export function changed(change: string, before: string[], given: string[]): string[] {
	if (given.length === 0) return before;
	if (change === 'remove') return before.filter((id) => !given.includes(id));
	return [...new Set([...(change === 'add' ? before : []), ...given])];
}

/** The operations of everything in a data library that roles give rights on. */
export function permissions({ noun, path, fields, rights, more = [] }: Secured): Record<string, Operation> {
	const names = Object.keys(rights) as Right[];
	// canAccess, canAdd, canManage, canModify
	const fieldOf = (right: Right) => `can${right.charAt(0).toUpperCase()}${right.slice(1)}`;
	const roles = Object.fromEntries(names.map((right) => [
		fieldOf(right),
		loadedChoices(RIGHTS[right], { place: 'none', load: 'getRoles', default: [] as string[], hint: 'Left as they are when empty', shownFor: { change: CHANGES.map(({ value }) => value) } }),
	]));

	const set = program({
		name: 'Set Permissions',
		action: `Set permissions of ${noun}`,
		description: `Change which roles have rights on the ${noun}`,
		fields: { ...fields, change: choice('Change', [...CHANGES, ...more].sort((a, b) => a.name.localeCompare(b.name)), { place: 'none', default: 'add' }), ...roles },
		async run({ connection, values }) {
			const { change } = values as unknown as { change: string };
			const given = (right: Right) => ((values as IDataObject)[fieldOf(right)] as string[] | undefined) ?? [];
			if (more.some(({ value }) => value === change)) return { json: named((await connection.send(`POST ${path}`, { path: values, body: { action: change } })) as Record<string, Pair[]>) };
			if (names.every((right) => given(right).length === 0)) throw new Problem('No role is given', { description: 'Choose roles for at least one of the rights' });
			// each call replaces all lists, and one that is not sent is emptied (contract, section 9, 30)
			const before = (await connection.send(`GET ${path}`, { path: values, query: { scope: 'current' } })) as Record<string, Pair[]>;
			const idsOf = (answer: Record<string, Pair[]>, right: Right) => answer[rights[right] as string].map(([, id]) => id);
			const lists = names.map((right) => [`${right}_ids[]`, changed(change, idsOf(before, right), given(right))]);
			const after = (await connection.send(`POST ${path}`, { path: values, body: { action: 'set_permissions', ...Object.fromEntries(lists) } })) as Record<string, Pair[]>;
			const missing = change === 'remove' ? [] : names.flatMap((right) => given(right).filter((id) => !idsOf(after, right).includes(id)));
			// Galaxy leaves out without a word what may not be chosen
			if (missing.length > 0) throw new Problem(`Galaxy did not give the right to these roles: ${missing.join(', ')}`, { description: `All else is done. "Get Available Roles" lists the roles that the ${noun} can have` });
			return { json: named(after) };
		},
	});

	return {
		getPermissions: declare({ name: 'Get Permissions', action: `Get permissions of ${noun}`, description: `Retrieve which roles have rights on the ${noun}`, request: `GET ${path}?scope=current`, fields, unwrap: named }),
		getAvailableRoles: declare({
			name: 'Get Available Roles',
			action: `Get roles that ${noun} can have`,
			description: `Retrieve a list of the roles that can get rights on the ${noun}`,
			request: `GET ${path}?scope=available`,
			pages: rolePages,
			fields: {
				...fields,
				search: text('Name Begins With', { wire: 'q', description: 'Galaxy heeds it for administrators only' }),
				...('access' in rights && noun === 'library' && { isLibraryAccess: flag('For Access', { description: 'Whether to list the roles that may see the library, or those that may do more' }) }),
			},
		}),
		setPermissions: set,
	};
}

export const PUBLIC = [MAKE_PUBLIC];
export const PUBLIC_OR_PRIVATE = [MAKE_PUBLIC, MAKE_PRIVATE];
