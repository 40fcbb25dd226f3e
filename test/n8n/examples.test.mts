import { readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { Provider } from './galateabio.mts';
import { itemsOf, type NewWorkflow } from './rest.mts';
import { sharedN8n } from './shared.mts';

const { rest } = sharedN8n();
jest.setTimeout(90_000);

let provider: Provider;
let credential: { id: string; name: string };
const workflows: string[] = [];

beforeAll(async () => {
	provider = await Provider.start();
	credential = await rest.createCredential('GalateaBio of the examples', 'galateaBioApi', provider.credential());
});
beforeEach(async () => void (await provider.control('POST /reset')));
afterAll(async () => {
	for (const id of workflows) await rest.deleteWorkflow(id);
	await rest.deleteCredential(credential.id);
	await provider.close();
});

/** Imports an example as a user does, chooses the credential in its nodes, and runs it from a trigger. */
async function run(file: string, trigger: string) {
	const example = JSON.parse(readFileSync(`examples/${file}.json`, 'utf8')) as NewWorkflow;
	const nodes = example.nodes.map((node) => (node.type.startsWith('n8n-nodes-genomics.') ? { ...node, credentials: { galateaBioApi: credential } } : node));
	const { id } = await rest.createWorkflow({ ...example, nodes });
	workflows.push(id);
	const execution = await rest.run(id, { trigger, timeoutMs: 80_000 });
	return (name: string): IDataObject[] => itemsOf(execution, name).map(({ json }) => json);
}

const listed = (value: unknown) => value as IDataObject[];

it('sample to report: uploads, validates and submits', async () => {
	const json = await run('galateabio-sample-to-report', 'Start');
	expect(json('Upload and Validate')).toMatchObject([{ status: 'VALID', src_file_name: 'demo-sample.txt.zip' }]);
	expect(json('Submit Order')).toMatchObject([{ status: 'Registered', model: 'vader-3.0' }]);
});

it('nightly batch: orders what is valid and not ordered yet, and keeps apart what is refused', async () => {
	for (const name of ['a.vcf.gz', 'b.vcf.gz', 'c.vcf.gz']) await provider.validFile(name);
	await provider.upload('pending.vcf.gz');
	await provider.control('POST /faults', { kind: 'status', status: 422, method: 'POST', path: '/exec/orders', skip: 1, body: { detail: 'Request cannot be processed' } });
	const json = await run('galateabio-nightly-batch', 'Every Night');
	expect(listed(json('Submitted')[0].orders)).toHaveLength(2);
	expect(listed(json('Not Submitted')[0].problems)).toMatchObject([{ error: 'GalateaBio refused the request: Request cannot be processed' }]);
});

it('failure notification: writes a message for an order that did not end well', async () => {
	const file = await provider.validFile('sample.vcf.gz');
	const [order] = (await provider.api('POST /exec/orders', { json: { source_file_id: file, model_name: 'skywalker-2.1' } })).json;
	await provider.control(`POST /galateabio/orders/${order.id}`, { status: 'QC failed' });
	const json = await run('galateabio-failure-notification', 'Order Finished');
	expect(json('Message')).toMatchObject([{ message: `Order ${order.id} of sample.vcf.gz ended as "QC failed"` }]);
});
