import { createHmac, randomUUID } from 'node:crypto';
import { signature as signatureOf } from '../simulators/galateabio/webhooks.mts';
import { inLine, node } from '../test/n8n/workflow.mts';
import type { Bench, Context } from './bench.mts';
import { compare, median } from './compare.mts';

const DELIVERIES = 200;
const AT_ONCE = 20;
const SECRET = 'n8nDemoSecret0000000000000000001';
const HOST = '127.0.0.1';

export const deliveries: Bench = {
	name: 'deliveries',
	about: `${DELIVERIES} webhook deliveries, ${AT_ONCE} at once: GalateaBio Trigger against n8n's Slack Trigger, which checks signatures by a credential too, and n8n's Webhook node, with a password in a header and without`,

	async run(context) {
		const ours = await galateaBioTrigger(context);
		return [...(await against(context, 'Slack Trigger', ours, await slackTrigger(context))), ...(await against(context, 'Webhook, password', ours, await webhookNode(context, true))), ...(await against(context, 'Webhook', ours, await webhookNode(context, false)))];
	},
};

/** A trigger's address, and a delivery that it takes for genuine. */
interface Target {
	path: string;
	delivery(): { body: string; headers: Record<string, string> };
}

async function against(context: Context, name: string, ours: Target, peer: Target): Promise<string[]> {
	const times = await compare(context.rounds, async () => await deliver(context, ours), async () => await deliver(context, peer));
	const rate = (values: number[]) => `${((1000 * DELIVERIES) / median(values)).toFixed(0)} a second`;
	const ratios = times.ratios.map((ratio) => 1 / ratio);
	return [`rate ratio ${median(ratios).toFixed(2)} of ${name}  (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`, `GalateaBio Trigger  ${rate(times.ours)}`, `${name.padEnd(19)} ${rate(times.peers)}`];
}

const noOp = () => node('Nothing', 'n8n-nodes-base.noOp');
const settings = { saveDataSuccessExecution: 'none' } as const;

async function galateaBioTrigger({ rest }: Context): Promise<Target> {
	const data = { environment: 'custom', url: `http://${HOST}:1`, authentication: 'apiKey', apiKey: 'key-of-the-bench', webhookSecret: SECRET };
	const credential = await rest.createCredential('GalateaBio of the bench', 'galateaBioApi', data);
	const webhookId = randomUUID();
	const trigger = { ...node('Trigger', 'n8n-nodes-genomics.galateaBioTrigger', { events: ['orderFinished'] }, { credentials: { galateaBioApi: credential } }), webhookId };
	const { id } = await rest.createWorkflow({ name: 'deliveries-ours', settings, ...inLine(trigger, noOp()) });
	await rest.activate(id);
	return {
		path: `${webhookId}/webhook`,
		delivery() {
			const body = JSON.stringify({ order_id: randomUUID(), new_status: 'COMPLETED', source_file_id: randomUUID(), source_file_name: 'sample.vcf.gz' });
			return { body, headers: { 'x-octopod-signature': signatureOf(SECRET, HOST, Buffer.from(body)) } };
		},
	};
}

async function slackTrigger({ rest }: Context): Promise<Target> {
	const credential = await rest.createCredential('Slack of the bench', 'slackApi', { accessToken: 'token-of-the-bench', signatureSecret: SECRET });
	const webhookId = randomUUID();
	const trigger = { ...node('Trigger', 'n8n-nodes-base.slackTrigger', { trigger: ['any_event'], watchWorkspace: true, options: {} }, { credentials: { slackApi: credential } }), webhookId };
	const { id } = await rest.createWorkflow({ name: 'deliveries-slack', settings, ...inLine(trigger, noOp()) });
	await rest.activate(id);
	return {
		path: `${webhookId}/webhook`,
		delivery() {
			const body = JSON.stringify({ type: 'event_callback', event: { type: 'message', channel: 'C1', text: randomUUID() } });
			const time = String(Math.floor(Date.now() / 1000));
			return { body, headers: { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${createHmac('sha256', SECRET).update(`v0:${time}:${body}`).digest('hex')}` } };
		},
	};
}

async function webhookNode({ rest }: Context, isChecked: boolean): Promise<Target> {
	const path = `deliveries-peer-${String(isChecked)}`;
	const header = { name: 'x-password', value: SECRET };
	const credential = await rest.createCredential('Header of the bench', 'httpHeaderAuth', header);
	const checking = isChecked ? { authentication: 'headerAuth' } : {};
	const trigger = { ...node('Webhook', 'n8n-nodes-base.webhook', { httpMethod: 'POST', path, responseMode: 'onReceived', ...checking }, { typeVersion: 2, credentials: { httpHeaderAuth: credential } }), webhookId: randomUUID() };
	const { id } = await rest.createWorkflow({ name: path, settings, ...inLine(trigger, noOp()) });
	await rest.activate(id);
	return { path, delivery: () => ({ body: JSON.stringify({ order_id: randomUUID() }), headers: { [header.name]: header.value } }) };
}

/** Sends genuine deliveries, each with a body of its own. */
async function deliver({ rest }: Context, { path, delivery }: Target): Promise<void> {
	let left = DELIVERIES;
	const worker = async () => {
		while (left-- > 0) {
			const { body, headers } = delivery();
			const response = await rest.webhook(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
			if (!response.ok) throw new Error(`${path}: ${response.status}`);
			await response.arrayBuffer();
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
