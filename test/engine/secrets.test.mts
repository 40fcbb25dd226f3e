import { NodeOperationError, type ICredentialType, type IExecuteFunctions, type INodeType } from 'n8n-workflow';
import { Engine } from './engine.mts';

let engine: Engine;
beforeAll(async () => void (engine = await Engine.start()));
afterAll(async () => await engine.close());

const KEY = 'marked-key-of-a-credential/+';
const type = { name: 'madeUpApi', displayName: 'Made Up', properties: [{ displayName: 'API Key', name: 'apiKey', type: 'string', default: '' }] } as ICredentialType;

/** A made-up node that does with the key of its credential what it should not. */
function nodeThat(leak: (context: IExecuteFunctions, key: string) => unknown): INodeType {
	return {
		description: { displayName: 'Leaky', name: 'leaky', group: [], version: 1, description: '', defaults: { name: 'Leaky' }, inputs: ['main'], outputs: ['main'], credentials: [{ name: type.name }], properties: [] },
		async execute(this: IExecuteFunctions) {
			const { apiKey } = await this.getCredentials(type.name);
			return [[{ json: { ok: leak(this, String(apiKey)) as never } }]];
		},
	};
}

const run = async (leak: Parameters<typeof nodeThat>[0], more = {}) => await engine.run({ node: nodeThat(leak), parameters: {}, credential: { type, data: { apiKey: KEY } }, ...more });

/** An error with a property that JSON leaves out. */
const hidden = (name: string, value: unknown) => Object.defineProperty(new Error('refused'), name, { value, enumerable: false });

describe('the engine of the tests finds a secret', () => {
	it.each<[string, Parameters<typeof nodeThat>[0]]>([
		['in an item', (_context, key) => ({ deep: [{ echoed: `Bearer ${key}` }] })],
		['in the name of a field', (_context, key) => ({ [key]: 1 })],
		['in a query', (_context, key) => `?key=${encodeURIComponent(key)}`],
		['in base64', (_context, key) => Buffer.from(key).toString('base64')],
		['in the message of an error', (_context, key) => { throw new Error(`refused ${key}`); }],
		['in the description of an error', (context, key) => { throw new NodeOperationError(context.getNode(), 'refused', { description: key }); }],
		['in the context of an error', (context, key) => { throw Object.assign(new NodeOperationError(context.getNode(), 'refused'), { context: { request: hidden('config', { headers: { authorization: key } }) } }); }],
	])('%s', async (_where, leak) => {
		await expect(run(leak)).rejects.toThrow('a secret of the credential stands in the run at run.');
	});

	it('but not where there is none, or where the output is a secret by design', async () => {
		expect((await run(() => 'fine')).error).toBeUndefined();
		expect((await run((_context, key) => key, { givesSecrets: true })).outputs[0][0].json).toEqual({ ok: KEY });
	});
});
