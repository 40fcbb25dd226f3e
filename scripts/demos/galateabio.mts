import { setTimeout as sleep } from 'node:timers/promises';
import { start } from '../../simulators/galateabio/simulator.mts';
import { itemsOf, type Execution, type N8nRest } from '../../test/n8n/rest.mts';
import { importExample, show, value, type Demo } from './demo.mts';

/** The order's webhook comes some seconds after the submission. */
const WEBHOOK_LIMIT_MS = 60_000;

export async function galateaBio(): Promise<Demo> {
	const { info, close } = await start();
	return {
		service: 'GalateaBio',
		url: info.url,
		about: 'genotypes up, validated, ordered, finished by webhook, report in hand',
		stop: close,

		async prepare(rest, url) {
			const credential = { environment: 'custom', url: info.url, authentication: 'apiKey', apiKey: info.apiKey };
			const workflow = await importExample(rest, 'galateabio-sample-to-report', 'galateaBioApi', 'GalateaBio (simulated)', credential);
			await rest.activate(workflow.id);
			const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-genomics.galateaBioTrigger');
			// entered at the service, as its user does
			const webhook = { webhook_action: 'order_moved_to_completed_state', remote_endpoint: `${url}/webhook/${trigger?.webhookId}/webhook`, max_retries_count: 3 };
			const response = await fetch(`${info.control}/galateabio/webhooks`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify([webhook]) });
			if (!response.ok) throw new Error(`The simulated GalateaBio refused the webhook with status ${response.status}`);
			return workflow;
		},

		async run(rest, { id }) {
			const before = Date.now();
			const byHand = await rest.run(id, { trigger: 'Start', timeoutMs: 180_000 });
			const [file] = itemsOf(byHand, 'Upload and Validate');
			const [order] = itemsOf(byHand, 'Submit Order');
			show('file', `${value(file, 'src_file_name')}, ${value(file, 'status')}, ID ${value(file, 'id')}`);
			show('order', `${value(order, 'id')}, model ${value(order, 'model')}`);

			const byWebhook = await webhookExecution(rest, id, before);
			const [report] = itemsOf(byWebhook, 'Download Report');
			const { history } = (await (await fetch(`${info.control}/galateabio/orders/${value(order, 'id')}`)).json()) as { history: Array<{ status: string }> };
			show('states', history.map(({ status }) => status).join(' > '));
			show('report', `${value(report, 'fileName')}, ${value(report, 'fileSize')} bytes`);
			const bytes = await rest.binary(report.binary?.data.id as string);
			if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('The report is no PDF file');
		},
	};
}

/** The execution that the service's webhook started, once it is over. */
async function webhookExecution(rest: N8nRest, workflowId: string, since: number): Promise<Execution> {
	for (const limit = Date.now() + WEBHOOK_LIMIT_MS; Date.now() < limit; await sleep(500)) {
		const { results } = await rest.executions({ workflowId, mode: 'webhook', startedAfter: new Date(since).toISOString() });
		if (results.length > 0) return await rest.finished(results[0].id);
	}
	throw new Error('No webhook came for the order');
}
