import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { start, type Running } from '../../simulators/galateabio/simulator.mts';
import { send, type Answer } from '../simulators/http.mts';
import { eachOnce, type ExecutionSummary, type N8nRest } from './rest.mts';
import { node } from './workflow.mts';

/** The simulator as a test sees it: the provider's staff, its web pages, another client of its API. */
export class Provider {
	readonly simulator: Running;

	private constructor(simulator: Running) {
		this.simulator = simulator;
	}

	static async start(): Promise<Provider> {
		return new Provider(await start());
	}

	async close(): Promise<void> {
		await this.simulator.close();
	}

	/** A credential's values for it. */
	credential(changes: IDataObject = {}): IDataObject {
		const { url, apiKey } = this.simulator.info;
		return { environment: 'custom', url, authentication: 'apiKey', apiKey, ...changes };
	}

	/** Calls a control route below `/simulator/`, or below `/simulator/galateabio/`. */
	async control(line: string, json?: unknown): Promise<Answer> {
		return await send(this.simulator.info.control, line, { json });
	}

	/** Calls the API as a client of the provider would. */
	async api(line: string, options: { json?: unknown; body?: FormData } = {}): Promise<Answer> {
		const headers = { authorization: `Bearer ${this.simulator.info.apiKey}` };
		return await send(`${this.simulator.info.url}/api/v1`, line, { ...options, headers });
	}

	/** Uploads a file; it is `PENDING`. */
	async upload(name: string, content = 'x'): Promise<string> {
		const body = new FormData();
		body.append('file', new Blob([content]), name);
		return (await this.api('POST /data/files/upload', { body })).json.id;
	}

	/** Uploads a file that is `VALID`. */
	async validFile(name: string): Promise<string> {
		const id = await this.upload(name);
		await this.control(`POST /galateabio/files/${id}`, { status: 'VALID' });
		return id;
	}
}

type Credential = { id: string; name: string };

export function galateaBio(name: string, credential: Credential, parameters: INodeParameters, more: Partial<INode> = {}): INode {
	return node(name, 'n8n-nodes-genomics.galateaBio', parameters, { credentials: { galateaBioApi: credential }, ...more });
}

export function galateaBioTrigger(credential: Credential, parameters: INodeParameters = {}): INode & { webhookId: string } {
	const both = { events: ['fileValidated', 'orderFinished'], ...parameters };
	const made = node('GalateaBio Trigger', 'n8n-nodes-genomics.galateaBioTrigger', both, { credentials: { galateaBioApi: credential } });
	return { ...made, webhookId: randomUUID() };
}

/** The path below `/webhook/` that n8n gives to a trigger. */
export const webhookPath = ({ webhookId }: { webhookId: string }) => `${webhookId}/webhook`;

/** A locator's value, by its ID. */
export const byId = (value: string): INodeParameters[string] => ({ __rl: true, mode: 'id', value });

/** All executions of a workflow, the newest first. */
export async function allExecutions(rest: N8nRest, workflowId: string): Promise<ExecutionSummary[]> {
	const all: ExecutionSummary[] = [];
	for (let cursor: string | null = ''; cursor !== null; ) {
		const query = new URLSearchParams({ filter: JSON.stringify({ workflowId }), limit: '100', ...(cursor && { cursor }) });
		const page: { results: ExecutionSummary[]; nextCursor: string | null } = await rest.request('GET', `/rest/executions?${query}`);
		all.push(...page.results);
		cursor = page.nextCursor;
	}
	return eachOnce(all);
}

/** Runs `work` for every entry, `atOnce` at the same time; gives the results in the entries' order. */
export async function inParallel<T, R>(entries: T[], atOnce: number, work: (entry: T) => Promise<R>): Promise<R[]> {
	const results: R[] = [];
	let next = 0;
	const worker = async () => {
		while (next < entries.length) {
			const i = next++;
			results[i] = await work(entries[i]);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}
