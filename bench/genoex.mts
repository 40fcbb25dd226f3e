import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { INode } from 'n8n-workflow';
import { start, type Running } from '../simulators/genoex/simulator.mts';
import { node } from '../test/n8n/workflow.mts';
import type { Bench, Context } from './bench.mts';
import { compare, median, MORE_ROUNDS } from './compare.mts';
import { growth, workflowOf } from './node-under-test.mts';

const GIBIBYTE = 2 ** 30;

/** The array of most genotypes that are exchanged. */
const SNPS = 54_609;

/** Lines of that array in a file of 1 GiB. */
const LARGE = Math.ceil(GIBIBYTE / (SNPS + 110));

const SHORT_LINES = 20_000;

async function genoExNode({ rest }: Context, { info }: Running, name: string, parameters: INode['parameters']): Promise<INode> {
	const { url, username, password, apiVersion } = info;
	const credential = await rest.createCredential('GenoEx of the bench', 'genoExApi', { url, username, password, apiVersion });
	return node(name, 'n8n-nodes-genomics.genoEx', parameters, { credentials: { genoExApi: credential } });
}

/** A simulator whose extraction of the synthetic genotypes of an array is ready; gives the job. */
async function withExtraction(settings: { extractionSize?: number }, genotypes: number): Promise<{ simulator: Running; jobId: string }> {
	const simulator = await start({ settings, pace: 0 });
	const control = async (path: string, body: object) =>
		await fetch(`${simulator.info.control}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
	const { array } = (await (await control('genoex/seed', { genotypes, snps: SNPS })).json()) as { array: string };
	const call = async (name: string, parameters: object) => {
		const form = new FormData();
		const { username, password: pw, apiVersion: version } = simulator.info;
		form.append('data', JSON.stringify({ parameters: { version, ...parameters }, auth: { username, pw } }));
		return ((await (await fetch(`${simulator.info.url}/genoex/api/${name}`, { method: 'POST', body: form })).json()) as { return_values: Record<string, string> }).return_values;
	};
	const filters = { breeds: [], countries: [], orgs: [], gender: 'BOTH', extraction_type: 'a', arrays: [array], date_start: '2000-01-01', date_end: '2100-01-01', quality_criteria: null };
	const { job_id: jobId } = await call('gde_extraction', filters);
	for (let tries = 0; tries < 600; tries++) {
		await control('clock', { advance: 1000 });
		if ((await call('gde_job_status', { job_id: jobId })).job_status === 'FINISHED') return { simulator, jobId };
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error('the extraction did not end');
}

/** Serves lines of the smallest array as one text. */
async function startTextServer() {
	const lines = Array.from({ length: SHORT_LINES }, (_, i) => `706;HOL;NLD;F;T${String(i).padStart(11, '0')};ORGA;10000000-0000-4000-8000-${String(i).padStart(12, '0')};Sim Lab;Missing;;12_a;222115500012`);
	const body = Buffer.from(`${lines.join('\n')}\n`);
	const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/csv', 'content-length': body.length, 'content-disposition': 'attachment; filename="genotypes.csv"' }).end(body));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: async () => await new Promise((resolve) => server.close(resolve)) };
}

async function shortLines(context: Context): Promise<string[]> {
	const server = await startTextServer();
	try {
		const fetched = (name: string) => node(name, 'n8n-nodes-base.httpRequest', { url: server.url, options: { response: { response: { responseFormat: 'file' } } } }, { typeVersion: 4.2 });
		const count = (name: string) => node(name, 'n8n-nodes-base.summarize', { fieldsToSummarize: { values: [{ aggregation: 'count', field: name === 'Ours' ? 'uuid' : 'row' }] }, options: {} }, { typeVersion: 1.1 });
		const parse = node('Parse', 'n8n-nodes-genomics.genoEx', { resource: 'file', operation: 'parse', inputField: 'data', format: '706', output: 'items', returnAll: true });
		const extract = node('Extract', 'n8n-nodes-base.extractFromFile', { operation: 'csv', options: { delimiter: ';', headerRow: false } });
		const ours = await workflowOf(context, 'short-lines-ours', fetched('File'), parse, count('Ours'));
		const peer = await workflowOf(context, 'short-lines-peer', fetched('File'), extract, count('Peer'));
		const whole = (run: typeof ours.run) => async () => {
			const answer = await run();
			if (!Object.values(answer).includes(SHORT_LINES)) throw new Error(`not all lines came: ${JSON.stringify(answer).slice(0, 200)}`);
		};
		const { ratio, ratios, ours: own, peers } = await compare(MORE_ROUNDS * context.rounds, whole(ours.run), whole(peer.run));
		return [
			`${SHORT_LINES} lines to items, against Extract From File: time ratio ${ratio.toFixed(2)}  (${ratios.length} rounds: ${ratios.map((one) => one.toFixed(2)).join(' ')})`,
			`GenoEx Parse  ${median(own).toFixed(0)} ms; Extract From File  ${median(peers).toFixed(0)} ms, both with fetching and counting`,
		];
	} finally {
		await server.stop();
	}
}

export const genoex: Bench = {
	name: 'genoex',
	about: 'zips of 1 GiB down and up, 1 GiB of lines to a table, and short lines to items against n8n\'s Extract From File',

	async run(context) {
		const report: string[] = [];
		const large = await withExtraction({}, LARGE);
		try {
			const download = await genoExNode(context, large.simulator, 'Download', { resource: 'extraction', operation: 'download', jobId: large.jobId });
			const parse = node('Parse', 'n8n-nodes-genomics.genoEx', { resource: 'file', operation: 'parse', inputField: 'data', format: '706', output: 'ndjson' });
			report.push(`${LARGE} lines of ${SNPS} SNPs (1 GiB) to an NDJSON file: ${await growth(context, 'large-parse', download, parse)}`);
		} finally {
			await large.simulator.close();
		}
		const zips = await withExtraction({ extractionSize: GIBIBYTE }, 100);
		try {
			const download = await genoExNode(context, zips.simulator, 'Download', { resource: 'extraction', operation: 'download', jobId: zips.jobId });
			report.push(`a zip of 1 GiB down: ${await growth(context, 'zip-down', download)}`);
			for (const validate of [false, true]) {
				const submit = await genoExNode(context, zips.simulator, 'Submit', { resource: 'submission', operation: 'submit', genotypesField: 'data', permissionsField: '', validate });
				report.push(`a zip of 1 GiB down and up${validate ? ', validated before' : ''}: ${await growth(context, `zip-up-${String(validate)}`, download, submit)}`);
			}
		} finally {
			await zips.simulator.close();
		}
		// last: after so many items n8n's heap has another size
		return [...report, ...(await shortLines(context))];
	},
};
