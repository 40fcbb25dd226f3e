import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** This server has no way to a tool shed: a repository as Galaxy's documentation shows it. */
const bwa = {
	id: 'f2db41e1fa331b3e',
	name: 'bwa',
	owner: 'devteam',
	tool_shed: 'toolshed.g2.bx.psu.edu',
	changeset_revision: 'e188dc7a68e6',
	installed_changeset_revision: 'e188dc7a68e6',
	status: 'Installed',
	error_message: '',
	deleted: false,
	uninstalled: false,
	dist_to_shed: false,
	ctx_rev: '7',
	includes_datatypes: false,
	create_time: '2026-11-01T10:00:00',
	update_time: '2026-11-02T10:00:00',
};
const shown = { id: bwa.id, name: 'bwa', owner: 'devteam', changeset_revision: 'e188dc7a68e6', status: 'Installed', update_time: '2026-11-02T10:00:00Z' };
const revision = { toolShedUrl: 'https://toolshed.g2.bx.psu.edu', name: 'bwa', owner: 'devteam', changesetRevision: 'e188dc7a68e6' };

/** The next request for this path gets this answer. */
const answer = (path: string, body: unknown) => bench.simulator.faults.add({ path: `tool_shed_repositories${path}`, kind: 'status', status: 200, body });

describe('tool shed repositories', () => {
	it('are listed by filters: this server has none', async () => {
		expect(await json('toolShedRepository', 'getAll', { filters: { name: 'bwa', owner: 'devteam', changeset: 'e188dc7a68e6', deleted: false, uninstalled: false } })).toEqual([]);
		expect(bench.arrived('GET tool_shed_repositories')[0].query).toEqual({ name: ['bwa'], owner: ['devteam'], changeset: ['e188dc7a68e6'], deleted: ['false'], uninstalled: ['false'] });
	});

	it('are shown, listed and found (answers of a server with tools from a tool shed)', async () => {
		answer(`/${bwa.id}`, bwa);
		expect(await json('toolShedRepository', 'get', { repositoryId: byId(bwa.id) })).toMatchObject([shown]);
		answer('', [bwa]);
		expect(await json('toolShedRepository', 'getAll')).toMatchObject([shown]);
		answer('', [bwa]);
		expect(await bench.shown('searchRepositories', {}, 'bwa by')).toEqual([['bwa by devteam (e188dc7a68e6, Installed)', bwa.id]]);
	});

	it('are looked up in the tool shed, all or one', async () => {
		expect(await json('toolShedRepository', 'checkForUpdates')).toMatchObject([{ status: 'ok', message: expect.stringMatching(/^Checked the status/) }]);
		answer('/check_for_updates', { status: 'ok', message: 'Repository bwa is up to date' });
		expect(await json('toolShedRepository', 'checkForUpdates', { additionalFields: { id: byId(bwa.id) } })).toEqual([{ status: 'ok', message: 'Repository bwa is up to date' }]);
		expect(bench.arrived('GET tool_shed_repositories/check_for_updates')[1].query).toEqual({ id: [bwa.id] });
	});

	it('are installed with all that can be said (answer of a server with a way to a tool shed)', async () => {
		// the server would look for the tool shed for minutes, but refuses an ordinary user at once
		bench.login = 'user';
		bench.simulator.faults.add({ path: '/install_repository_revision', kind: 'status', status: 200, body: [bwa], after: true });
		const additionalFields = {
			installRepositoryDependencies: true,
			installResolverDependencies: true,
			installToolDependencies: false,
			newToolPanelSectionLabel: 'Mapping',
			shedToolConf: 'shed_tool_conf.xml',
			toolPanelSectionId: 'textutil',
			toolPanelSectionMapping: '{"bwa": {"action": "append", "tool_panel_section": "textutil"}}',
		};
		expect(await json('toolShedRepository', 'install', { ...revision, additionalFields })).toMatchObject([shown]);
		expect(bench.arrived('POST tool_shed_repositories/new/install_repository_revision')[0].body).toEqual({
			tool_shed_url: 'https://toolshed.g2.bx.psu.edu',
			name: 'bwa',
			owner: 'devteam',
			changeset_revision: 'e188dc7a68e6',
			install_repository_dependencies: true,
			install_resolver_dependencies: true,
			install_tool_dependencies: false,
			new_tool_panel_section_label: 'Mapping',
			shed_tool_conf: 'shed_tool_conf.xml',
			tool_panel_section_id: 'textutil',
			tool_panel_section_mapping: { bwa: { action: 'append', tool_panel_section: 'textutil' } },
		});
		expect((await new Galaxy().methods.loadOptions.getPanelSections.call(bench.editor()))).toContainEqual({ name: 'Text Manipulation', value: 'textutil' });
	});

	it('are not installed twice when the answer is lost', async () => {
		bench.simulator.faults.add({ path: '/new/install_repository_revision', kind: 'cut', times: 9 });
		expect((await bench.run('toolShedRepository', 'install', revision)).error).toBeDefined();
		expect(bench.arrived('POST tool_shed_repositories/new/install_repository_revision')).toHaveLength(1);
	});

	it('are uninstalled by ID (answer of a server with tools from a tool shed)', async () => {
		answer(`/${bwa.id}`, { message: 'The repository named bwa has been deactivated.' });
		expect(await json('toolShedRepository', 'uninstall', { repositoryBy: 'id', repositoryId: byId(bwa.id), removeFromDisk: false })).toEqual([{ deleted: true, message: 'The repository named bwa has been deactivated.' }]);
		expect(bench.arrived('DELETE tool_shed_repositories/{id}')[0].query).toEqual({ remove_from_disk: ['false'] });
	});

	it('are uninstalled by name and revision, if they are there', async () => {
		const { error } = await bench.run('toolShedRepository', 'uninstall', { repositoryBy: 'name', ...revision });
		expect(error?.message).toBe('There is no such repository on the server');
		expect(bench.arrived('DELETE tool_shed_repositories')[0].query).toEqual({ name: ['bwa'], owner: ['devteam'], changeset_revision: ['e188dc7a68e6'], tool_shed_url: ['https://toolshed.g2.bx.psu.edu'], remove_from_disk: ['true'] });
	});

	it('get their metadata again, all of them', async () => {
		expect(await json('toolShedRepository', 'resetMetadata')).toEqual([expect.objectContaining({ successful_count: 0, unsuccessful_count: 0, repository_status: [] })]);
	});

	it('get their metadata again, or say which do not', async () => {
		const { error } = await bench.run('toolShedRepository', 'resetMetadata', { repositoryIds: `${bwa.id}, 5a1cff6882ddb5b2` });
		expect(error?.message).toBe(`Failed to reset metadata for 2. The repositories ${bwa.id}, 5a1cff6882ddb5b2 have kept what they had`);
		expect(bench.arrived('POST tool_shed_repositories/reset_metadata_on_selected_installed_repositories')[0].query).toEqual({ repository_ids: [bwa.id, '5a1cff6882ddb5b2'] });
		answer('/reset_metadata_on_selected', { message: 'Successful reset of metadata for 1.', successful: [bwa.id], failed: [] });
		expect(await json('toolShedRepository', 'resetMetadata', { repositoryIds: bwa.id })).toMatchObject([{ successful: [bwa.id] }]);
	});

	it('are installed by administrators only', async () => {
		bench.login = 'user';
		const { error } = await bench.run('toolShedRepository', 'install', revision);
		expect(error?.description).toMatch(/Ask an administrator/);
	});
});
