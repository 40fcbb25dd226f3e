import type { IDataObject } from 'n8n-workflow';

import { flag, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import type { Connection } from '../../shared/request';
import { withoutSecret } from './account';

/** The organization of the user whom the credential belongs to. */
export async function ownOrganization(connection: Connection): Promise<IDataObject> {
	const { org } = (await connection.send('GET users/me')) as { org: IDataObject };
	return org;
}

const get = request({
	name: 'Get',
	action: 'Get organization',
	description: 'Retrieve your organization with its models and report settings',
	request: 'GET users/me',
	fields: {},
	simplify: ['id', 'name', 'domains', 'available_models', 'webhooks_enabled'],
	unwrap: (profile: { org: IDataObject }) => withoutSecret(profile.org),
});

const getModels = program({
	name: 'Get Models',
	action: 'Get models of organization',
	description: 'Retrieve the models that orders may name',
	effect: 'read',
	fields: {
		hideDeprecated: flag('Hide Deprecated', { default: true, description: 'Whether to leave out models that are no longer recommended' }),
		organizationId: text('Organization ID', { description: 'Your own organization when left empty' }),
	},
	async run({ connection, values }) {
		const id = values.organizationId ?? String((await ownOrganization(connection)).id);
		const models = await connection.send('GET organizations/{id}/models', {
			path: { id },
			query: { hide_deprecated: values.hideDeprecated },
		});
		return (models as IDataObject[]).map((json) => ({ json }));
	},
});

export const organization: Resource = { name: 'Organization', operations: { get, getModels } };
