import { start } from '../simulators/galateabio/simulator.mts';
import { node } from '../test/n8n/workflow.mts';
import type { Bench } from './bench.mts';
import { compare, median } from './compare.mts';
import { galateaBioNode, httpRequestNode, mebibytes, workflowOf } from './node-under-test.mts';

const ROWS = 20_000;
const PAGE_SIZE = 100;

export const getMany: Bench = {
	name: 'get-many',
	about: `${ROWS} rows in pages of ${PAGE_SIZE}: GalateaBio's Get Many against n8n's HTTP Request with its pagination`,

	async run(context) {
		const simulator = await start();
		try {
			const { url, apiKey, control } = simulator.info;
			await fetch(`${control}/galateabio/seed`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ files: ROWS }) });
			const count = node('Count', 'n8n-nodes-base.summarize', { fieldsToSummarize: { values: [{ aggregation: 'count', field: 'id' }] }, options: {} }, { typeVersion: 1.1 });
			const parameters = { resource: 'file', operation: 'getAll', returnAll: true, simplify: false };
			const ours = await workflowOf(context, 'get-many-ours', await galateaBioNode(context, url, apiKey, parameters), count);
			const paged = {
				url: `${url}/api/v1/data/files`,
				sendQuery: true,
				queryParameters: { parameters: [{ name: 'page_size', value: String(PAGE_SIZE) }] },
				options: {
					pagination: {
						pagination: {
							parameters: { parameters: [{ name: 'page', value: '={{ $pageCount + 1 }}' }] },
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.next }}',
							requestInterval: 0,
						},
					},
				},
			};
			const rows = node('Rows', 'n8n-nodes-base.splitOut', { fieldToSplitOut: 'results' });
			const peer = await workflowOf(context, 'get-many-peer', await httpRequestNode(context, apiKey, paged), rows, { ...count, name: 'Count of Rows' });
			const whole = (run: typeof ours.run) => async () => {
				const answer = await run();
				if (!Object.values(answer).includes(ROWS)) throw new Error(`not all rows came: ${JSON.stringify(answer).slice(0, 200)}`);
			};
			const times = await compare(context.rounds, whole(ours.run), whole(peer.run));
			return [
				`time ratio ${times.ratio.toFixed(2)}  (rounds: ${times.ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
				`memory ratio ${(ours.growth() / peer.growth()).toFixed(2)}`,
				`GalateaBio    ${median(times.ours).toFixed(0)} ms, ${mebibytes(ours.growth())} at most`,
				`HTTP Request  ${median(times.peers).toFixed(0)} ms, ${mebibytes(peer.growth())} at most`,
			];
		} finally {
			await simulator.close();
		}
	},
};
