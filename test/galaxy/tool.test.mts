import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const cat = { toolId: byId('cat1') };

/** The file that an operation gives out. */
async function file(operation: string, parameters: object) {
	const { outputs, error } = await bench.run('tool', operation, { ...parameters });
	if (error) throw error;
	const [{ json: about, binary }] = outputs[0];
	return { about, bytes: await bench.engine.bytes(binary!.data) };
}

describe('tools', () => {
	it('are listed, and chosen from by words, with their help', async () => {
		const all = await json('tool', 'getAll', { returnAll: true });
		expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(['cat1', 'Filter1', 'test_fail']));
		expect(Object.keys(all[0])).not.toContain('link');
		const filters = { contains: 'CONCAT', section: 'text', toolHelp: true };
		const found = await json('tool', 'getAll', { filters, simplify: false });
		expect(found).toMatchObject([{ id: 'cat1', panel_section_name: 'Text Manipulation', help: expect.any(String) }]);
		expect(bench.arrived('GET tools')[1].query).toMatchObject({ in_panel: ['false'], tool_help: ['true'] });
		expect(await json('tool', 'getAll', { filters: { section: 'no such section' } })).toEqual([]);
		expect(await json('tool', 'getAll', { limit: 2, filters: { section: 'text' } })).toHaveLength(2);
	});

	it('are shown in the sections of the panel, and of its views', async () => {
		const sections = await json('tool', 'getPanel', { additionalFields: { panelView: byId('default'), toolHelp: true } });
		expect(sections).toContainEqual(expect.objectContaining({ id: 'textutil', elems: expect.arrayContaining([expect.objectContaining({ id: 'cat1', help: expect.any(String) })]) }));
		expect(bench.arrived('GET tools')[0].query).toMatchObject({ in_panel: ['true'], view: ['default'] });
		const views = await json('tool', 'getPanelViews');
		expect(views.filter(({ is_default: isDefault }) => isDefault)).toMatchObject([{ id: 'default', name: 'Full Tool Panel' }]);
		expect(await json('tool', 'getPanelView', { panelView: byId('default') })).toContainEqual(expect.objectContaining({ id: 'textutil', tools: expect.arrayContaining(['cat1']) }));
		expect(await bench.shown('searchPanelViews', {}, 'full')).toEqual([['Full Tool Panel', 'default']]);
	});

	it('are found by words, with more than their IDs', async () => {
		const found = await json('tool', 'search', { query: 'concat', additionalFields: { panelView: byId('default') } });
		expect(found).toMatchObject([{ id: 'cat1', name: 'Concatenate multiple datasets or collections', version: '1.0.0' }]);
		expect(bench.arrived('GET tools')[0].query).toMatchObject({ q: ['concat'], view: ['default'] });
		expect(await json('tool', 'search', { query: 'lines', most: 1 })).toHaveLength(1);
		expect(await json('tool', 'search', { query: 'xyzzy' })).toEqual([]);
		const { error } = await bench.run('tool', 'search', { query: 'c' });
		expect(error?.message).toBe('"Search" is too short');
	});

	it('are found in the editor, which asks for them once', async () => {
		expect(await bench.shown('searchTools', {}, 'concat')).toEqual([['Concatenate multiple datasets or collections 1.0.0 (Text Manipulation)', 'cat1']]);
		expect(await bench.shown('searchTools', {}, 'filter')).toContainEqual([expect.stringMatching(/^Filter /), 'Filter1']);
		expect(bench.arrived('GET tools')).toHaveLength(1);
	});

	it('are got with their inputs and outputs, and with their versions', async () => {
		const more = { ioDetails: true, linkDetails: true, toolVersion: '1.0.0', toolUuid: '11111111-1111-4111-8111-111111111111' };
		expect(await json('tool', 'get', { ...cat, additionalFields: more, simplify: false })).toMatchObject([{ id: 'cat1', inputs: [{ name: 'input1' }, { name: 'queries' }], outputs: [{ name: 'out_file1' }], link: '/tool_runner?tool_id=cat1' }]);
		const [plain] = await json('tool', 'get', cat);
		expect(plain).toMatchObject({ id: 'cat1', panel_section_name: 'Text Manipulation' });
		expect(plain).not.toHaveProperty('inputs');
		// however often the tool was reloaded
		expect(await json('tool', 'getVersions', cat)).toEqual([{ tool_id: 'cat1', version: '1.0.0' }]);
	});

	it('may have slashes and plus signs in their IDs', async () => {
		const { error } = await bench.run('tool', 'get', { toolId: byId('toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa/0.7.17+galaxy1') });
		expect(error?.message).toContain("Could not find tool with id 'toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa/0.7.17+galaxy1'");
		expect(error?.description).toMatch(/^Check "Tool"/);
	});

	it('have a form, with the datasets of a history and with values filled in', async () => {
		const historyId = await bench.newHistory();
		const [dataset] = await bench.newDatasets(historyId, 'text', 'more');
		const about = { historyId: byId(historyId), toolVersion: '1.0.0', toolUuid: '11111111-1111-4111-8111-111111111111' };
		const [form] = await json('tool', 'getInputForm', { ...cat, additionalFields: about });
		expect(form).toMatchObject({ id: 'cat1', history_id: historyId, inputs: [{ name: 'input1' }, { name: 'queries' }] });
		expect(bench.arrived('GET tools/{tool_id}/build')).toHaveLength(1);
		const filledIn = { inputs: { input1: { values: [{ src: 'hda', id: dataset }] } }, optionsPagination: '{ "input1": { "hda": { "limit": 1, "offset": 0 } } }' };
		const [filled] = await json('tool', 'getInputForm', { ...cat, additionalFields: { ...about, ...filledIn } });
		expect(filled).toMatchObject({ state_inputs: { input1: { values: [{ id: dataset, src: 'hda' }] } }, inputs: [{ options_meta: { hda: { limit: 1 } } }, { name: 'queries' }] });
		expect(bench.arrived('POST tools/{tool_id}/build')[0].body).toMatchObject({ history_id: historyId, tool_version: '1.0.0' });
	});

	it('tell their inputs, and the schema of a request', async () => {
		const version = { additionalFields: { toolVersion: '1.0.2' } };
		const inputs = await json('tool', 'getInputs', { toolId: byId('Show beginning1'), ...version });
		expect(inputs.map(({ name, type }) => [name, type])).toEqual([['lineNum', 'integer'], ['input', 'data'], ['header', 'boolean']]);
		const [schema] = await json('tool', 'getRequestSchema', { toolId: byId('Show beginning1'), ...version });
		expect(schema).toMatchObject({ type: 'object', properties: { lineNum: expect.anything(), input: expect.anything() } });
	});

	it('tell what to cite and where else they are known: nothing of these, so the answers of others are given', async () => {
		expect(await json('tool', 'getCitations', cat)).toEqual([]);
		expect(await json('tool', 'getXrefs', cat)).toEqual([]);
		bench.simulator.faults.add({ path: '/citations', kind: 'status', status: 200, body: [{ format: 'bibtex', content: '@article{a}' }] });
		expect(await json('tool', 'getCitations', cat)).toEqual([{ format: 'bibtex', content: '@article{a}' }]);
		bench.simulator.faults.add({ path: '/xrefs', kind: 'status', status: 200, body: [{ type: 'bio.tools', value: 'bwa' }] });
		expect(await json('tool', 'getXrefs', cat)).toEqual([{ type: 'bio.tools', value: 'bwa' }]);
	});

	it('tell their tests, and how they are defined', async () => {
		const [test] = await json('tool', 'getTestData', { ...cat, additionalFields: { toolVersion: '*' } });
		expect(test).toMatchObject({ inputs: { input1: ['1.bed'] }, outputs: [{ name: 'out_file1' }] });
		const more = { toolVersion: '1.0.0', toolUuid: '11111111-1111-4111-8111-111111111111' };
		const [source] = await json('tool', 'getSource', { ...cat, additionalFields: more });
		expect(source).toMatchObject({ tool_id: 'cat1', language: 'xml', text: expect.stringMatching(/^<tool id="cat1"[^]*<\/tool>\s*$/) });
	});

	it('whose source is hidden behind a page say so', async () => {
		bench.simulator.faults.add({ path: '/raw_tool_source', kind: 'html', status: 200 });
		const { error } = await bench.run('tool', 'getSource', cat);
		expect(error?.message).toBe('Galaxy answered with a web page instead of data');
	});

	it('have no icon here; one of another server is put out as a file', async () => {
		const { error } = await bench.run('tool', 'getIcon', cat);
		expect(error?.message).toMatch(/Tool icon file not found or not provided by the tool: cat1/);
		bench.simulator.faults.add({ path: '/icon', kind: 'status', status: 200, body: '\u0089PNG', headers: { 'content-type': 'image/png' } });
		const { about, bytes } = await file('getIcon', { toolId: byId('shed/repos/me/x/x_tool/1.0') });
		expect(about).toMatchObject({ fileName: 'x_tool.png' });
		expect(String(bytes)).toBe('\u0089PNG');
	});
});

describe('for administrators', () => {
	beforeEach(() => { bench.login = 'admin'; });

	it('tools are packed', async () => {
		const { about, bytes } = await file('downloadArchive', cat);
		expect(about).toMatchObject({ fileName: 'cat1.tgz', fileSize: bytes.length });
		expect([...bytes.subarray(0, 2)]).toEqual([0x1f, 0x8b]);
	});

	it('tools tell the software that they need', async () => {
		const coreutils = expect.objectContaining({ name: 'coreutils', version: '8.31' });
		expect(await json('tool', 'getRequirements', cat)).toEqual([coreutils]);
		expect(await json('tool', 'getAllRequirements')).toContainEqual(coreutils);
		expect(await json('tool', 'getDiagnostics', cat)).toMatchObject([{ tool_id: 'cat1', requirements: [coreutils] }]);
	});

	it('this software is installed, removed and cached, as far as the server can', async () => {
		const coreutils = expect.objectContaining({ name: 'coreutils', version: '8.31' });
		const additionalFields = { buildDependencyCache: false, forceRebuild: false, index: 0, resolverType: 'no_such_type' };
		expect(await json('tool', 'installDependencies', { ...cat, additionalFields })).toEqual([coreutils]);
		expect(bench.arrived('POST tools/{tool_id}/dependencies')[0].body).toEqual({ build_dependency_cache: false, force_rebuild: false, index: 0, resolver_type: 'no_such_type' });
		expect(await json('tool', 'uninstallDependencies', { ...cat, additionalFields: { resolverType: 'no_such_type' } })).toEqual([coreutils]);
		expect(await json('tool', 'buildDependencyCache', { ...cat, additionalFields: { forceRebuild: true } })).toEqual([coreutils]);
		expect(bench.arrived('POST tools/{tool_id}/build_dependency_cache')[0].body).toEqual({ force_rebuild: true });
	});

	it('a resolver is told by its index, which Galaxy 26.1.2 fails at when it removes', async () => {
		bench.simulator.faults.add({ method: 'DELETE', path: '/dependencies', kind: 'status', status: 200, body: [{ name: 'coreutils' }] });
		expect(await json('tool', 'uninstallDependencies', { ...cat, additionalFields: { index: 1 } })).toEqual([{ name: 'coreutils' }]);
		expect(bench.arrived('DELETE tools/{tool_id}/dependencies')[0].query).toEqual({ index: ['1'] });
	});

	it('tools are reloaded', async () => {
		expect(await json('tool', 'reload', { toolId: byId('test_sleep') })).toMatchObject([{ id: 'test_sleep', version: expect.any(String) }]);
	});

	it('and for them alone', async () => {
		bench.login = 'user';
		for (const operation of ['getRequirements', 'getDiagnostics', 'downloadArchive', 'reload']) {
			expect((await bench.run('tool', operation, cat)).error?.httpCode).toBe('403');
		}
	});
});
