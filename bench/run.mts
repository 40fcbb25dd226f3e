/**
 * Measures this package against peers, in the same run and the same n8n.
 *
 *   npm run bench [-- NAME ...]
 */
import { paths } from '../scripts/setup.mjs';
import { N8nRest } from '../test/n8n/rest.mts';
import { startN8n } from '../test/n8n/server.mts';
import { authenticatedGets } from './authenticated-gets.mts';
import type { Bench } from './bench.mts';
import { deliveries } from './deliveries.mts';
import { gencove } from './gencove.mts';
import { genoex } from './genoex.mts';
import { getMany } from './get-many.mts';
import { loading } from './loading.mts';
import { sftp } from './sftp.mts';
import { transfers } from './transfers.mts';

const BENCHES: Bench[] = [authenticatedGets, getMany, transfers, sftp, deliveries, loading, genoex, gencove];
const ROUNDS = 5;

async function main(names: string[]): Promise<void> {
	const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
	if (unknown.length > 0) throw new Error(`no bench ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}`);
	const { n8n: bin, node, tarball } = paths();
	const n8n = await startN8n({ bin, node, tarball });
	try {
		const rest = new N8nRest(n8n.url);
		await rest.signIn();
		for (const bench of BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))) {
			console.log(`\n${bench.name}: ${bench.about}; median of ${ROUNDS} rounds`);
			for (const line of await bench.run({ n8n, rest, rounds: ROUNDS })) console.log(`  ${line}`);
		}
	} finally {
		await n8n.stop();
	}
}

await main(process.argv.slice(2));
