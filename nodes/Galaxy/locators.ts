import type { IDataObject } from 'n8n-workflow';

import { searchList, type Chosen } from '../shared/locator';
import { slices } from '../shared/pages';
import { api, pages } from './api';
import { toolbox } from './running/toolbox';

const named = ({ name }: IDataObject) => String(name);

const ofHistory = (chosen: Chosen) => ({ historyId: chosen('historyId', 'History') });

/** Items of the chosen history that are of this type and not deleted, the newest first. */
const contents = (type: string, about: (row: IDataObject) => string) =>
	searchList(api, {
		line: 'GET api/histories/{historyId}/contents',
		path: ofHistory,
		pages,
		query: { v: 'dev', 'q:history_content_type': type, 'q:deleted': false, order: 'hid-dsc' },
		search: 'q:name-contains',
		label: (row) => `${String(row.hid)}: ${named(row)} (${about(row)})`,
	});

/** Users by email address; of others an ordinary user may see the name alone. */
const users = (deleted: boolean) =>
	searchList(api, { line: 'GET api/users', pages, query: { deleted }, search: 'f_any', label: ({ email, username }) => String(email ?? username) });

/** What stands in the chosen library, at all depths, by its path. */
const inLibrary = (type: string) =>
	searchList(api, {
		rows: async (connection, chosen) => (await connection.send('GET api/libraries/{library}/contents', { path: { library: chosen('libraryId', 'Library') } })) as IDataObject[],
		keep: (row) => row.type === type,
		label: named,
	});

/** Pages and visualizations of one's own, by title. */
const own = (line: string) => searchList(api, { line, pages, query: { show_published: false, show_shared: false }, search: 'search', label: ({ title }) => String(title) });

/** A list that comes whole, by name. */
const wholeOf = (line: string) => searchList(api, { rows: async (connection) => (await connection.send(line)) as IDataObject[], label: named });

/** A list that comes whole, in which a thing has another word than an ID. */
const byOwnWord = (line: string, word: string, label: (row: IDataObject) => string = named) =>
	searchList(api, { rows: async (connection) => (await connection.send(line)) as IDataObject[], label, value: (row) => String(row[word]) });

/** The searchable lists of the editor. */
export const locators = {
	searchHistories: searchList(api, {
		line: 'GET api/histories',
		pages,
		query: { order: 'update_time-dsc', keys: 'id,name,update_time' },
		search: 'q:name-contains',
		label: (row) => `${named(row)} (${String(row.update_time).slice(0, 10)})`,
	}),
	searchDatasets: contents('dataset', ({ extension, state }) => `${String(extension)}, ${String(state)}`),
	searchCollections: contents('dataset_collection', ({ collection_type: type }) => String(type)),
	searchContents: searchList(api, {
		line: 'GET api/histories/{historyId}/contents?v=dev&q=history_content_type&qv={itemType}',
		path: (chosen) => ({ ...ofHistory(chosen), itemType: chosen('itemType', 'Item Type') }),
		pages,
		query: { 'q:deleted': false, order: 'hid-dsc' },
		search: 'q:name-contains',
		label: (row) => `${String(row.hid)}: ${named(row)} (${String(row.extension ?? row.collection_type)})`,
	}),
	searchWorkflows: searchList(api, { line: 'GET api/workflows', pages, query: { skip_step_counts: true }, search: 'search', label: named }),
	searchInvocations: searchList(api, {
		line: 'GET api/invocations',
		// Galaxy gives a hundred at the most
		pages: slices(100),
		query: { view: 'collection', sort_by: 'update_time', sort_desc: true },
		label: (row) => `${String(row.state)}, ${String(row.update_time)}`,
	}),
	searchInvocationSteps: searchList(api, {
		rows: async (connection, chosen) => {
			const { steps } = (await connection.send('GET api/invocations/{id}', { path: { id: chosen('invocationId', 'Invocation') } })) as { steps: IDataObject[] };
			return steps;
		},
		label: ({ order_index: index, workflow_step_label: label, state }) => `${Number(index) + 1}: ${String(label ?? 'Step')} (${String(state)})`,
	}),
	searchJobs: searchList(api, { line: 'GET api/jobs', pages, search: 'search', label: (row) => `${String(row.tool_id)}, ${String(row.state)}, ${String(row.update_time)}` }),
	searchTools: searchList(api, { rows: toolbox, label: (row) => `${named(row)} ${String(row.version)}${row.section ? ` (${String(row.section)})` : ''}` }),
	searchPanelViews: searchList(api, {
		rows: async (connection) => Object.values(((await connection.send('GET api/tool_panels')) as { views: Record<string, IDataObject> }).views),
		label: named,
	}),
	searchConverters: searchList(api, {
		rows: async (connection) => (await connection.send('GET api/datatypes/converters')) as IDataObject[],
		label: ({ source, target, tool_id: id }) => `${String(source)} to ${String(target)} (${String(id)})`,
		value: ({ tool_id: id }) => String(id),
	}),
	searchLibraries: searchList(api, { rows: async (connection) => (await connection.send('GET api/libraries', { query: { deleted: false } })) as IDataObject[], label: named }),
	searchFolders: inLibrary('folder'),
	searchLibraryDatasets: inLibrary('file'),
	searchGenomes: searchList(api, {
		rows: async (connection) => ((await connection.send('GET api/genomes')) as string[][]).map(([name, dbkey]) => ({ name, dbkey })),
		label: named,
		value: ({ dbkey }) => String(dbkey),
	}),
	searchToolDataTables: byOwnWord('GET api/tool_data', 'name'),
	searchRepositories: searchList(api, {
		rows: async (connection) => (await connection.send('GET api/tool_shed_repositories')) as IDataObject[],
		label: ({ name, owner, changeset_revision: revision, status }) => `${String(name)} by ${String(owner)} (${String(revision)}, ${String(status)})`,
	}),
	searchFileSources: byOwnWord('GET api/remote_files/plugins', 'uri_root', ({ label, uri_root: root }) => `${String(label)} (${String(root)})`),
	searchTours: wholeOf('GET api/tours'),
	searchObjectStores: byOwnWord('GET api/object_stores?selectable=true', 'object_store_id', ({ name, object_store_id: id }) => String(name ?? id)),
	searchUiWebhooks: byOwnWord('GET api/webhooks', 'id', ({ id }) => String(id)),
	searchPages: own('GET api/pages'),
	searchVisualizations: own('GET api/visualizations'),
	searchOthersVisualizations: searchList(api, {
		line: 'GET api/visualizations',
		pages,
		query: { show_own: false, show_published: true, show_shared: true },
		search: 'search',
		label: ({ title, username }) => `${String(title)} (${String(username)})`,
	}),
	searchUsers: users(false),
	searchDeletedUsers: users(true),
	searchGroups: wholeOf('GET api/groups'),
	searchRoles: searchList(api, { line: 'GET api/roles', pages, search: 'search', label: named }),
	searchQuotas: wholeOf('GET api/quotas'),
	searchDeletedQuotas: wholeOf('GET api/quotas/deleted'),
	searchForms: wholeOf('GET api/forms'),
};
