import type { INode } from 'n8n-workflow';
import { start, type Running } from '../simulators/gencove/simulator.mts';
import { FileServer } from '../test/file-server.mts';
import { node } from '../test/n8n/workflow.mts';
import type { Bench, Context } from './bench.mts';
import { growth } from './node-under-test.mts';

const GIBIBYTE = 2 ** 30;
const FILE_TYPE = 'impute-vcf';

async function gencoveNode({ rest }: Context, { info }: Running, name: string, parameters: INode['parameters']): Promise<INode> {
	const { url, apiKey, s3Endpoint } = info;
	const credential = await rest.createCredential('Gencove of the bench', 'gencoveApi', { environment: 'custom', url, authentication: 'apiKey', apiKey, s3Endpoint });
	return node(name, 'n8n-nodes-genomics.gencove', parameters, { credentials: { gencoveApi: credential } });
}

/** Makes a file of a sample as large as that. */
async function enlarge({ info, state }: Running, size: number): Promise<void> {
	const file = state.samples.get(info.samples.succeeded)?.files.find(({ fileType }) => fileType === FILE_TYPE);
	const response = await fetch(`${info.control}/gencove/files/${String(file?.id)}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ size }) });
	if (!response.ok) throw new Error(await response.text());
}

export const gencove: Bench = {
	name: 'gencove',
	about: 'a file of 1 GiB from a sample into n8n, and reads of 1 GiB into the storage, in parts',

	async run(context) {
		const simulator = await start();
		const files = await FileServer.start(GIBIBYTE);
		try {
			await enlarge(simulator, GIBIBYTE);
			const sampleId = { __rl: true, mode: 'id', value: simulator.info.samples.succeeded };
			const download = await gencoveNode(context, simulator, 'Download', { resource: 'sample', operation: 'downloadFile', sampleId, fileType: FILE_TYPE });
			const fetched = node('Fetch', 'n8n-nodes-base.httpRequest', { url: files.url, options: { response: { response: { responseFormat: 'file' } } } }, { typeVersion: 4.2 });
			const upload = await gencoveNode(context, simulator, 'Upload', { resource: 'upload', operation: 'upload', inputFields: 'data', additionalFields: { clientId: 'BENCH' } });
			return [
				`a file of 1 GiB down: ${await growth(context, 'gencove-down', download)}`,
				`reads of 1 GiB fetched, and sent into the storage: ${await growth(context, 'gencove-up', fetched, upload)}`,
				`reads of 1 GiB fetched only: ${await growth(context, 'gencove-fetched', fetched)}`,
			];
		} finally {
			await files.stop();
			await simulator.close();
		}
	},
};
