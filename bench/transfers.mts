import { FileServer } from '../test/file-server.mts';
import { node } from '../test/n8n/workflow.mts';
import type { Bench, Context } from './bench.mts';
import { compare, median, MORE_ROUNDS, type Comparison } from './compare.mts';
import { galateaBioNode, httpRequestNode, mebibytes, workflowOf } from './node-under-test.mts';

const SIZE = 49 * 2 ** 20;
const KEY = 'key-of-the-bench';

export const transfers: Bench = {
	name: 'transfers',
	about: `a file of ${mebibytes(SIZE)} up and down: GalateaBio against n8n's HTTP Request`,

	async run(usual) {
		const context = { ...usual, rounds: MORE_ROUNDS * usual.rounds };
		const server = await FileServer.start(SIZE);
		try {
			return [...(await down(context, server.url)), ...(await up(context, server.url))];
		} finally {
			await server.stop();
		}
	},
};

const FILE = { __rl: true, mode: 'id', value: '3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b' };
const asFile = { options: { response: { response: { responseFormat: 'file' } } } };

async function down(context: Context, url: string): Promise<string[]> {
	const path = `${url}/api/v1/data/files/${FILE.value}/download`;
	const ours = await workflowOf(context, 'down-ours', await galateaBioNode(context, url, KEY, { resource: 'file', operation: 'download', fileId: FILE }));
	const peer = await workflowOf(context, 'down-peer', await httpRequestNode(context, KEY, { url: path, ...asFile }));
	return report('down', await compare(context.rounds, ours.run, peer.run), ours.growth(), peer.growth());
}

/** Both workflows first fetch the file by the same node, whose time is measured and taken off. */
async function up(context: Context, url: string): Promise<string[]> {
	const fetched = node('Fetch', 'n8n-nodes-base.httpRequest', { url: `${url}/file`, ...asFile }, { typeVersion: 4.2 });
	const base = await workflowOf(context, 'up-base', { ...fetched });
	const ours = await workflowOf(context, 'up-ours', { ...fetched }, await galateaBioNode(context, url, KEY, { resource: 'file', operation: 'upload', inputField: 'data', simplify: false }));
	const multipart = { method: 'POST', url: `${url}/api/v1/data/files/upload`, sendBody: true, contentType: 'multipart-form-data', bodyParameters: { parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }] } };
	const peer = await workflowOf(context, 'up-peer', { ...fetched }, await httpRequestNode(context, KEY, { ...multipart, options: {} }));
	const whole = (run: typeof ours.run) => async () => {
		const { whole: arrived } = await run();
		if (arrived !== true) throw new Error('the file did not arrive whole');
	};
	const times = await compare(context.rounds, whole(ours.run), whole(peer.run));
	const fetching = median((await compare(context.rounds, base.run, base.run)).ours);
	const less = (values: number[]) => values.map((value) => value - fetching);
	const own = less(times.ours);
	const peers = less(times.peers);
	const ratios = own.map((value, round) => value / peers[round]);
	return report('up', { ours: own, peers, ratios, ratio: median(ratios) }, ours.growth(), peer.growth());
}

function report(way: string, times: Comparison, ours: number, peer: number): string[] {
	return [
		`${way.padEnd(4)} ratio ${times.ratio.toFixed(2)}  (${times.ratios.length} rounds: ${times.ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`,
		`${way.padEnd(4)} GalateaBio    ${median(times.ours).toFixed(0)} ms, memory grew by ${mebibytes(ours)} at most`,
		`${way.padEnd(4)} HTTP Request  ${median(times.peers).toFixed(0)} ms, memory grew by ${mebibytes(peer)} at most`,
	];
}
