import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'flatted';
import type {
	ExecutionStatus,
	IConnections,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeTypeDescription,
	IPinData,
	IRunExecutionData,
	IWorkflowSettings,
	WorkflowExecuteMode,
} from 'n8n-workflow';

export interface Owner {
	email: string;
	firstName: string;
	lastName: string;
	/** 8 characters or more, with a capital and a digit */
	password: string;
}

export const OWNER: Owner = {
	email: 'owner@example.org',
	firstName: 'Ada',
	lastName: 'Owner',
	password: 'Genomics-2026',
};

/** A signed-in browser, as n8n sees it: the cookie is bound to the ID. */
export interface Session {
	cookie: string;
	browserId: string;
}

export interface NewWorkflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export interface SavedWorkflow extends NewWorkflow {
	id: string;
	/** changes with every save */
	versionId: string;
	active: boolean;
}

export interface ExecutionSummary {
	id: string;
	workflowId: string;
	mode: WorkflowExecuteMode;
	status: ExecutionStatus;
	/** ISO 8601 */
	startedAt: string | null;
	stoppedAt: string | null;
}

export interface Execution extends ExecutionSummary {
	data: IRunExecutionData;
}

export interface ExecutionFilter {
	workflowId?: string;
	status?: ExecutionStatus[];
	mode?: WorkflowExecuteMode;
	/** ISO 8601 */
	startedAfter?: string;
	startedBefore?: string;
}

export interface RunOptions {
	/** name of the trigger to start from; needed where the workflow has several, or no destination is given */
	trigger?: string;
	/** name of the last node to run; default: all that follow the trigger */
	destination?: string;
	/** default 60,000 */
	timeoutMs?: number;
}

export interface ShownNodeError {
	message: string;
	description?: string | null;
}

interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

/** n8n answered a call of the REST interface with an error. */
export class N8nRestError extends Error {
	readonly status: number;

	constructor(call: string, status: number, text: string) {
		super(`${call}: ${status} ${messageIn(text)}`);
		this.status = status;
	}
}

/** What the editor does with n8n, by the same calls. Every method throws `N8nRestError` when n8n refuses. */
export class N8nRest {
	readonly url: string;
	session: Session;

	/**
	 * @param url of the server, without a slash at the end
	 * @param session of an earlier sign-in; n8n allows 5 sign-ins a minute, so share one
	 */
	constructor(url: string, session: Session = { cookie: '', browserId: randomUUID() }) {
		this.url = url;
		this.session = session;
	}

	/** Makes the owner's account where there is none yet, and signs in. */
	async signIn(owner: Owner = OWNER): Promise<Session> {
		const { userManagement } = await this.request<{ userManagement: { showSetupOnFirstLoad: boolean } }>('GET', '/rest/settings');
		if (userManagement.showSetupOnFirstLoad) {
			await this.request('POST', '/rest/owner/setup', owner);
		} else {
			await this.request('POST', '/rest/login', { emailOrLdapLoginId: owner.email, password: owner.password });
		}
		return this.session;
	}

	/** @returns the `data` of n8n's answer, or the whole of an answer that is not wrapped */
	async request<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await this.send(method, path, body);
		const text = await response.text();
		if (!response.ok) throw new N8nRestError(`${method} ${path}`, response.status, text);
		const json = text === '' ? undefined : (JSON.parse(text) as { data?: T });
		return (json !== undefined && !Array.isArray(json) && 'data' in json ? json.data : json) as T;
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		const headers: Record<string, string> = { cookie: this.session.cookie, 'browser-id': this.session.browserId };
		if (body !== undefined) headers['content-type'] = 'application/json';
		const response = await fetch(this.url + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
		const cookie = response.headers.getSetCookie().find((line) => line.startsWith('n8n-auth='));
		if (cookie) this.session.cookie = cookie.split(';')[0];
		return response;
	}

	// --- credentials

	async createCredential(name: string, type: string, data: IDataObject): Promise<{ id: string; name: string }> {
		const { id } = await this.request<{ id: string }>('POST', '/rest/credentials', { name, type, data });
		return { id, name };
	}

	/** Makes a credential, or gives the one of that name these values. */
	async saveCredential(name: string, type: string, data: IDataObject): Promise<{ id: string; name: string }> {
		const all = await this.request<Array<{ id: string; name: string }>>('GET', '/rest/credentials');
		const known = all.find((credential) => credential.name === name);
		if (!known) return await this.createCredential(name, type, data);
		await this.request('PATCH', `/rest/credentials/${known.id}`, { id: known.id, name, type, data });
		return { id: known.id, name };
	}

	/** What the button "Test" of a saved credential does. */
	async testCredential(id: string): Promise<{ status: 'OK' | 'Error'; message: string }> {
		// n8n wants the data as the editor shows them, secrets blanked out, and fills in the saved ones.
		const credentials = await this.request<IDataObject>('GET', `/rest/credentials/${id}?includeData=true`);
		return await this.request('POST', '/rest/credentials/test', { credentials });
	}

	/** The button "Connect" of a saved OAuth2 credential, with a person who agrees at once: the service sends back to n8n without asking. */
	async connectCredential(id: string): Promise<void> {
		const address = await this.request<string>('GET', `/rest/oauth2-credential/auth?id=${id}`);
		const agreed = await fetch(address, { redirect: 'manual' });
		const { pathname, search } = new URL(agreed.headers.get('location') ?? '');
		const answer = await this.send('GET', `${pathname}${search}`);
		const page = await answer.text();
		if (!answer.ok || !page.includes('Connection successful')) throw new N8nRestError(`GET ${pathname}`, answer.status, page);
	}

	async deleteCredential(id: string): Promise<void> {
		await this.request('DELETE', `/rest/credentials/${id}`);
	}

	// --- workflows

	async createWorkflow(workflow: NewWorkflow): Promise<SavedWorkflow> {
		const settings = { executionOrder: 'v1', ...workflow.settings };
		return await this.request('POST', '/rest/workflows', { ...workflow, settings });
	}

	/** The ID of the workflow of a name, if there is one. */
	async workflowNamed(name: string): Promise<string | undefined> {
		const found = await this.request<Array<{ id: string; name: string }>>('GET', '/rest/workflows');
		return found.find((workflow) => workflow.name === name)?.id;
	}

	async workflow(id: string): Promise<SavedWorkflow> {
		return await this.request('GET', `/rest/workflows/${id}`);
	}

	/**
	 * Publishes a workflow and waits until its triggers listen; n8n itself answers before that.
	 *
	 * @throws Error with the triggers' own messages, when one of them cannot be activated
	 */
	async activate(id: string): Promise<void> {
		const { versionId } = await this.workflow(id);
		await this.request('POST', `/rest/workflows/${id}/activate`, { versionId });
		const { status, triggers } = await this.settled(id);
		if (status !== 'published') {
			throw new Error(`workflow ${id} is ${status}: ${triggers.map(({ errorMessage }) => errorMessage ?? 'ok').join('; ')}`);
		}
	}

	/** Takes a workflow back and waits until none of its triggers listens. */
	async deactivate(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/deactivate`, {});
		await this.settled(id);
	}

	private async settled(id: string): Promise<PublicationStatus> {
		return await until(`publication of workflow ${id}`, 30_000, async () => {
			const answer = await this.request<PublicationStatus>('GET', `/rest/workflows/${id}/publication-status`);
			return answer.status === 'in_progress' ? undefined : answer;
		});
	}

	/** Takes it back, archives it and deletes it with its executions. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.request('POST', `/rest/workflows/${id}/archive`, {});
		await this.settled(id);
		await this.request('DELETE', `/rest/workflows/${id}`);
	}

	// --- webhooks

	/** Calls a production webhook. */
	async webhook(path: string, init: RequestInit = { method: 'POST' }): Promise<Response> {
		return await fetch(`${this.url}/webhook/${path}`, init);
	}

	/** The methods that n8n has registered for a webhook path; asking starts no execution. */
	async webhookMethods(path: string): Promise<string[]> {
		const response = await this.webhook(path, { method: 'OPTIONS', headers: { origin: this.url } });
		const allowed = response.headers.get('access-control-allow-methods') ?? '';
		return allowed.split(', ').filter((method) => method !== '' && method !== 'OPTIONS');
	}

	// --- executions

	/**
	 * Runs a workflow as the editor's button does, and waits for its end.
	 *
	 * @throws Error when it needs a webhook call to start, or takes longer than `timeoutMs`
	 */
	async run(workflowId: string, options: RunOptions): Promise<Execution> {
		const answer = await this.request<{ executionId?: string }>('POST', `/rest/workflows/${workflowId}/run`, {
			...(options.trigger && { triggerToStartFrom: { name: options.trigger } }),
			...(options.destination && { destinationNode: { nodeName: options.destination, mode: 'inclusive' } }),
		});
		if (!answer.executionId) throw new Error(`workflow ${workflowId} waits for a call of its test webhook`);
		return await this.finished(answer.executionId, options.timeoutMs);
	}

	/** The execution once it is over; `timeoutMs`: default 60,000. */
	async finished(executionId: string, timeoutMs = 60_000): Promise<Execution> {
		return await until(`end of execution ${executionId}`, timeoutMs, async () => {
			const execution = await this.execution(executionId);
			return ['new', 'running', 'waiting'].includes(execution.status) ? undefined : execution;
		});
	}

	async execution(id: string): Promise<Execution> {
		const { data, ...rest } = await this.request<ExecutionSummary & { data: string }>('GET', `/rest/executions/${id}`);
		return { ...rest, data: parse(data) as IRunExecutionData };
	}

	/** @param limit 1 to 100; newest first */
	async executions(filter: ExecutionFilter = {}, limit = 20): Promise<{ count: number; results: ExecutionSummary[] }> {
		const query = new URLSearchParams({ filter: JSON.stringify(filter), limit: String(limit) });
		const { count, results } = await this.request<{ count: number; results: ExecutionSummary[] }>('GET', `/rest/executions?${query}`);
		return { count, results: eachOnce(results) };
	}

	/** The executions of a workflow, once there are `count` that are over; `timeoutMs`: default 10,000. */
	async untilExecutions(workflowId: string, count: number, timeoutMs = 10_000): Promise<ExecutionSummary[]> {
		return await until(`${count} executions of workflow ${workflowId}`, timeoutMs, async () => {
			const { results } = await this.executions({ workflowId }, 100);
			return results.filter(({ stoppedAt }) => stoppedAt).length >= count ? results : undefined;
		});
	}

	/** Deletes all executions of a workflow that are over. */
	async deleteExecutions(workflowId: string): Promise<void> {
		await this.request('POST', '/rest/executions/delete', { deleteBefore: new Date(), filters: { workflowId } });
	}

	/** The content of a file that an item refers to, by the `id` of its binary data. */
	async binary(id: string): Promise<Buffer> {
		const query = new URLSearchParams({ id, action: 'download' });
		const path = `/rest/binary-data?${query}`;
		const response = await this.send('GET', path);
		if (!response.ok) throw new N8nRestError(`GET ${path}`, response.status, await response.text());
		return Buffer.from(await response.arrayBuffer());
	}

	// --- nodes

	/** The descriptions of all nodes that n8n knows, as the editor gets them. */
	async nodeTypes(): Promise<INodeTypeDescription[]> {
		return await this.request('GET', '/types/nodes.json');
	}

	/**
	 * What the editor's "From list" shows for a parameter of a node.
	 *
	 * @param method name of the node's list search
	 */
	async searchList(
		node: INode,
		parameter: string,
		method: string,
		more: { filter?: string; paginationToken?: string } = {},
	): Promise<{ results: Array<{ name: string; value: string }>; paginationToken?: string }> {
		return await this.request('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			nodeTypeAndVersion: { name: node.type, version: node.typeVersion },
			path: `parameters.${parameter}`,
			methodName: method,
			currentNodeParameters: node.parameters,
			credentials: node.credentials,
			...more,
		});
	}
}

/** n8n lists an execution twice that ends in that moment: as it ran, then as it ended. The end is kept. */
export const eachOnce = (executions: ExecutionSummary[]): ExecutionSummary[] => [...new Map(executions.map((one) => [one.id, one])).values()];

/**
 * The items that a node put out in its last run; `output` counts from 0.
 *
 * @throws Error when the node did not run, or failed
 */
export function itemsOf(execution: Execution, nodeName: string, output = 0): INodeExecutionData[] {
	const run = execution.data.resultData.runData[nodeName]?.at(-1);
	if (!run) throw new Error(`"${nodeName}" did not run. ${errorOf(execution)?.message ?? ''}`);
	if (run.error) throw new Error(`"${nodeName}" failed: ${run.error.message} ${run.error.description ?? ''}`);
	return run.data?.main[output] ?? [];
}

/** The error that ended an execution, as the user sees it. */
export function errorOf(execution: Execution): ShownNodeError | undefined {
	return execution.data.resultData.error;
}

/** n8n's own words, without the stack that it adds. */
function messageIn(text: string): string {
	try {
		return (JSON.parse(text) as { message: string }).message;
	} catch {
		return text;
	}
}

async function until<T>(what: string, timeoutMs: number, attempt: () => Promise<T | undefined>): Promise<T> {
	const limit = Date.now() + timeoutMs;
	for (let pause = 20; ; pause = Math.min(pause * 1.5, 500)) {
		const result = await attempt();
		if (result !== undefined) return result;
		if (Date.now() + pause > limit) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
		await sleep(pause);
	}
}
