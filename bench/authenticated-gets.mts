import type { INode } from 'n8n-workflow';
import { inLine, node, webhookTrigger } from '../test/n8n/workflow.mts';
import type { Bench, Context } from './bench.mts';
import { compare, median } from './compare.mts';
import { startLocalServer, type LocalServer } from './server.mts';

const ITEMS = 1000;
const DELAY_MS = 5;
const KEY = 'key-of-the-bench';
const PROFILE = { id: '11111111-1111-4111-8111-111111111111', email: 'a@example.org', role: 'OrgUser', org: { name: 'Lab' } };

export const authenticatedGets: Bench = {
	name: 'authenticated-gets',
	about: `${ITEMS} items, one authenticated GET each (${DELAY_MS} ms): GalateaBio against n8n's HTTP Request`,

	async run(context) {
		const server = await startLocalServer(PROFILE, DELAY_MS, ({ headers }) => headers.authorization === `Bearer ${KEY}`);
		try {
			const ours = await prepare(context, server, await galateaBio(context, server));
			const peer = await prepare(context, server, await httpRequest(context, server));
			const times = await compare(context.rounds, ours.run, peer.run);
			return [
				`ratio ${times.ratio.toFixed(2)}  (rounds: ${times.ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
				`GalateaBio    ${median(times.ours).toFixed(0)} ms, ${ours.connections()}`,
				`HTTP Request  ${median(times.peers).toFixed(0)} ms, ${peer.connections()}`,
			];
		} finally {
			await server.stop();
		}
	},
};

async function galateaBio({ rest }: Context, server: LocalServer): Promise<INode> {
	const data = { environment: 'custom', url: server.url, authentication: 'apiKey', apiKey: KEY };
	const credential = await rest.createCredential('GalateaBio of the bench', 'galateaBioApi', data);
	const parameters = { resource: 'account', operation: 'getProfile' };
	return node('Test', 'n8n-nodes-genomics.galateaBio', parameters, { credentials: { galateaBioApi: credential } });
}

async function httpRequest({ rest }: Context, server: LocalServer): Promise<INode> {
	const credential = await rest.createCredential('Bearer of the bench', 'httpBearerAuth', { token: KEY });
	const parameters = {
		url: `${server.url}/api/v1/users/me`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpBearerAuth',
	};
	return node('Test', 'n8n-nodes-base.httpRequest', parameters, { typeVersion: 4.2, credentials: { httpBearerAuth: credential } });
}

/** A workflow that gives 1000 items to the node under test; all else in it is the same for both nodes. */
async function prepare({ rest }: Context, server: LocalServer, underTest: INode) {
	const path = `bench-${underTest.type.split('.')[1]}`;
	const split = node('Split', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'body.items' });
	const limit = node('Limit', 'n8n-nodes-base.limit', { maxItems: 1 });
	const { id } = await rest.createWorkflow({
		name: path,
		settings: { saveDataSuccessExecution: 'none' },
		...inLine(webhookTrigger(path), split, underTest, limit),
	});
	await rest.activate(id);

	const body = JSON.stringify({ items: Array.from({ length: ITEMS }, (_, index) => ({ index })) });
	let opened = 0;
	let peak = 0;
	return {
		connections: () => `${opened} connections, at most ${peak} at once`,
		async run() {
			await server.reset();
			const response = await rest.webhook(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
			const text = await response.text();
			if (!response.ok || !text.includes(PROFILE.id)) throw new Error(`${path}: ${response.status} ${text.slice(0, 500)}`);
			if (server.requests !== ITEMS) throw new Error(`${path}: ${server.requests} requests for ${ITEMS} items`);
			opened = server.connections;
			peak = Math.max(peak, server.peakConnections);
		},
	};
}
