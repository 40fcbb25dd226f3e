import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { byId, galateaBio, inParallel, Provider } from './galateabio.mts';
import { errorOf, itemsOf, type Execution, type NewWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';
import { inLine, manualTrigger, node } from './workflow.mts';

const { rest, userFolder, logFile } = sharedN8n();
jest.setTimeout(60_000);

let provider: Provider;
let loggedBefore: number;
const workflows: string[] = [];
const credentials: string[] = [];

beforeAll(async () => {
	provider = await Provider.start();
	loggedBefore = (await stat(logFile)).size;
});
beforeEach(async () => void (await provider.control('POST /reset')));
afterAll(async () => {
	for (const id of workflows) await rest.deleteWorkflow(id);
	for (const id of credentials) await rest.deleteCredential(id);
	await provider.close();
});

async function credential(changes: IDataObject = {}) {
	const created = await rest.createCredential('GalateaBio', 'galateaBioApi', provider.credential(changes));
	credentials.push(created.id);
	return created;
}

const byPassword = () => ({ authentication: 'password', apiKey: '', ...provider.simulator.info.login });

async function run(workflow: Pick<NewWorkflow, 'nodes' | 'connections'>): Promise<Execution> {
	const { id } = await rest.createWorkflow({ name: 'GalateaBio', ...workflow });
	workflows.push(id);
	return await rest.run(id, { trigger: 'Start' });
}

const runInLine = async (...nodes: INode[]) => await run(inLine(manualTrigger(), ...nodes));
const jsonOf = (execution: Execution, name: string) => itemsOf(execution, name).map(({ json }) => json);
const set = (name: string, jsonOutput: string) => node(name, 'n8n-nodes-base.set', { mode: 'raw', jsonOutput }, { typeVersion: 3.4 });
const count = (route: string) => provider.simulator.journal.since().entries.filter((entry) => entry.route === route).length;

describe('a credential', () => {
	it.each([
		['an API key', () => ({})],
		['email and password', byPassword],
	])('with %s passes the test of the editor, with a wrong one it does not', async (_what, values) => {
		const right = await credential(values());
		expect(await rest.testCredential(right.id)).toMatchObject({ status: 'OK' });
		const wrong = await credential({ ...values(), apiKey: 'wrong', password: 'wrong' });
		expect(await rest.testCredential(wrong.id)).toMatchObject({ status: 'Error', message: expect.stringMatching(/unauthorized|authorization/i) });
	});

	it('with an address where nobody answers does not pass', async () => {
		const { id } = await credential({ url: 'http://127.0.0.1:1' });
		expect(await rest.testCredential(id)).toMatchObject({ status: 'Error', message: expect.stringMatching(/refused|ECONNREFUSED/) });
	});

	it('logs in again when its session has expired', async () => {
		const account = galateaBio('Account', await credential(byPassword()), { resource: 'account', operation: 'getProfile' });
		for (const logIns of [1, 1, 2]) {
			if (logIns === 2) await provider.simulator.clock.advance(16 * 60_000);
			const execution = await runInLine(account);
			expect(jsonOf(execution, 'Account')).toMatchObject([{ email: provider.simulator.info.login.email }]);
			expect(count('POST /users/auth')).toBe(logIns);
		}
	});
});

describe('from a sample to its report', () => {
	it.each([
		['an API key', () => ({}), 0],
		['email and password', byPassword, 1],
	])('with %s', async (_what, values, logIns) => {
		const account = await credential(values());
		const execution = await runInLine(
			set('Genotypes', JSON.stringify({ genotypes: '# rsid\tchromosome\tposition\tgenotype\nrs1\t1\t1000\tAG\n'.repeat(1000) })),
			node('To File', 'n8n-nodes-base.convertToFile', { operation: 'toText', sourceProperty: 'genotypes', options: { fileName: 'sample 1.txt' } }, { typeVersion: 1.1 }),
			galateaBio('Upload', account, { resource: 'file', operation: 'upload', inputField: 'data', waitForCompletion: true }),
			galateaBio('Submit', account, {
				resource: 'order',
				operation: 'submit',
				sourceFileId: byId('={{ $json.id }}'),
				model: { __rl: true, mode: 'list', value: 'vader-3.0' },
				waitForCompletion: true,
			}),
			galateaBio('Reports', account, { resource: 'pdfReport', operation: 'getAll', orderId: byId('={{ $json.id }}') }),
			galateaBio('Download', account, { resource: 'pdfReport', operation: 'download', orderId: byId('={{ $json.order_id }}'), reportId: byId('={{ $json.id }}') }),
		);
		expect(errorOf(execution)).toBeUndefined();
		expect(jsonOf(execution, 'Upload')).toMatchObject([{ src_file_name: 'sample 1.txt', status: 'VALID', finished: true, succeeded: true }]);
		const [order] = jsonOf(execution, 'Submit');
		expect(order).toMatchObject({ model: 'vader-3.0', status: 'Completed', finished: true, succeeded: true });

		const { file, reports } = provider.simulator.state.orders.get(String(order.id))!;
		expect(file.content.toString()).toMatch(/^(# rsid\tchromosome\tposition\tgenotype\nrs1\t1\t1000\tAG\n){1000}$/);
		expect(reports.length).toBeGreaterThan(0);
		expect(jsonOf(execution, 'Reports').map(({ id }) => id).sort()).toEqual(reports.map(({ id }) => id).sort());
		const downloads = itemsOf(execution, 'Download');
		for (const [i, { id }] of jsonOf(execution, 'Reports').entries()) {
			const { fileName, content } = reports.find((report) => report.id === id)!;
			expect(downloads[i].json).toMatchObject({ fileName, mimeType: 'application/pdf', fileSize: content.length });
			expect((await rest.binary(downloads[i].binary!.data.id!)).equals(content)).toBe(true);
		}
		expect(count('POST /users/auth')).toBe(logIns);
		expect(count('POST /exec/orders')).toBe(1);
	});
});

describe('a batch', () => {
	it('of 100 items with 7 bad ones gives 93 and 7, each paired with its input', async () => {
		const id = await provider.validFile('a.vcf.gz');
		const bad = [0, 1, 13, 50, 51, 98, 99];
		const rows = Array.from({ length: 100 }, (_none, n) => ({ n, id: bad.includes(n) ? '00000000-0000-4000-8000-000000000000' : id }));
		const get = galateaBio('Get', await credential(), { resource: 'file', operation: 'get', fileId: byId('={{ $json.id }}') }, { onError: 'continueErrorOutput' });
		const line = inLine(manualTrigger(), set('Rows', JSON.stringify({ rows })), node('Each', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'rows' }), get);
		const origin = (name: string) => set(name, '={{ { n: $("Each").item.json.n, id: $json.id, error: $json.error } }}');
		const [good, failed] = ['Good', 'Failed'].map((name) => [{ node: name, type: 'main', index: 0 } as const]);
		const execution = await run({
			nodes: [...line.nodes, origin('Good'), origin('Failed')],
			connections: { ...line.connections, Get: { main: [good, failed] } },
		});

		const numbers = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => (pairedItem as { item: number }).item);
		const isGood = rows.map(({ n }) => n).filter((n) => !bad.includes(n));
		expect(numbers(itemsOf(execution, 'Get', 0))).toEqual(isGood);
		expect(numbers(itemsOf(execution, 'Get', 1))).toEqual(bad);
		// n8n finds the input of each item by its pairing
		expect(jsonOf(execution, 'Good')).toEqual(isGood.map((n) => ({ n, id })));
		expect(jsonOf(execution, 'Failed')).toEqual(bad.map((n) => ({ n, error: expect.stringContaining('GalateaBio has no file with the ID') })));
	});
});

describe('the lists of the editor', () => {
	const ORDER = '00000000-0000-4000-8000-000000000000';
	/** A node with each of its lists, as n8n's own description has them: list, parameter, and values to show it. */
	const fields = new Map<string, { name: string; parameters: INode['parameters'] }>();

	beforeAll(async () => {
		const { properties } = (await rest.nodeTypes()).find(({ name }) => name === 'n8n-nodes-genomics.galateaBio')!;
		for (const { name, modes = [], displayOptions } of properties) {
			const { resource: [resource] = [], operation: [operation] = [] } = (displayOptions?.show ?? {}) as Record<string, string[]>;
			for (const { typeOptions } of modes) {
				if (typeOptions?.searchListMethod) fields.set(typeOptions.searchListMethod, { name, parameters: { resource, operation } });
			}
		}
	});

	interface Wanted {
		filter?: string;
		paginationToken?: string;
		order?: string;
		account?: { id: string; name: string };
	}
	async function list(method: string, { order = ORDER, account, ...more }: Wanted = {}) {
		const { name, parameters } = fields.get(method)!;
		return await rest.searchList(galateaBio('One', account ?? (await credential()), { ...parameters, orderId: byId(order) }), name, method, more);
	}
	const names = async (...args: Parameters<typeof list>) => (await list(...args)).results.map(({ name }) => name);
	const values = async (...args: Parameters<typeof list>) => (await list(...args)).results.map(({ value }) => value);

	it('show files, by a part of their name, and those that are valid', async () => {
		const id = await provider.validFile('good.vcf.gz');
		await provider.upload('waiting.vcf.gz');
		expect((await list('searchFiles', { filter: 'good' })).results).toEqual([{ name: 'good.vcf.gz (VALID)', value: id }]);
		expect((await names('searchFiles')).sort()).toEqual(['good.vcf.gz (VALID)', 'waiting.vcf.gz (PENDING)']);
		expect(await names('searchValidFiles')).toEqual(['good.vcf.gz (VALID)']);
		expect(await names('searchFiles', { filter: 'none' })).toEqual([]);
	});

	it('show the next page, too', async () => {
		await provider.control('POST /galateabio/seed', { files: 70 });
		const first = await list('searchFiles');
		const second = await list('searchFiles', { paginationToken: first.paginationToken });
		expect([first.results.length, second.results.length, second.paginationToken]).toEqual([50, 20, undefined]);
		expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(70);
	});

	it('show models, orders, tags, and the results and reports of an order', async () => {
		expect((await list('searchModels', { filter: 'VADER' })).results).toEqual([{ name: 'vader-3.0 (vader)', value: 'vader-3.0' }]);
		const { id: tag } = (await provider.api('POST /exec/tags', { json: { name: 'urgent' } })).json;
		expect((await list('searchTags', { filter: 'urg' })).results).toEqual([{ name: 'urgent', value: tag }]);

		const json = { source_file_id: await provider.validFile('a.vcf.gz'), model_name: 'vader-3.0' };
		const [{ id: order }] = (await provider.api('POST /exec/orders', { json })).json;
		expect((await list('searchOrders', { filter: 'a.vcf' })).results).toEqual([{ name: 'a.vcf.gz, vader-3.0 (Registered)', value: order }]);
		await provider.simulator.clock.advance(10_000);
		expect(await names('searchOrders')).toEqual(['a.vcf.gz, vader-3.0 (Completed)']);

		const results = await values('searchResults', { order });
		expect(results).toEqual(expect.arrayContaining(['SUMMARY_SUPERSET', 'PDF_REPORT']));
		expect(new Set(results).size).toBe(results.length);
		expect(await values('searchJsonResults', { order })).toEqual(results.filter((result) => result !== 'PDF_REPORT'));
		const { reports } = provider.simulator.state.orders.get(order)!;
		expect((await values('searchReports', { order })).sort()).toEqual(reports.map(({ id }) => id).sort());
		await expect(list('searchReports', { order: '' })).rejects.toThrow(/"Order" is empty/);
	});

	it('tell what is wrong instead of being empty', async () => {
		const [wrongKey, nobody] = [await credential({ apiKey: 'wrong' }), await credential({ url: 'http://127.0.0.1:1' })];
		expect(fields.size).toBeGreaterThanOrEqual(8);
		for (const method of fields.keys()) {
			await expect(list(method, { account: wrongKey })).rejects.toThrow(/GalateaBio did not accept the credential/);
		}
		const answers = await inParallel([...fields.keys()], 8, async (method) => await list(method, { account: nobody }).catch(({ message }: Error) => message));
		for (const answer of answers) expect(answer).toMatch(/GalateaBio cannot be reached after 4 tries \(.*refused.*\)/);
	});
});

describe('secrets', () => {
	/** Files of n8n's own folder, its database included, and what it has logged since these tests began. */
	async function stored(): Promise<Map<string, Buffer>> {
		const folder = join(userFolder, '.n8n');
		const entries = await readdir(folder, { recursive: true, withFileTypes: true });
		const own = entries.filter((entry) => entry.isFile() && !entry.parentPath.startsWith(join(folder, 'nodes')));
		const files = new Map<string, Buffer>();
		for (const { parentPath, name } of own) files.set(join(parentPath, name), await readFile(join(parentPath, name)));
		return files.set(logFile, (await readFile(logFile)).subarray(loggedBefore));
	}

	it('stand neither in executions, nor in workflows, nor in n8n\'s log, nor in its database', async () => {
		const { apiKey, login: { password }, webhook: { secret } } = provider.simulator.info;
		const marks = [apiKey, password, secret, 'marked-wrong-key', 'marked-wrong-password', 'Jane Marked'];
		const profile = { resource: 'account', operation: 'getProfile', simplify: false };
		const file = await provider.validFile('a.vcf.gz');
		const submit = { resource: 'order', operation: 'submit', sourceFileId: byId(file), model: byId('vader-3.0'), reportDetails: { patientName: '={{ ["Jane", "Marked"].join(" ") }}' } };

		const texts: string[] = [];
		for (const values of [{ apiKey }, byPassword(), { apiKey: 'marked-wrong-key' }, { ...byPassword(), password: 'marked-wrong-password' }]) {
			const body = { detail: `Jane Marked may not, nor may ${'password' in values ? values.password : values.apiKey}` };
			provider.simulator.faults.clear();
			provider.simulator.faults.add({ kind: 'status', status: 422, method: 'POST', path: '/exec/orders', body });
			for (const parameters of [profile, { resource: 'organization', operation: 'get', simplify: false }, submit, { resource: 'file', operation: 'get', fileId: byId('none') }]) {
				const { id, workflowId } = await runInLine(galateaBio('One', await credential(values), parameters));
				for (const path of [`executions/${id}`, `workflows/${workflowId}`]) texts.push(JSON.stringify(await rest.request('GET', `/rest/${path}`)));
			}
		}
		expect(texts).toHaveLength(32);
		expect(texts.filter((text) => text.includes('*** may not, nor may ***'))).toHaveLength(2);
		for (const text of texts) {
			expect(marks.filter((mark) => text.includes(mark))).toEqual([]);
			expect(text).not.toMatch(/bearer /i);
		}
		const files = await stored();
		expect([...files.keys()]).toContain(join(userFolder, '.n8n', 'database.sqlite'));
		expect(files.get(logFile)!.includes('GalateaBio refused the request: *** may not')).toBe(true);
		expect([...files].filter(([, content]) => marks.some((mark) => content.includes(mark))).map(([name]) => name)).toEqual([]);
	});
});
