import { list } from '../../../shared/field';
import { program, request, type OutputItem } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { userId } from '../../fields';
import { filledIn, type Input } from '../../formModel';

export const getDefaultPermissions = request({
	name: 'Get Default Permissions',
	action: 'Get default permissions of user',
	description: 'Retrieve who may do what with datasets in new histories of a user, and the roles to choose from',
	request: 'GET api/users/{userId}/permissions/inputs',
	fields: { userId },
});

/** The numbers of roles, which are given by their names or numbers. */
function roleNumbers({ options = [] }: Input, roles: string[]): Array<string | number> {
	return roles.map((role) => {
		const found = options.find(([label, value]) => label === role || String(value) === role);
		if (!found) throw new Problem(`The user has no role "${role}"`, { description: `Give some of: ${options.map(([label]) => label).join(', ')}` });
		return found[1];
	});
}

export const setDefaultPermissions = program({
	name: 'Set Default Permissions',
	action: 'Set default permissions of user',
	description: 'Say who may do what with datasets in new histories of a user',
	fields: {
		userId,
		accessRoles: list('Access Roles', { default: [], placeholder: 'e.g. ada@example.org', description: 'Comma-separated list of names of roles: who has all of them may see the datasets, and everybody when left empty' }),
		manageRoles: list('Manage Roles', { placeholder: 'e.g. ada@example.org', description: 'Comma-separated list of names of roles: who has one of them may change the permissions' }),
	},
	async run({ connection, values: { userId: id, accessRoles, manageRoles } }) {
		const { inputs } = (await connection.send('GET api/users/{id}/permissions/inputs', { path: { id } })) as { inputs: Input[] };
		const given = Object.entries({ DATASET_ACCESS: accessRoles, DATASET_MANAGE_PERMISSIONS: manageRoles }).filter(([, roles]) => roles !== undefined);
		const numbers = given.map(([name, roles]) => [name, roleNumbers(inputs.find((input) => input.name === name) as Input, roles as string[])]);
		const body = filledIn(inputs, Object.fromEntries(numbers)) as Record<string, string[]>;
		return { json: (await connection.send('PUT api/users/{id}/permissions/inputs', { path: { id }, body })) as OutputItem['json'] };
	},
});
