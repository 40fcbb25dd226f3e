import type { IDataObject } from 'n8n-workflow';

import { flag, text } from '../../shared/field';
import { Kept } from '../../shared/kept';
import { program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { given } from '../api';
import { ID_PLACEHOLDER } from '../placeholders';
import { withoutSecret } from './account';

/** A profile, as far as it tells of the organization. */
interface Profile {
	org?: IDataObject | null;
}

/** The organization in a profile; throws a Problem for a user who belongs to none. */
function organizationIn({ org }: Profile): IDataObject {
	if (org) return org;
	throw new Problem('The user of the credential belongs to no organization', { description: 'Ask an administrator of your organization to add the user, or choose another credential' });
}

const kept = new Kept<Connection, IDataObject>(Infinity, new WeakMap());

/** The organization of the user whom the credential belongs to, read once per execution. Throws a Problem when there is none. */
export async function ownOrganization(connection: Connection): Promise<IDataObject> {
	return await kept.get(connection, async () => organizationIn((await connection.send('GET users/me')) as Profile));
}

const get = request({
	name: 'Get',
	action: 'Get organization',
	description: 'Retrieve your organization with its models and report settings',
	request: 'GET users/me',
	fields: {},
	simplify: ['id', 'name', 'domains', 'available_models', 'webhooks_enabled'],
	unwrap: (profile: Profile) => withoutSecret(organizationIn(profile)),
});

/** Values for paths of an organization's own calls; the credential's organization when none is named. */
export async function organizationPath(connection: Connection, named: string | undefined): Promise<{ organizationId: string }> {
	return { organizationId: named ?? String((await ownOrganization(connection)).id) };
}

/** Of calls for an organization; empty for the credential's own. */
export const organizationId = text('Organization ID', { placeholder: ID_PLACEHOLDER, description: 'Your own organization when left empty' });

const getModels = program({
	name: 'Get Models',
	action: 'Get models of organization',
	description: 'Retrieve the models that orders may name',
	effect: 'read',
	fields: {
		hideDeprecated: flag('Hide Deprecated', { default: true, description: 'Whether to leave out models that are no longer recommended' }),
		organizationId,
	},
	async run({ connection, values }) {
		const path = await organizationPath(connection, values.organizationId);
		const models = await connection.send('GET organizations/{organizationId}/models', { path, query: { hide_deprecated: values.hideDeprecated } });
		return (models as IDataObject[]).map((json) => ({ json }));
	},
});

const generateApiKey = program({
	name: 'Generate API Key',
	action: 'Generate API key of organization',
	description: 'Make a new API key; credentials with the old one may stop working',
	destructive: true,
	secretOutput: true,
	fields: { organizationId },
	async run({ connection, values }) {
		const path = await organizationPath(connection, values.organizationId);
		return { json: given(await connection.send('POST organizations/{organizationId}/generate-api-key', { path }), 'API key') };
	},
});

export const organization: Resource = { name: 'Organization', operations: { generateApiKey, get, getModels } };
