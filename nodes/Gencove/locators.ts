import type { IDataObject } from 'n8n-workflow';

import { searchList, type Chosen } from '../shared/locator';
import type { Connection } from '../shared/request';
import { api, everyRow, pages } from './api';
import { legacyApi, within } from './legacy/api';

const named = ({ name }: IDataObject) => String(name);
const keyed = ({ key }: IDataObject) => String(key);
const statusOf = ({ last_status }: IDataObject) => String((last_status as IDataObject | null)?.status ?? 'unknown');

/** The rows of a list that the service does not search by what is shown: all of it is read, and searched here. */
const whole = (line: string, { path, query }: { path?: (chosen: Chosen) => Record<string, string>; query?: Record<string, string> } = {}) => ({
	async rows(connection: Connection, chosen: Chosen): Promise<IDataObject[]> {
		const found: IDataObject[] = [];
		for await (const row of everyRow(connection, line, { path: path?.(chosen), query })) found.push(row);
		return found;
	},
});

/** Users by name and address; the name may be empty. */
const person = ({ name, email }: IDataObject) => (name ? `${String(name)} (${String(email)})` : String(email));

/** The role that a user was given, in the organization or in a project. */
const roleIn = ({ roles }: IDataObject, where: string) => (roles as Record<string, IDataObject | undefined> | undefined)?.[where];

/** The roles of users: they have IDs of their own. */
const rolesOfUsers = (where: string) => ({
	keep: (row: IDataObject) => roleIn(row, where)?.id !== undefined,
	label: (row: IDataObject) => `${person(row)}: ${String(roleIn(row, where)?.name)}`,
	value: (row: IDataObject) => String(roleIn(row, where)?.id),
});

const ofProject = (chosen: Chosen) => ({ projectId: chosen('projectId', 'Project') });

/** The searchable lists of the editor. */
export const locators = {
	searchProjects: searchList(api, { line: 'GET projects/', pages, query: { sort_by: 'modified', sort_order: 'desc' }, search: 'search', label: named }),
	searchSamples: searchList(api, {
		line: 'GET project-samples/{projectId}',
		path: ofProject,
		pages,
		query: { sort_by: 'modified', sort_order: 'desc' },
		search: 'search',
		label: (row) => `${String(row.client_id)} (${statusOf(row)})`,
	}),
	searchCapabilities: searchList(api, { ...whole('GET pipeline-capabilities/'), label: named }),
	searchUploads: searchList(api, { ...whole('GET uploads/'), label: ({ destination_path: path }) => String(path) }),
	searchBatches: searchList(api, { ...whole('GET project-batches/{projectId}', { path: ofProject }), label: (row) => `${named(row)} (${statusOf(row)})` }),
	searchBatchTypes: searchList(api, { ...whole('GET project-batch-types/{projectId}', { path: ofProject }), label: keyed, value: keyed }),
	searchManifests: searchList(api, {
		rows: async (connection, chosen) => (await connection.send('GET project-sample-manifests/{projectId}', { path: ofProject(chosen) })) as IDataObject[],
		label: ({ file_name: name, created }) => `${String(name)} (${String(created)})`,
	}),
	searchPipelines: searchList(api, { ...whole('GET pipeline/', { query: { sort_by: 'created', sort_order: 'desc' } }), label: ({ version }) => String(version) }),
	searchBaseSpaceProjects: searchList(api, { ...whole('GET basespace-projects/'), label: ({ basespace_name: name }) => String(name), value: ({ basespace_id: id }) => String(id) }),
	searchBaseSpaceAutoimports: searchList(api, { ...whole('GET basespace-projects-autoimport/'), label: ({ identifier }) => String(identifier) }),
	searchS3Autoimports: searchList(api, { ...whole('GET s3-uri-autoimport/'), label: ({ s3_uri: uri }) => String(uri) }),
	searchSubscriptions: searchList(api, { ...whole('GET project-subscriptions/{projectId}', { path: ofProject }), label: ({ name, target }) => `${String(name)} (${String(target)})` }),
	searchNotifications: searchList(api, {
		...whole('GET project-subscription-notifications/{subscriptionId}', { path: (chosen) => ({ subscriptionId: chosen('subscriptionId', 'Subscription') }) }),
		label: ({ created, notification_event_type: type }) => `${String(created)}, ${String(type)}`,
	}),
	searchUsers: searchList(api, { line: 'GET organization-users/', pages, search: 'search', label: person }),
	searchRolesOfUsers: searchList(api, { line: 'GET organization-users/', pages, search: 'search', ...rolesOfUsers('organization') }),
	searchRolesInProject: searchList(api, { line: 'GET project-users/{projectId}', path: ofProject, pages, query: { only_explicit_roles: true }, search: 'search', ...rolesOfUsers('project') }),
	searchOrganizationRoles: searchList(api, { ...whole('GET roles/organization'), label: named, value: named }),
	searchProjectRoles: searchList(api, { ...whole('GET roles/project'), label: named, value: named }),
	searchInvitations: searchList(api, { ...whole('GET invitations/', { query: { status: 'pending' } }), label: ({ email, role }) => `${String(email)} (${String(role)})` }),
	searchShares: searchList(api, {
		...whole('GET project-shares/'),
		label: (row) => `${String(row.shared_with_user_email ?? row.shared_with_org_name)}: ${String(row.project)} (${statusOf(row)})`,
	}),
	searchApiKeys: searchList(api, { ...whole('GET user-api-keys/'), label: ({ name, prefix }) => `${String(name)} (${String(prefix)}...)` }),
	searchLegacyProjects: searchList(legacyApi, {
		rows: async (connection) => within('projects')(await connection.send('GET projects')) as IDataObject[],
		label: named,
		value: ({ project_id: id }) => String(id),
	}),
	searchLegacySamples: searchList(legacyApi, {
		rows: async (connection, chosen) => within('samples')(await connection.send('GET projects/{project}/samples', { path: { project: chosen('legacyProjectId', 'Project') } })) as IDataObject[],
		label: ({ external_id: name, sample_id: id }) => `${String(name)} (${String(id)})`,
		value: ({ sample_id: id }) => String(id),
	}),
	searchInstances: searchList(api, { ...whole('GET explorer-instances/'), label: ({ id, status }) => `${String(id)} (${String(status)})` }),
};
