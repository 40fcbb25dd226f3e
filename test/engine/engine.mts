import { createRequire } from 'node:module';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IBinaryData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type IRun,
	type IWorkflowSettings,
} from 'n8n-workflow';
import { leakIn, secretsOf } from './secrets.mts';

// what a test wants to fail need not be logged too
process.env.N8N_LOG_LEVEL = 'silent';

// n8n-core and its dependency container must be one copy: the one that n8n-core itself finds
const coreRequire = createRequire(require.resolve('n8n-core'));
const { Container } = coreRequire('@n8n/di') as typeof import('@n8n/di');
const core = require('n8n-core') as typeof import('n8n-core');

let executions = 0;

const NODE_NAME = 'Node under test';
const INPUT: INode = { id: 'input', name: 'Input', type: 'test.input', typeVersion: 1, position: [0, 0], parameters: {} };

/** What a test says of a run. */
export interface RunOf {
	node: INodeType;
	parameters: IDataObject;
	/** Credential type with its values, and the class that describes it. */
	credential?: { type: ICredentialType; data: ICredentialDataDecryptedObject };
	/** Values of further credentials, by their types; they only are read. */
	moreCredentials?: Record<string, ICredentialDataDecryptedObject>;
	items?: INodeExecutionData[];
	/** n8n's "On Error" and "Retry On Fail". */
	settings?: Partial<INode>;
	/** Settings of the workflow. */
	workflowSettings?: IWorkflowSettings;
	/** The output of the operation holds a secret of the credential by design. */
	givesSecrets?: true;
	/** Called with the run's means of stopping it. */
	onStart?(stop: () => void): void;
}

/** What came out of it. */
export interface Outcome {
	/** Items of each output. */
	outputs: INodeExecutionData[][];
	error?: Error & { description?: string; httpCode?: string; context: IDataObject };
	/** The credential as it is stored afterwards. */
	stored: ICredentialDataDecryptedObject;
	run: IRun;
}

/** n8n's engine with binary data in a folder of its own; `close` removes that. */
export class Engine {
	private constructor(private readonly folder: string) {}

	static async start(): Promise<Engine> {
		const folder = await mkdtemp(join(tmpdir(), 'engine-'));
		const config = Container.get(core.BinaryDataConfig);
		config.mode = 'filesystem';
		config.localStoragePath = folder;
		await Container.get(core.BinaryDataService).init();
		return new Engine(folder);
	}

	async close(): Promise<void> {
		// a download that was broken off may still be writing
		await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
	}

	/** From now on files are kept as n8n's database keeps them: whole, refused when all has come. Gives those that are kept. */
	keepInDatabase(mebibytes: number): Map<string, Buffer> {
		const kept = new Map<string, Buffer>();
		const service = Container.get(core.BinaryDataService);
		const { binaryToBuffer } = coreRequire('@n8n/backend-network') as typeof import('@n8n/backend-network');
		const { Readable } = require('node:stream') as typeof import('node:stream');
		const bytes = (fileId: string) => kept.get(fileId) as Buffer;
		// as n8n's own manager of this mode (packages/cli, database.manager.ts), which needs the whole of n8n
		service.setManager('database', {
			async store(_location: unknown, content: Parameters<typeof binaryToBuffer>[0], { fileName }: { fileName?: string }) {
				const buffer = await binaryToBuffer(content);
				const fileId = String(kept.size + 1);
				const fileSizeMb = buffer.length / 2 ** 20;
				if (fileSizeMb > mebibytes) throw new core.FileTooLargeError({ fileSizeMb, maxFileSizeMb: mebibytes, fileId, fileName });
				kept.set(fileId, buffer);
				return { fileId, fileSize: buffer.length };
			},
			getAsBuffer: async (fileId: string) => bytes(fileId),
			getAsStream: async (fileId: string) => Readable.from(bytes(fileId)),
			getMetadata: async (fileId: string) => ({ fileSize: bytes(fileId).length }),
		} as never);
		Object.assign(service, { mode: 'database' });
		return kept;
	}

	/** From now on no file can be stored; gives the way back. */
	breakStorage(reason: string): () => void {
		const service = Container.get(core.BinaryDataService);
		const { store } = service;
		service.store = async () => {
			throw new Error(reason);
		};
		return () => {
			service.store = store;
		};
	}

	/** An input item with a file in the field `data`, in the binary storage. */
	async itemWithFile(bytes: Buffer | AsyncIterable<Uint8Array>, fileName: string, json: IDataObject = {}): Promise<INodeExecutionData> {
		const binary: IBinaryData = { data: '', mimeType: 'application/octet-stream', fileName };
		const { Readable } = await import('node:stream');
		const content = Buffer.isBuffer(bytes) ? bytes : Readable.from(bytes);
		const location = { type: 'execution', workflowId: 'test', executionId: 'test' } as never;
		return { json, binary: { data: await Container.get(core.BinaryDataService).store(location, content, binary) } };
	}

	/** Names of all files in the binary storage. */
	async stored(): Promise<string[]> {
		const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
		return entries.filter((entry) => entry.isFile()).map(({ name }) => name).sort();
	}

	/** The bytes of a file of an output item. */
	async bytes(binary: IBinaryData): Promise<Buffer> {
		return await Container.get(core.BinaryDataService).getAsBuffer(binary);
	}

	/** Runs one node for the items, as n8n does. Throws when a secret of a credential is in anything that n8n keeps of the run. */
	async run({ node, parameters, credential, moreCredentials = {}, items = [{ json: {} }], settings, workflowSettings, givesSecrets, onStart }: RunOf): Promise<Outcome> {
		const typeName = `n8n-nodes-genomics.${node.description.name}`;
		const data = { ...credential?.data };
		const typeOf = (type: string) => (type === INPUT.type ? inputNode(items) : node);
		const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
		const shown: INode = {
			id: 'node',
			name: NODE_NAME,
			type: typeName,
			typeVersion: 1,
			position: [0, 0],
			parameters: parameters as INode['parameters'],
			credentials: Object.fromEntries([...(credential ? [credential.type.name] : []), ...Object.keys(moreCredentials)].map((type) => [type, { id: '1', name: type }])),
			...settings,
		};
		const workflow = new Workflow({ id: 'test', nodes: [INPUT, shown], connections: { Input: { main: [[{ node: NODE_NAME, type: 'main', index: 0 }]] } }, active: false, nodeTypes: nodeTypes as never, settings: { executionOrder: 'v1', ...workflowSettings } });
		const additionalData = {
			credentialsHelper: credentialsHelper(data, credential?.type, moreCredentials),
			hooks: new core.ExecutionLifecycleHooks('manual', 'test', { id: 'test', name: 'test' } as never),
			executeWorkflow: async () => {},
			restApiUrl: 'http://127.0.0.1/rest',
			instanceBaseUrl: 'http://127.0.0.1/',
			webhookBaseUrl: 'http://127.0.0.1/webhook',
			webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
			webhookTestBaseUrl: 'http://127.0.0.1/webhook-test',
			formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
			variables: {},
			currentNodeExecutionIndex: 0,
			executionId: `test-${++executions}`,
			logAiEvent: () => {},
			setExecutionStatus: () => {},
			sendDataToUI: () => {},
		};
		const start = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [{ node: workflow.getNode(INPUT.name) as INode, data: { main: [[{ json: {} }]] }, source: null }],
				contextData: {},
				metadata: {},
				waitingExecution: {},
				waitingExecutionSource: {},
			},
		});
		const execution = new core.WorkflowExecute(additionalData as never, 'manual', start).processRunExecutionData(workflow);
		onStart?.(() => execution.cancel());
		const run = await execution;
		const leak = givesSecrets ? undefined : leakIn(run, [data, ...Object.values(moreCredentials)].flatMap(secretsOf));
		if (leak) throw new Error(`a secret of the credential stands in the run at ${leak}`);
		const task = run.data.resultData.runData[NODE_NAME]?.at(-1);
		return {
			outputs: (task?.data?.main ?? []).map((output) => output ?? []),
			error: (task?.error ?? run.data.resultData.error) as Outcome['error'],
			stored: data,
			run,
		};
	}
}

/** The node before the one under test: gives its input items. */
function inputNode(items: INodeExecutionData[]): INodeType {
	return {
		description: { displayName: 'Input', name: 'input', group: [], version: 1, description: '', defaults: { name: 'Input' }, inputs: ['main'], outputs: ['main'], properties: [] },
		execute: async () => [items],
	};
}

/** The credential helper with the semantics of n8n's own: generic authenticate, preAuthentication without a token and on 401, tokens of OAuth2 renewed by n8n-core itself. */
export function credentialsHelper(stored: ICredentialDataDecryptedObject, type: ICredentialType | undefined, others: Record<string, ICredentialDataDecryptedObject>) {
	const defaults = Object.fromEntries((type?.properties ?? []).map(({ name, default: value }) => [name, value]));
	const resolve = (workflow: Workflow, node: INode, value: string, $credentials: ICredentialDataDecryptedObject) =>
		value.startsWith('=')
			? String(workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials }, undefined, '') || '')
			: value;
	return {
		getParentTypes: (name: string) => (name === type?.name ? (type.extends ?? []) : []),
		isCredentialUsableByNode: () => true,
		getDecrypted: async (_data: unknown, _node: unknown, name: string) => others[name] ?? { ...defaults, ...stored },
		getCredentials: async () => ({ getData: () => ({ ...stored }) }),
		getCredentialsProperties: () => type?.properties ?? [],
		updateCredentials: async (_node: unknown, _type: string, data: ICredentialDataDecryptedObject) => {
			Object.assign(stored, data);
		},
		updateCredentialsOauthTokenData: async (_node: unknown, _type: string, { oauthTokenData }: ICredentialDataDecryptedObject) => {
			Object.assign(stored, { oauthTokenData });
		},
		runPreAuthentication: async () => undefined,
		async preAuthentication(helpers: unknown, credentials: ICredentialDataDecryptedObject, _name: string, _node: INode, expired: boolean) {
			const token = type?.properties.find(({ type: kind, typeOptions }) => kind === 'hidden' && typeOptions?.expirable);
			if (!token || !type?.preAuthentication || (credentials[token.name] !== '' && !expired)) return undefined;
			const output = await type.preAuthentication.call(helpers as never, credentials);
			if (output[token.name] === undefined) return undefined;
			Object.assign(stored, output);
			return Object.assign(credentials, output);
		},
		async authenticate(credentials: ICredentialDataDecryptedObject, _name: string, options: IHttpRequestOptions, workflow: Workflow, node: INode) {
			if (typeof type?.authenticate === 'function') return await type.authenticate(credentials, options);
			const request = options as unknown as Record<string, Record<string, string>>;
			for (const [place, entries] of Object.entries(type?.authenticate?.properties ?? {})) {
				request[place] = { ...request[place] };
				for (const [key, value] of Object.entries(entries as Record<string, string>)) {
					request[place][resolve(workflow, node, key, credentials)] = resolve(workflow, node, value, credentials);
				}
			}
			return options;
		},
	};
}

/** All parameters of a node with their defaults for the given ones, as the editor would save them. */
export function withDefaults(node: INodeType, parameters: IDataObject): IDataObject {
	return NodeHelpers.getNodeParameters(node.description.properties, parameters as never, true, false, null, node.description) as IDataObject;
}
