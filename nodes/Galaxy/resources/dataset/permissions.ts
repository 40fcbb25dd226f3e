import { choice, loadedChoices } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { readDataset } from '../../datasets';
import { oneDataset } from '../../fields';
import { changed, CHANGES, PUBLIC_OR_PRIVATE } from '../../permissions';

type Pair = [name: string, id: string];

/** Roles of each right, as pairs of name and ID. */
interface Rights {
	access_dataset_roles: Pair[];
	manage_dataset_roles: Pair[];
	modify_item_roles: Pair[];
}

const named = (pairs: Pair[]) => pairs.map(([name, id]) => ({ name, id }));

const roles = (right: string) => loadedChoices(right, { place: 'none', load: 'getRoles', default: [] as string[], hint: 'Left as they are when empty', shownFor: { change: CHANGES.map(({ value }) => value) } });

export const setPermissions = program({
	name: 'Set Permissions',
	action: 'Set permissions of dataset',
	description: 'Change which roles may see a dataset, and which may say so',
	fields: {
		...oneDataset,
		change: choice('Change', [...CHANGES, ...PUBLIC_OR_PRIVATE].sort((a, b) => a.name.localeCompare(b.name)), { place: 'none', default: 'make_private' }),
		canAccess: roles('Access Role'),
		canManage: roles('Manage Role'),
		canModify: roles('Modify Role'),
	},
	async run({ connection, values: { datasetId, change, canAccess, canManage, canModify } }) {
		const isOfRoles = CHANGES.some(({ value }) => value === change);
		if (isOfRoles && [...canAccess, ...canManage, ...canModify].length === 0) throw new Problem('No role is given', { description: 'Choose roles for at least one of the rights' });
		let body: Record<string, string | string[]> = { action: change };
		if (isOfRoles) {
			// all lists are replaced, and one that is not sent is emptied (contract, section 9, 30)
			const { permissions } = (await readDataset(connection, datasetId, { keys: 'permissions' })) as { permissions?: { access: string[]; manage: string[]; modify?: string[] } };
			const { access = [], manage = [], modify = [] } = permissions ?? {};
			body = { action: 'set_permissions', 'access_ids[]': changed(change, access, canAccess), 'manage_ids[]': changed(change, manage, canManage), 'modify_ids[]': changed(change, modify, canModify) };
		}
		const after = (await connection.send('PUT api/datasets/{datasetId}/permissions', { path: { datasetId }, body })) as Rights;
		return { json: { access_dataset_roles: named(after.access_dataset_roles), manage_dataset_roles: named(after.manage_dataset_roles), modify_item_roles: named(after.modify_item_roles) } };
	},
});
