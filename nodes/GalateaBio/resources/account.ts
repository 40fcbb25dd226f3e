import type { IDataObject } from 'n8n-workflow';

import { request, type Resource } from '../../shared/operation';

/** The profile shows the secret that signs the webhooks: it must not travel through workflows. */
export function withoutSecret(organization: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(organization).filter(([name]) => name !== 'webhooks_secret'));
}

const getProfile = request({
	name: 'Get Profile',
	action: 'Get account profile',
	description: 'Retrieve your own user with role and organization',
	request: 'GET users/me',
	fields: {},
	simplify: ['id', 'email', 'first_name', 'last_name', 'role', 'is_active', 'created_at', 'org'],
	unwrap: (profile: { org: IDataObject | null }) => ({ ...profile, org: profile.org && withoutSecret(profile.org) }),
});

export const account: Resource = { name: 'Account', operations: { getProfile } };
