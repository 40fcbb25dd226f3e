import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, list, loadedChoice, locator, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';
import { Problem } from '../../shared/problem';
import { ID_PLACEHOLDER } from '../fields';

/** The most useful fields of an installed repository. */
const simplify = ['id', 'name', 'owner', 'tool_shed', 'changeset_revision', 'status', 'error_message', 'deleted', 'uninstalled', 'update_time'];

const installed = { list: 'searchRepositories', noun: 'repository', idPlaceholder: ID_PLACEHOLDER, description: 'An installed repository, or one by its ID' } as const;

/** By what the tool shed knows a revision of a repository. */
const revision = {
	name: { placeholder: 'e.g. bwa', description: 'Name of the repository' },
	owner: { placeholder: 'e.g. devteam', description: 'Username of its owner in the tool shed' },
	changesetRevision: { placeholder: 'e.g. e188dc7a68e6', description: 'The revision as the tool shed shows it' },
	toolShedUrl: { placeholder: 'e.g. https://toolshed.g2.bx.psu.edu', description: 'Address of the tool shed' },
} as const;

const get = request({
	name: 'Get',
	action: 'Get tool shed repository',
	description: 'Retrieve an installed repository of tools with its state',
	request: 'GET api/tool_shed_repositories/{repositoryId}',
	simplify,
	fields: { repositoryId: locator('Repository', { ...installed, place: 'path', required: true }) },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many tool shed repositories',
	description: 'Retrieve a list of the repositories of tools that are or were installed',
	request: 'GET api/tool_shed_repositories',
	pages: wholeList,
	simplify,
	fields: {
		changeset: text('Changeset Revision', { placeholder: revision.changesetRevision.placeholder }),
		deleted: flag('Deleted', { description: 'Whether to list repositories that are switched off or removed, or those that are not' }),
		name: text('Name', { placeholder: revision.name.placeholder }),
		owner: text('Owner', { placeholder: revision.owner.placeholder }),
		uninstalled: flag('Uninstalled', { description: 'Whether to list repositories that were uninstalled, or those that were not' }),
	},
});

const checkForUpdates = request({
	name: 'Check for Updates',
	action: 'Check tool shed repositories for updates',
	description: 'Ask the tool shed whether there are newer revisions (administrators only)',
	request: 'GET api/tool_shed_repositories/check_for_updates',
	// what the tool shed tells is written down
	effect: 'write',
	fields: { id: locator('Repository', { ...installed, description: 'All installed ones when this is not added' }) },
});

const install = request({
	name: 'Install',
	action: 'Install tool shed repository',
	description: 'Fetch a repository of tools from the tool shed and install it, which may take minutes: raise "Timeout" (administrators only)',
	request: 'POST api/tool_shed_repositories/new/install_repository_revision',
	simplify,
	fields: {
		toolShedUrl: text('Tool Shed', { required: true, ...revision.toolShedUrl }),
		name: text('Name', { required: true, ...revision.name }),
		owner: text('Owner', { required: true, ...revision.owner }),
		changesetRevision: text('Changeset Revision', { required: true, ...revision.changesetRevision }),
		installRepositoryDependencies: flag('Install Repository Dependencies', { description: 'Whether to install the repositories that it needs, too' }),
		installResolverDependencies: flag('Install Resolver Dependencies', { description: 'Whether to install the programs that its tools need, by Conda for example' }),
		installToolDependencies: flag('Install Tool Dependencies', { description: 'Whether to install the programs that its tools need in the old way of the tool shed' }),
		newToolPanelSectionLabel: text('New Tool Panel Section', { placeholder: 'e.g. Mapping', description: 'Name of a section that is to be made for its tools' }),
		shedToolConf: text('Shed Tool Config', { placeholder: 'e.g. shed_tool_conf.xml', description: 'The file of the server that lists its tools, where there are several' }),
		toolPanelSectionId: loadedChoice('Tool Panel Section', { load: 'getPanelSections' }),
		toolPanelSectionMapping: json('Tool Panel Section Mapping', { placeholder: 'e.g. {"toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa/0.7.17": {"action": "append", "tool_panel_section": "mapping"}}', description: 'A section for each of its tools' }),
	},
});

/** Galaxy says so on a web page. */
function notThere(cause: Problem): never {
	if (cause.status !== 400) throw cause;
	throw new Problem('There is no such repository on the server', { description: 'Give name, owner, revision and tool shed as "Get Many" shows them', status: cause.status });
}

const fromDisk = flag('Remove From Disk', { default: true, place: 'query', description: 'Whether to remove its files; otherwise it is switched off alone' });

const uninstall = program({
	name: 'Uninstall',
	action: 'Uninstall tool shed repository',
	description: 'Remove an installed repository of tools, or switch it off (administrators only)',
	destructive: true,
	fields: {
		repositoryBy: choice('Repository Given By', [{ name: 'ID', value: 'id' }, { name: 'Name and Revision', value: 'name' }], { place: 'none', default: 'id' }),
		repositoryId: locator('Repository', { ...installed, place: 'none', required: true, shownFor: { repositoryBy: ['id'] } }),
		...revisionFields(),
		removeFromDisk: fromDisk,
	},
	async run({ connection, values: { repositoryBy, repositoryId: id, name, owner, changesetRevision, toolShedUrl, removeFromDisk } }) {
		const query = { remove_from_disk: removeFromDisk };
		const answer =
			repositoryBy === 'id'
				? await connection.send('DELETE api/tool_shed_repositories/{id}', { path: { id }, query })
				: await connection.send('DELETE api/tool_shed_repositories', { query: { ...query, name, owner, changeset_revision: changesetRevision, tool_shed_url: toolShedUrl } }).catch(notThere);
		return { json: { deleted: true, ...(answer as IDataObject) } };
	},
});

/** The fields of a revision that is given by its names. */
function revisionFields() {
	const shownFor = { repositoryBy: ['name'] };
	return {
		toolShedUrl: text('Tool Shed', { place: 'none', required: true, shownFor, ...revision.toolShedUrl }),
		name: text('Name', { place: 'none', required: true, shownFor, ...revision.name }),
		owner: text('Owner', { place: 'none', required: true, shownFor, ...revision.owner }),
		changesetRevision: text('Changeset Revision', { place: 'none', required: true, shownFor, ...revision.changesetRevision }),
	};
}

const resetMetadata = program({
	name: 'Reset Metadata',
	action: 'Reset metadata of tool shed repositories',
	description: 'Let Galaxy find out again what is in installed repositories (administrators only)',
	fields: {
		repositoryIds: list('Repository IDs', { default: [], placeholder: ID_PLACEHOLDER, description: 'Comma-separated list; all of them when left empty' }),
	},
	async run({ connection, values: { repositoryIds } }) {
		if (repositoryIds.length === 0) {
			// JSON in a text
			const answer = (await connection.send('POST api/tool_shed_repositories/reset_metadata_on_installed_repositories', { body: {} })) as string;
			return { json: JSON.parse(answer) as IDataObject };
		}
		// Galaxy looks for them in the query alone, and tells with status 200 what it could not do
		const query = { repository_ids: repositoryIds };
		const answer = (await connection.send('POST api/tool_shed_repositories/reset_metadata_on_selected_installed_repositories', { query })) as { message: string; failed: string[] };
		if (answer.failed.length > 0) throw new Problem(`${answer.message} The repositories ${answer.failed.join(', ')} have kept what they had`, { description: 'Look at them with "Get"; the log of the server tells why' });
		return { json: answer };
	},
});

export const toolShedRepository: Resource = { name: 'Tool Shed Repository', operations: { checkForUpdates, get, getAll, install, resetMetadata, uninstall } };
