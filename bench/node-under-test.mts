import type { INode } from 'n8n-workflow';
import { inLine, node, webhookTrigger } from '../test/n8n/workflow.mts';
import { peakRss, resetPeakRss, rss } from '../test/n8n/memory.mts';
import type { Context } from './bench.mts';

/** A workflow that is started by a call, runs the nodes and answers with one item; all but the nodes is the same. */
export async function workflowOf({ rest, n8n }: Context, path: string, ...nodes: INode[]) {
	const limit = node('Limit', 'n8n-nodes-base.limit', { maxItems: 1 });
	const { id } = await rest.createWorkflow({
		name: path,
		settings: { saveDataSuccessExecution: 'none' },
		...inLine(webhookTrigger(path), ...nodes, limit),
	});
	await rest.activate(id);
	let most = 0;
	return {
		/** Most bytes by which n8n's memory grew in one run. */
		growth: () => most,
		/** Runs it; gives the one item of the answer. */
		async run(): Promise<Record<string, unknown>> {
			const before = rss(n8n.pid);
			resetPeakRss(n8n.pid);
			const response = await rest.webhook(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
			const text = await response.text();
			if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
			most = Math.max(most, peakRss(n8n.pid) - before);
			return ([JSON.parse(text)].flat()[0] ?? {}) as Record<string, unknown>;
		},
	};
}

/** The GalateaBio node with a credential for a server. */
export async function galateaBioNode({ rest }: Context, url: string, apiKey: string, parameters: INode['parameters']): Promise<INode> {
	const data = { environment: 'custom', url, authentication: 'apiKey', apiKey };
	const credential = await rest.createCredential('GalateaBio of the bench', 'galateaBioApi', data);
	return node('Test', 'n8n-nodes-genomics.galateaBio', parameters, { credentials: { galateaBioApi: credential } });
}

/** The HTTP Request node with a credential of the same kind. */
export async function httpRequestNode({ rest }: Context, token: string, parameters: INode['parameters']): Promise<INode> {
	const credential = await rest.createCredential('Bearer of the bench', 'httpBearerAuth', { token });
	const authentication = { authentication: 'genericCredentialType', genericAuthType: 'httpBearerAuth' };
	return node('Test', 'n8n-nodes-base.httpRequest', { ...authentication, ...parameters }, { typeVersion: 4.2, credentials: { httpBearerAuth: credential } });
}

export const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

const seconds = (start: number) => `${((performance.now() - start) / 1000).toFixed(0)} s`;

/** Runs a workflow twice and tells how much n8n's memory grew at most, beyond what it had after the first run. */
export async function growth(context: Context, path: string, ...nodes: INode[]): Promise<string> {
	const workflow = await workflowOf(context, path, ...nodes);
	await workflow.run();
	const before = workflow.growth();
	const begin = performance.now();
	const answer = await workflow.run();
	return `${mebibytes(workflow.growth())} at most, ${mebibytes(before)} in the first run, ${seconds(begin)}; ${JSON.stringify(answer).slice(0, 160)}`;
}
