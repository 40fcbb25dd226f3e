import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesWithSecrets } from './marks.mts';
import { errorOf, itemsOf, N8nRest, N8nRestError, type SavedWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';
import { inLine, manualTrigger, node, webhookTrigger } from './workflow.mts';

const { rest, pid, logFile } = sharedN8n();
jest.setTimeout(60_000);

const setGreeting = (name = 'Set') =>
	node(name, 'n8n-nodes-base.set', { mode: 'raw', jsonOutput: '{"greeting":"hello"}' }, { typeVersion: 3.4 });

describe('the driver of a real n8n', () => {
	const saved: SavedWorkflow[] = [];
	const save = async (...nodes: Parameters<typeof inLine>) => {
		const workflow = await rest.createWorkflow({ name: 'Driver', ...inLine(...nodes) });
		saved.push(workflow);
		return workflow;
	};

	afterAll(async () => {
		for (const { id } of saved) await rest.deleteWorkflow(id);
	});

	it('shares a server that runs and whose owner is signed in', async () => {
		expect(existsSync(`/proc/${pid}`)).toBe(true);
		expect(await readFile(logFile, 'utf8')).toContain('Editor is now accessible');
		expect(await rest.request('GET', '/rest/login')).toMatchObject({ email: 'owner@example.org' });
	});

	it('signs in again where the owner has an account', async () => {
		const other = new N8nRest(rest.url);
		await other.signIn();
		expect(await other.request('GET', '/rest/login')).toMatchObject({ email: 'owner@example.org' });
	});

	it('says what n8n refused', async () => {
		await expect(rest.workflow('none')).rejects.toThrow(N8nRestError);
		await expect(rest.workflow('none')).rejects.toMatchObject({ status: 404 });
	});

	it('runs a workflow from its trigger and reads the items', async () => {
		const { id } = await save(manualTrigger(), setGreeting());
		const execution = await rest.run(id, { trigger: 'Start' });
		expect(execution.status).toBe('success');
		expect(itemsOf(execution, 'Set')).toEqual([{ json: { greeting: 'hello' }, pairedItem: { item: 0 } }]);
	});

	it('runs a workflow up to a node', async () => {
		const { id } = await save(manualTrigger(), setGreeting('First'), setGreeting('Second'));
		const execution = await rest.run(id, { destination: 'First' });
		expect(itemsOf(execution, 'First')).toHaveLength(1);
		expect(() => itemsOf(execution, 'Second')).toThrow('"Second" did not run');
	});

	it('shows the error that ended an execution', async () => {
		const stop = node('Stop', 'n8n-nodes-base.stopAndError', { errorMessage: 'enough' });
		const { id } = await save(manualTrigger(), stop);
		const execution = await rest.run(id, { trigger: 'Start' });
		expect(execution.status).toBe('error');
		expect(errorOf(execution)?.message).toBe('enough');
		expect(() => itemsOf(execution, 'Stop')).toThrow('enough');
	});

	it('activates a webhook, calls it, counts the executions, takes it away', async () => {
		const { id } = await save(webhookTrigger('driver-test'), setGreeting());
		await rest.activate(id);
		expect(await rest.webhookMethods('driver-test')).toEqual(['POST']);

		const response = await rest.webhook('driver-test');
		expect(response.status).toBe(200);
		expect(await response.json()).toEqual([{ greeting: 'hello' }]);
		await rest.webhook('driver-test', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });

		const executions = await rest.untilExecutions(id, 2);
		expect(executions.map(({ status, mode }) => `${mode} ${status}`)).toEqual(['webhook success', 'webhook success']);
		expect((await rest.executions({ workflowId: id, status: ['error'] })).count).toBe(0);

		await rest.deactivate(id);
		expect((await rest.webhook('driver-test')).status).toBe(404);
		await rest.deleteExecutions(id);
		expect((await rest.executions({ workflowId: id })).count).toBe(0);
	});

	it('says why a trigger cannot be activated', async () => {
		const paths = ['taken', 'taken'];
		const [first, second] = await Promise.all(paths.map(async (path) => await save(webhookTrigger(path), setGreeting())));
		await rest.activate(first.id);
		await expect(rest.activate(second.id)).rejects.toThrow(/taken|conflict/i);
	});

	it('reads a file of an item', async () => {
		const toFile = node('File', 'n8n-nodes-base.convertToFile', { operation: 'toText', sourceProperty: 'greeting' }, { typeVersion: 1.1 });
		const { id } = await save(manualTrigger(), setGreeting(), toFile);
		const [item] = itemsOf(await rest.run(id, { trigger: 'Start' }), 'File');
		expect(await rest.binary(item.binary!.data.id!)).toEqual(Buffer.from('hello'));
	});

	it('keeps a credential, and n8n gives its secrets to nobody', async () => {
		const { id } = await rest.createCredential('Key', 'httpHeaderAuth', { name: 'X-Key', value: 'secret' });
		const shown = await rest.request('GET', `/rest/credentials/${id}?includeData=true`);
		expect(shown).toMatchObject({ name: 'Key', type: 'httpHeaderAuth', data: { name: 'X-Key' } });
		expect(JSON.stringify(shown)).not.toContain('"secret"');
		await rest.deleteCredential(id);
	});

	it('finds a secret that n8n has left in the clear', async () => {
		const userFolder = await mkdtemp(join(tmpdir(), 'marks-'));
		const [log, database] = [join(userFolder, 'n8n.log'), join(userFolder, '.n8n', 'database.sqlite')];
		await mkdir(join(userFolder, '.n8n'));
		await writeFile(log, 'ready');
		await writeFile(database, 'Bearer simulated-galateabio-api-key');
		expect(await filesWithSecrets({ userFolder, logFile: log })).toEqual([database]);
		await rm(userFolder, { recursive: true });
	});

	it('lists the nodes that n8n knows, those of this package with the names users see', async () => {
		const names = (await rest.nodeTypes()).map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['n8n-nodes-base.set', 'n8n-nodes-genomics.galateaBio']));
	});

	describe('with an API', () => {
		const file = { id: '11111111-1111-4111-8111-111111111111', src_file_name: 'a.vcf.gz', status: 'VALID' };
		const api = createServer(({ headers }, response) => {
			response.writeHead(headers.authorization === 'Bearer right' ? 200 : 401, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ count: 1, next: null, previous: null, results: [file] }));
		});
		const createCredential = async (apiKey: string) => {
			const url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
			return await rest.createCredential(apiKey, 'galateaBioApi', { environment: 'custom', url, authentication: 'apiKey', apiKey });
		};

		beforeAll(() => new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve)));
		afterAll(() => new Promise((resolve) => api.close(resolve)));

		it('tests a credential', async () => {
			const right = await createCredential('right');
			expect(await rest.testCredential(right.id)).toMatchObject({ status: 'OK' });
			const wrong = await createCredential('wrong');
			expect(await rest.testCredential(wrong.id)).toMatchObject({ status: 'Error' });
		});

		it('searches a list', async () => {
			const credentials = { galateaBioApi: await createCredential('right') };
			const one = node('File', 'n8n-nodes-genomics.galateaBio', { resource: 'file', operation: 'get' }, { credentials });
			const { results } = await rest.searchList(one, 'fileId', 'searchFiles');
			expect(results).toEqual([{ name: expect.stringContaining('a.vcf.gz'), value: file.id }]);
		});
	});
});
