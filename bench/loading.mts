import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { paths } from '../scripts/setup.mjs';
import type { Bench } from './bench.mts';
import { compare, median } from './compare.mts';

const root = join(import.meta.dirname, '..');

/** Time to require modules in a process of its own, after n8n-workflow, which n8n has loaded before any node. */
async function requiring(modules: string[]): Promise<number> {
	const { node, n8n } = paths();
	const workflow = join(dirname(n8n), '..', '..', 'n8n-workflow');
	const script = `require(${JSON.stringify(workflow)}); const start = performance.now(); for (const file of ${JSON.stringify(modules)}) require(file); process.stdout.write(String(performance.now() - start));`;
	const { stdout } = await promisify(execFile)(node, ['-e', script], { env: { ...process.env, NODE_PATH: join(dirname(n8n), '..', '..') } });
	return Number(stdout);
}

export const loading: Bench = {
	name: 'loading',
	about: 'time to require all nodes of this package against requiring n8n\'s Databricks node',

	async run({ rounds }) {
		const ours = ['GalateaBio', 'GalateaBioTrigger', 'GalateaBioPollingTrigger'].map((name) => join(root, 'dist', 'nodes', 'GalateaBio', `${name}.node.js`));
		const peer = [join(dirname(paths().n8n), '..', '..', 'n8n-nodes-base', 'dist', 'nodes', 'Databricks', 'Databricks.node.js')];
		const own: number[] = [];
		const peers: number[] = [];
		await compare(rounds, async () => own.push(await requiring(ours)), async () => peers.push(await requiring(peer)));
		// the first of each did not count
		const ratios = own.slice(1).map((value, round) => value / peers[round + 1]);
		return [`ratio ${median(ratios).toFixed(2)}`, `this package  ${median(own.slice(1)).toFixed(0)} ms`, `Databricks    ${median(peers.slice(1)).toFixed(0)} ms`];
	},
};
