import type { INode } from 'n8n-workflow';
import { Clock } from '../simulators/shared/clock.mts';
import { SftpServer } from '../simulators/shared/sftp.mts';
import { FileServer } from '../test/file-server.mts';
import { node } from '../test/n8n/workflow.mts';
import type { Bench, Context } from './bench.mts';
import { compare, median } from './compare.mts';
import { galateaBioNode, mebibytes, workflowOf } from './node-under-test.mts';

/** For the comparison: the FTP node waits for each block of a file, some 40 ms on one machine, so that 1 GiB would take it many minutes. */
const SIZE = 16 * 2 ** 20;
/** For the memory. */
const LARGE = 2 ** 30;
const ROUNDS = 3;
const HOST = '127.0.0.1';
const LOGIN = { user: 'user-of-the-bench', password: 'password-of-the-bench' };
const FOLDER = 'bench';
const NAME = 'sample.vcf.gz';

export const sftp: Bench = {
	name: 'sftp',
	about: `files of ${mebibytes(SIZE)} up by SFTP (${ROUNDS} rounds): GalateaBio against n8n's FTP node; then one of ${mebibytes(LARGE)}`,

	async run(context) {
		const received: number[] = [];
		const server = new SftpServer({ clock: new Clock(), login: () => ({ password: LOGIN.password, keys: [] }), onWritten: ({ content }) => void received.push(content.length) });
		const port = await server.listen(HOST, 0);
		try {
			return [...(await comparison(context, port, received)), ...(await large(context, port, received))];
		} finally {
			await server.close();
		}
	},
};

/** Workflows that fetch a file by the same node, alone and before the nodes under test; the time of fetching is taken off. */
async function workflows(context: Context, name: string, url: string, size: number, received: number[], uploads: INode[]) {
	const options = { response: { response: { responseFormat: 'file' } } };
	const fetched = () => node('Fetch', 'n8n-nodes-base.httpRequest', { url, options }, { typeVersion: 4.2 });
	const fetching = await workflowOf(context, `${name}-fetch`, fetched());
	const made = [];
	for (const upload of uploads) {
		const { run, growth } = await workflowOf(context, `${name}-${made.length}`, fetched(), upload);
		const whole = async () => {
			await run();
			if (received.splice(0).at(-1) !== size) throw new Error('the file did not arrive whole');
		};
		made.push({ run: whole, growth });
	}
	return { fetching, made };
}

async function comparison(context: Context, port: number, received: number[]): Promise<string[]> {
	const files = await FileServer.start(SIZE);
	try {
		const { fetching, made: [ours, peer] } = await workflows(context, 'sftp', files.url, SIZE, received, [await uploadBySftp(context, port), await ftpNode(context, port)]);
		const times = await compare(ROUNDS, ours.run, peer.run);
		const alone = median((await compare(ROUNDS, fetching.run, fetching.run)).ours);
		const [own, peers] = [times.ours, times.peers].map((values) => values.map((value) => value - alone));
		const ratios = own.map((value, round) => value / peers[round]);
		return [`ratio ${median(ratios).toFixed(2)}  (rounds: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')})`, `GalateaBio  ${median(own).toFixed(0)} ms`, `FTP         ${median(peers).toFixed(0)} ms`];
	} finally {
		await files.stop();
	}
}

async function large(context: Context, port: number, received: number[]): Promise<string[]> {
	const files = await FileServer.start(LARGE);
	try {
		const { fetching, made: [ours] } = await workflows(context, 'sftp-large', files.url, LARGE, received, [await uploadBySftp(context, port)]);
		await fetching.run();
		const start = performance.now();
		await ours.run();
		const seconds = (performance.now() - start) / 1000;
		return [`${mebibytes(LARGE)}: ${seconds.toFixed(0)} s with fetching, memory grew by ${mebibytes(ours.growth())}; fetching alone let it grow by ${mebibytes(fetching.growth())}`];
	} finally {
		await files.stop();
	}
}

async function uploadBySftp(context: Context, port: number): Promise<INode> {
	const credential = await context.rest.createCredential('SFTP of the bench', 'galateaBioSftpApi', { host: HOST, port, ...LOGIN, authentication: 'password' });
	const parameters = { resource: 'file', operation: 'uploadBySftp', inputField: 'data', additionalFields: { folder: FOLDER, fileName: NAME } };
	const made = await galateaBioNode(context, `http://${HOST}:1`, 'key-of-the-bench', parameters);
	return { ...made, credentials: { ...made.credentials, galateaBioSftpApi: credential } };
}

async function ftpNode({ rest }: Context, port: number): Promise<INode> {
	const credential = await rest.createCredential('FTP of the bench', 'sftp', { host: HOST, port, username: LOGIN.user, password: LOGIN.password });
	const parameters = { protocol: 'sftp', operation: 'upload', path: `/${FOLDER}/${NAME}`, binaryData: true, binaryPropertyName: 'data', options: {} };
	return node('Test', 'n8n-nodes-base.ftp', parameters, { typeVersion: 1.1, credentials: { sftp: credential } });
}
