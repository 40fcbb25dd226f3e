import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Workflow, type ICredentialDataDecryptedObject, type ICredentialType, type IDataObject, type IHookFunctions, type INode, type INodeType } from 'n8n-workflow';
import { GalateaBioApi } from '../../credentials/GalateaBioApi.credentials.ts';
import { GalateaBioTrigger } from '../../nodes/GalateaBio/GalateaBioTrigger.node.ts';
import { credentialsHelper as helperOf, withDefaults, type RunOf } from './engine.mts';

// what a test wants to fail need not be logged too
process.env.N8N_LOG_LEVEL = 'silent';

// n8n-core and its dependency container must be one copy: the one that n8n-core itself finds
const coreRequire = createRequire(require.resolve('n8n-core'));
const { Container } = coreRequire('@n8n/di') as typeof import('@n8n/di');
const { Logger } = coreRequire('@n8n/backend-common') as typeof import('@n8n/backend-common');
const core = require('n8n-core') as typeof import('n8n-core');

/** n8n's log, to be watched by a spy. */
export const logger = Container.get(Logger);

const TRIGGER_NAME = 'Trigger under test';

const WEBHOOK = { webhookDescription: { name: 'default' }, isTest: false };

/** What a test says of a delivery. `rawBody` undefined: n8n did not read the body, as with multipart. */
export interface Delivery {
	rawBody: Buffer | undefined;
	headers: Record<string, string>;
}

/** What came of a delivery. */
export interface Received {
	/** Of the answer that the service gets. */
	status: number;
	answer: unknown;
	/** The items of the execution that was started, if one was. */
	started?: IDataObject[];
}

let workflows = 0;

type Credential = NonNullable<RunOf['credential']>;

/** A trigger with webhooks in a workflow of its own, in the contexts that n8n calls it with. */
export class WebhookTrigger {
	/** The credential as it is stored; `undefined`: it was deleted. */
	credential: ICredentialDataDecryptedObject | undefined;
	readonly workflow: Workflow;
	private readonly type: INodeType;
	private readonly credentialType: ICredentialType;
	private readonly baseUrl: string;

	/** @param baseUrl of n8n's webhooks */
	constructor(type: INodeType, { type: credentialType, data }: Credential, parameters: IDataObject, baseUrl = 'http://127.0.0.1/webhook') {
		this.type = type;
		this.baseUrl = baseUrl;
		this.credentialType = credentialType;
		this.credential = { ...Object.fromEntries(credentialType.properties.map(({ name, default: value }) => [name, value])), ...data } as ICredentialDataDecryptedObject;
		const node: INode = {
			id: 'trigger',
			name: TRIGGER_NAME,
			type: `n8n-nodes-genomics.${type.description.name}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: withDefaults(type, parameters) as INode['parameters'],
			credentials: { [credentialType.name]: { id: '1', name: 'credential' } },
		};
		const typeOf = () => this.type;
		const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
		this.workflow = new Workflow({ id: `workflow ${++workflows}`, name: 'Workflow', nodes: [node], connections: {}, active: true, nodeTypes: nodeTypes as never });
	}

	/** What the trigger keeps between activation and deliveries. */
	get state(): IDataObject {
		return this.workflow.getStaticData('node', this.node);
	}

	/** Where its deliveries go. */
	get url(): string {
		return String(this.hook('create').getNodeWebhookUrl('default'));
	}

	/** Does what n8n does when the workflow is activated. */
	async activate(): Promise<void> {
		const { checkExists, create } = this.methods;
		if (!(await checkExists.call(this.hook('create')))) await create.call(this.hook('create'));
	}

	async deactivate(): Promise<void> {
		await this.methods.delete.call(this.hook('update'));
	}

	/**
	 * Hands a delivery over. Where this throws, n8n would answer 500 and start an execution that shows the error.
	 *
	 * @param n8nFails n8n is not able to begin the execution, and answers 500
	 */
	async receive({ rawBody, headers }: Delivery, n8nFails = false): Promise<Received> {
		const sent: Partial<Received> = {};
		const response = Object.assign(new EventEmitter(), {
			statusCode: 200,
			status: (status: number) => Object.assign(response, { statusCode: status }),
			send: (answer: unknown) => Object.assign(response, { sent: (sent.answer = answer) }),
			end: () => response,
		});
		const additionalData = { ...this.additionalData(), httpRequest: { headers, rawBody, body: {}, params: {}, query: {} }, httpResponse: response };
		const context = new core.WebhookContext(this.workflow, this.node, additionalData as never, 'webhook', WEBHOOK as never, [], null);
		const { workflowData, webhookResponse, noWebhookResponse } = await (this.type as Required<INodeType>).webhook.call(context);
		if (n8nFails) response.status(500);
		response.emit('finish');
		const started = n8nFails ? undefined : workflowData?.[0]?.map(({ json }) => json);
		return { status: response.statusCode, answer: noWebhookResponse ? sent.answer : webhookResponse, ...(started && { started }) };
	}

	private hook(activation: 'create' | 'update') {
		return new core.HookContext(this.workflow, this.node, this.additionalData() as never, 'trigger', activation, WEBHOOK as never);
	}

	private get node(): INode {
		return this.workflow.getNode(TRIGGER_NAME) as INode;
	}

	private get methods() {
		return (this.type.webhookMethods as NonNullable<INodeType['webhookMethods']>).default as Record<'checkExists' | 'create' | 'delete', (this: IHookFunctions) => Promise<boolean>>;
	}

	private additionalData() {
		return { ...additionalData(() => this.credential, this.credentialType), webhookBaseUrl: this.baseUrl };
	}
}

/** A GalateaBio Trigger. */
export class Trigger extends WebhookTrigger {
	constructor(credential: ICredentialDataDecryptedObject, events: string[] = ['fileValidated', 'orderFinished'], more: IDataObject = {}) {
		super(new GalateaBioTrigger(), { type: new GalateaBioApi(), data: credential }, { events, ...more });
	}
}

/** A polling trigger in a workflow of its own. */
export class Polling {
	private readonly type: INodeType;
	private readonly credential: NonNullable<RunOf['credential']>;
	private readonly workflow: Workflow;

	constructor(type: INodeType, credential: NonNullable<RunOf['credential']>, parameters: IDataObject) {
		this.type = type;
		this.credential = credential;
		const node: INode = {
			id: 'trigger',
			name: TRIGGER_NAME,
			type: `n8n-nodes-genomics.${type.description.name}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: parameters as INode['parameters'],
			credentials: { [credential.type.name]: { id: '1', name: 'credential' } },
		};
		const typeOf = () => this.type;
		const nodeTypes = { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
		this.workflow = new Workflow({ id: `workflow ${++workflows}`, nodes: [node], connections: {}, active: true, nodeTypes: nodeTypes as never });
	}

	/** What a poll keeps for the next one. */
	get state(): IDataObject {
		return this.workflow.getStaticData('node', this.node);
	}

	/** What the user changes in the node. */
	change(parameters: IDataObject): void {
		Object.assign(this.node.parameters, parameters);
	}

	/** The items of a poll; undefined when it starts no execution. */
	async poll(mode: 'trigger' | 'manual' = 'trigger'): Promise<IDataObject[] | undefined> {
		const context = new core.PollContext(this.workflow, this.node, additionalData(() => this.credential.data, this.credential.type) as never, mode, 'activate');
		return (await this.type.poll?.call(context))?.[0].map(({ json }) => json);
	}

	private get node(): INode {
		return this.workflow.getNode(TRIGGER_NAME) as INode;
	}
}

function additionalData(credential: () => ICredentialDataDecryptedObject | undefined, type: ICredentialType) {
	const decrypted = async () => {
		const stored = credential();
		if (stored) return { ...stored };
		throw new Error(`Credential with ID "1" does not exist for type "${type.name}".`);
	};
	const credentialsHelper = { ...helperOf(credential() ?? {}, type, {}), getDecrypted: decrypted, preAuthentication: async () => undefined };
	return { credentialsHelper, webhookBaseUrl: 'http://127.0.0.1/webhook', formWaitingBaseUrl: 'http://127.0.0.1/form', variables: {}, webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting' };
}
