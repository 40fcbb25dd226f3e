import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { unique } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** A visualization; gives its ID and title. */
async function newOne(key?: string): Promise<{ id: string; title: string }> {
	const title = unique('plot');
	return { id: (await bench.galaxy<{ id: string }>('POST visualizations', { type: 'trackster', title, config: { a: 1 } }, key)).id, title };
}

/** The next request for this path gets this answer. */
const answer = (path: string, body: unknown) => bench.simulator.faults.add({ path, kind: 'status', status: 200, body });

const listed = async (filters: object) => (await json('visualization', 'getAll', { returnAll: true, filters })).map(({ id }) => id);

describe('visualizations', () => {
	it('are made, and listed by filters', async () => {
		const title = unique('plot');
		const [made] = await json('visualization', 'create', { type: 'trackster', title, config: '{"a": 1}', additionalFields: { dbkey: 'hg38', slug: title, annotation: 'a note' } });
		expect(made).toEqual({ id: expect.stringMatching(/^[0-9a-f]{16,}$/) });
		expect(bench.arrived('POST visualizations')[0].body).toEqual({ type: 'trackster', title, config: { a: 1 }, dbkey: 'hg38', slug: title, annotation: 'a note' });
		const owner = (await bench.galaxy<{ id: string }>('GET whoami')).id;
		const filters = { search: title, sortBy: 'update_time', sortDesc: false, showOwn: true, showShared: false, userId: byId(owner), deleted: false };
		expect(await json('visualization', 'getAll', { filters })).toMatchObject([{ id: made.id, title, type: 'trackster', annotation: 'a note', update_time: expect.stringMatching(/Z$/) }]);
		expect(bench.arrived('GET visualizations')[0].query).toEqual({ search: [title], sort_by: ['update_time'], sort_desc: ['false'], show_own: ['true'], show_shared: ['false'], show_published: ['false'], user_id: [owner], deleted: ['false'], limit: ['50'], offset: ['0'] });
		expect(await bench.shown('searchVisualizations', {}, title)).toEqual([[title, made.id]]);
	});

	it('are refused without a proper title', async () => {
		const { error } = await bench.run('visualization', 'create', { type: 'trackster', title: 'V', config: '{}' });
		expect(error?.message).toMatch(/at least 3 items/);
	});

	it('are told with their newest revision (answer of a server with the plug-in: this one has none)', async () => {
		const { id, title } = await newOne();
		const refused = await bench.run('visualization', 'get', { visualizationId: byId(id) });
		expect(refused.error?.message).toMatch(/Unknown or invalid visualization: trackster/);
		answer(`/visualizations/${id}`, { model_class: 'Visualization', id, title, type: 'trackster', user_id: id, dbkey: null, slug: null, latest_revision: { id, config: { a: 1 } }, revisions: [id], plugin: { name: 'trackster' }, annotation: null, tags: [] });
		expect(await json('visualization', 'get', { visualizationId: byId(id) })).toMatchObject([{ id, title, latest_revision: { config: { a: 1 } } }]);
	});

	it('are changed, which makes a revision, or stay as they are', async () => {
		const { id } = await newOne();
		const visualizationId = byId(id);
		const renamed = unique('renamed');
		expect(await json('visualization', 'update', { visualizationId, additionalFields: { title: renamed, dbkey: 'mm10', config: '{"b": 2}' } })).toEqual([{ id, revision: expect.any(String) }]);
		expect(await json('visualization', 'update', { visualizationId, additionalFields: { title: renamed } })).toEqual([{ id }]);
		expect(await json('visualization', 'getAll', { filters: { search: renamed } })).toMatchObject([{ id, title: renamed }]);
	});

	it('are deleted', async () => {
		const { id, title } = await newOne();
		expect(await json('visualization', 'delete', { visualizationId: byId(id) })).toEqual([{ deleted: true }]);
		expect(await listed({ search: title })).toEqual([]);
		expect(await listed({ search: title, deleted: true })).toEqual([id]);
	});

	it('of others are found and copied when their link is open', async () => {
		const { admin } = bench.simulator.info;
		const { id, title } = await newOne(admin.key);
		const closed = await bench.run('visualization', 'import', { importId: byId(id) });
		expect(closed.error?.message).toMatch(/disabled imports/);
		await bench.galaxy(`PUT visualizations/${id}/publish`, undefined, admin.key);
		expect(await listed({ search: title })).toEqual([]);
		expect(await listed({ search: title, showPublished: true })).toEqual([id]);
		expect(await bench.shown('searchOthersVisualizations', {}, title)).toEqual([[`${title} (admin)`, id]]);
		const [copy] = await json('visualization', 'import', { importId: byId(id) });
		expect(copy).toEqual({ id: expect.any(String) });
		expect(copy.id).not.toBe(id);
		expect(await json('visualization', 'getAll', { filters: { search: title } })).toMatchObject([{ id: copy.id, type: 'trackster' }]);
	});

	it('are shared', async () => {
		const visualizationId = byId((await newOne()).id);
		const slug = unique('link');
		const { email } = bench.simulator.info.admin;
		expect(await json('visualization', 'publish', { visualizationId })).toMatchObject([{ published: true, importable: true }]);
		expect(await json('visualization', 'unpublish', { visualizationId })).toMatchObject([{ published: false }]);
		expect(await json('visualization', 'disableLink', { visualizationId })).toMatchObject([{ importable: false }]);
		expect(await json('visualization', 'enableLink', { visualizationId })).toMatchObject([{ importable: true }]);
		expect(await json('visualization', 'shareWithUsers', { visualizationId, userIds: email, additionalFields: { shareOption: 'no_changes' } })).toMatchObject([{ users_shared_with: [{ email }] }]);
		expect(await json('visualization', 'setSlug', { visualizationId, newSlug: slug })).toEqual([{ success: true }]);
		expect(await json('visualization', 'getSharing', { visualizationId })).toMatchObject([{ importable: true, username_and_slug: `u/user/v/${slug}`, users_shared_with: [{ email }] }]);
	});
});

describe('types of visualizations', () => {
	it('are listed: this server has none', async () => {
		const historyId = await bench.newHistory();
		const [dataset] = await bench.newDatasets(historyId, 'text');
		expect(await json('visualization', 'getPlugins', { additionalFields: { forDatasetId: dataset, embeddable: true } })).toEqual([]);
		expect(bench.arrived('GET plugins')[0].query).toEqual({ dataset_id: [dataset], embeddable: ['true'] });
		const { error } = await bench.run('visualization', 'getPlugin', { plugin: 'igv' });
		expect(error?.message).toMatch(/Unknown or invalid visualization: igv/);
	});

	it('are listed, chosen and told (answers of a server with some)', async () => {
		const igv = { name: 'igv', html: 'IGV', description: 'Shows genomes', logo: null, href: '/static/plugins/igv', embeddable: true, target: '_top', entry_point: { type: 'script' }, settings: [], tracks: [], params: {}, specs: null, tags: [], title: null };
		answer('/plugins', [igv]);
		expect(await json('visualization', 'getPlugins')).toMatchObject([{ name: 'igv', html: 'IGV' }]);
		answer('/plugins', [igv]);
		expect(await new Galaxy().methods.loadOptions.getVisualizationPlugins.call(bench.editor())).toEqual([{ name: 'IGV', value: 'igv', description: 'Shows genomes' }]);
		answer('/plugins/igv', { hdas: [{ id: '5a1cff6882ddb5b2', hid: 1, name: 'reads.bam' }] });
		expect(await json('visualization', 'getPlugin', { plugin: 'igv', additionalFields: { historyId: byId('5a1cff6882ddb5b2') } })).toMatchObject([{ hdas: [{ name: 'reads.bam' }] }]);
		expect(bench.arrived('GET plugins/{id}')[0].query).toEqual({ history_id: ['5a1cff6882ddb5b2'] });
	});
});
