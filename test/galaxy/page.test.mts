import { unique } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

/** A page; gives its ID and slug. */
async function newPage(more: object = {}): Promise<{ id: string; slug: string }> {
	const slug = unique('page');
	return { id: (await bench.galaxy<{ id: string }>('POST pages', { title: `Title of ${slug}`, slug, content: '# one', content_format: 'markdown', ...more })).id, slug };
}

/** A workflow that does nothing. */
const oneInput = {
	a_galaxy_workflow: 'true',
	'format-version': '0.1',
	name: 'One Input',
	annotation: '',
	steps: { 0: { id: 0, type: 'parameter_input', label: 'word', name: 'Input parameter', annotation: '', inputs: [], outputs: [], input_connections: {}, tool_state: '{"parameter_type": "text", "optional": true, "default": "x"}', workflow_outputs: [] } },
};

const get = async (id: string) => (await json('page', 'get', { pageId: byId(id) }))[0];
const titles = async (filters: object) => (await json('page', 'getAll', { returnAll: true, filters })).map(({ title }) => title);

describe('pages', () => {
	it('are made in Markdown or HTML', async () => {
		const [slug, other] = [unique('page'), unique('page')];
		const [made] = await json('page', 'create', { title: 'Run 7', slug, content: '# Run 7', additionalFields: { annotation: 'a note' } });
		expect(made).toMatchObject({ title: 'Run 7', slug, content: '# Run 7', content_format: 'markdown', annotation: 'a note', update_time: expect.stringMatching(/Z$/), published: false });
		const [html] = await json('page', 'create', { title: 'Run 8', slug: other, content: '<b>Run 8</b>', contentFormat: 'html' });
		expect(html).toMatchObject({ content_format: 'html', content: '<b>Run 8</b>' });
		const { error } = await bench.run('page', 'create', { title: 'Run 9', slug });
		expect(error?.message).toMatch(/^Galaxy refused the request/);
	});

	it('are made about a history, and found by it', async () => {
		const historyId = await bench.newHistory();
		const [{ id }] = await json('page', 'create', { title: 'Of a history', slug: unique('page'), additionalFields: { historyId: byId(historyId) } });
		expect(await json('page', 'getAll', { filters: { historyId: byId(historyId) } })).toMatchObject([{ id, title: 'Of a history' }]);
	});

	it('are made of a run of a workflow, and found by it', async () => {
		const history_id = await bench.newHistory();
		const { id: workflow } = await bench.galaxy('POST workflows', { workflow: oneInput });
		const { id } = await bench.galaxy<{ id: string }>(`POST workflows/${String(workflow)}/invocations`, { history_id });
		const invocationId = byId(id);
		const [made] = await json('page', 'create', { title: 'Report', slug: unique('page'), additionalFields: { invocationId } });
		expect(made).toMatchObject({ title: 'Report', content_format: 'markdown', content: expect.stringContaining(id) });
		expect(await json('page', 'getAll', { filters: { invocationId } })).toMatchObject([{ id: made.id }]);
	});

	it('are listed, found by words and in the editor', async () => {
		const { id, slug } = await newPage();
		const title = `Title of ${slug}`;
		const owner = (await bench.galaxy<{ id: string }>('GET whoami')).id;
		expect(await json('page', 'getAll', { filters: { search: slug, sortBy: 'title', sortDesc: true, showOwn: true, showShared: false, userId: byId(owner), deleted: false } })).toMatchObject([{ id, title }]);
		expect(bench.arrived('GET pages')[0].query).toEqual({ search: [slug], sort_by: ['title'], sort_desc: ['true'], show_own: ['true'], show_shared: ['false'], show_published: ['false'], user_id: [owner], deleted: ['false'], limit: ['50'], offset: ['0'] });
		expect(await bench.shown('searchPages', {}, slug)).toEqual([[title, id]]);
	});

	it('of others are listed only when they are wanted', async () => {
		const slug = unique('page');
		const { id } = await bench.galaxy<{ id: string }>('POST pages', { title: `Title of ${slug}`, slug, content: 'x', content_format: 'markdown' }, bench.simulator.info.admin.key);
		await bench.galaxy(`PUT pages/${id}/publish`, undefined, bench.simulator.info.admin.key);
		expect(await titles({ search: slug })).toEqual([]);
		expect(await titles({ search: slug, showPublished: true })).toEqual([`Title of ${slug}`]);
	});

	it('are changed: a new text is a new revision', async () => {
		const { id } = await newPage();
		const slug = unique('renamed');
		const [changed] = await json('page', 'update', { pageId: byId(id), additionalFields: { title: 'New Title', slug, annotation: 'changed', content: '# two', contentFormat: 'markdown', editSource: 'agent' } });
		expect(changed).toMatchObject({ id, title: 'New Title', slug, annotation: 'changed', content: '# two' });
		const revisions = await json('page', 'getRevisions', { pageId: byId(id), additionalFields: { sortDesc: true } });
		expect(revisions).toMatchObject([{ page_id: id, edit_source: 'agent' }, { page_id: id, edit_source: null }]);
		const oldest = { pageId: byId(id), revisionId: revisions[1].id };
		expect(await json('page', 'getRevision', oldest)).toMatchObject([{ id: revisions[1].id, content: '# one' }]);
		expect(await json('page', 'revertRevision', oldest)).toMatchObject([{ content: '# one', edit_source: 'restore' }]);
		expect(await get(id)).toMatchObject({ content: '# one' });
		expect(await json('page', 'getRevisions', { pageId: byId(id) })).toHaveLength(3);
	});

	it('are deleted and brought back', async () => {
		const { id, slug } = await newPage();
		expect(await json('page', 'delete', { pageId: byId(id) })).toEqual([{ deleted: true }]);
		expect(await get(id)).toMatchObject({ deleted: true });
		expect(await titles({ search: slug, deleted: true })).toEqual([`Title of ${slug}`]);
		expect(await json('page', 'undelete', { pageId: byId(id) })).toEqual([{ success: true }]);
		expect(await get(id)).toMatchObject({ deleted: false });
	});

	it('are shared', async () => {
		const pageId = byId((await newPage()).id);
		const slug = unique('link');
		const { email } = bench.simulator.info.admin;
		expect(await json('page', 'publish', { pageId })).toMatchObject([{ published: true, importable: true }]);
		expect(await json('page', 'unpublish', { pageId })).toMatchObject([{ published: false }]);
		expect(await json('page', 'disableLink', { pageId })).toMatchObject([{ importable: false }]);
		expect(await json('page', 'enableLink', { pageId })).toMatchObject([{ importable: true }]);
		expect(await json('page', 'shareWithUsers', { pageId, userIds: email, additionalFields: { shareOption: 'no_changes' } })).toMatchObject([{ users_shared_with: [{ email }] }]);
		expect(await json('page', 'setSlug', { pageId, newSlug: slug })).toEqual([{ success: true }]);
		expect(await json('page', 'getSharing', { pageId })).toMatchObject([{ importable: true, published: false, username_and_slug: `u/user/p/${slug}`, users_shared_with: [{ email }] }]);
	});
});

describe('the PDF of a page', () => {
	const download = async (id: string) => await bench.run('page', 'downloadPdf', { pageId: byId(id) });

	it('is not made by a server without the means: its task says so', async () => {
		const { error } = await download((await newPage()).id);
		expect(error?.message).toBe('The file ended as "FAILURE"');
		expect(error?.description).toMatch(/^The server lacks what makes PDFs/);
		expect(bench.arrived('POST pages/{id}/prepare_download')).toHaveLength(1);
	});

	it('is prepared, waited for and fetched (answers of a server that makes it)', async () => {
		const { id } = await newPage();
		bench.simulator.faults.add({ path: '/ready', kind: 'status', status: 200, body: 'false' });
		bench.simulator.faults.add({ path: '/state', kind: 'status', status: 200, body: '"STARTED"' });
		bench.simulator.faults.add({ path: '/ready', kind: 'status', status: 200, body: 'true' });
		bench.simulator.faults.add({ path: '/state', kind: 'status', status: 200, body: '"SUCCESS"' });
		bench.simulator.faults.add({ path: 'short_term_storage/[^/]+$', kind: 'status', status: 200, body: '%PDF-1.7' });
		const { outputs, error } = await download(id);
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toMatchObject({ fileName: `galaxy-page-${id}.pdf`, succeeded: true });
		expect((await bench.engine.bytes(outputs[0][0].binary!.data)).toString()).toBe('%PDF-1.7');
	});

	it('is fetched at once from a server without workers for long tasks', async () => {
		const { id } = await newPage();
		const withoutQueue = () => bench.simulator.faults.add({ path: '/configuration', kind: 'status', status: 200, body: { enable_celery_tasks: false } });
		withoutQueue();
		const refused = await download(id);
		expect(refused.error?.message).toMatch(/PDF conversion service not available/);
		expect(refused.error?.description).toMatch(/ask its administrator to install WeasyPrint/);
		withoutQueue();
		bench.simulator.faults.add({ path: '\\.pdf', kind: 'status', status: 200, body: '%PDF-1.7' });
		const { outputs, error } = await download(id);
		expect(error).toBeUndefined();
		expect((await bench.engine.bytes(outputs[0][0].binary!.data)).toString()).toBe('%PDF-1.7');
		expect(bench.arrived('POST pages/{id}/prepare_download')).toHaveLength(0);
		expect(bench.arrived('GET pages/{id}.pdf').length).toBeGreaterThan(1);
	});
});
