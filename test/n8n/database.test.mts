import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileServer } from '../file-server.mts';
import { byId, galateaBio } from './galateabio.mts';
import { errorOf, itemsOf, N8nRest } from './rest.mts';
import { startN8n, type N8nServer } from './server.mts';
import { inLine, manualTrigger } from './workflow.mts';

const MEBIBYTE = 1 << 20;
const LIMIT = 2;
jest.setTimeout(240_000);

let n8n: N8nServer;
let rest: N8nRest;
let files: FileServer;

beforeAll(async () => {
	// what the set-up has found out; jest cannot load the set-up itself
	const { n8n: bin, node, tarball } = JSON.parse(readFileSync(join(process.cwd(), '.build', 'paths.json'), 'utf8')) as Record<string, string>;
	n8n = await startN8n({ bin, node, tarball, binaryMode: 'database', env: { N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE: String(LIMIT) } });
	rest = new N8nRest(n8n.url);
	await rest.signIn();
	files = await FileServer.start(0);
});
afterAll(async () => {
	await files.stop();
	await n8n.stop();
});

async function download(mebibytes: number) {
	files.size = mebibytes * MEBIBYTE;
	const credential = await rest.createCredential('GalateaBio', 'galateaBioApi', { environment: 'custom', url: files.url, authentication: 'apiKey', apiKey: 'key-of-the-test' });
	const node = galateaBio('Download', credential, { resource: 'file', operation: 'download', fileId: byId('3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b') });
	const { id } = await rest.createWorkflow({ name: 'Download', ...inLine(manualTrigger(), node) });
	return await rest.run(id, { trigger: 'Start' });
}

const tooLarge = (mebibytes: number) => ({ message: expect.stringContaining('"large.vcf.gz" is too large for n8n\'s database'), description: expect.stringMatching(`up to ${mebibytes} MiB.*N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE`) });

describe('n8n that keeps files in its database', () => {
	it('keeps a file that it can hold', async () => {
		const [{ binary }] = itemsOf(await download(LIMIT), 'Download');
		expect(binary?.data.id).toMatch(/^database:/);
		expect(await rest.binary(binary!.data.id!)).toHaveLength(LIMIT * MEBIBYTE);
	});

	it('is not sent a file that no setting allows', async () => {
		expect(errorOf(await download(4096))).toMatchObject(tooLarge(1024));
		// what fits into the buffers of the connection
		expect(files.sent).toBeLessThan(64 * MEBIBYTE);
	});

	it('says what to do about a file beyond its limit, and takes no further one', async () => {
		expect(errorOf(await download(64))).toMatchObject(tooLarge(LIMIT));
		expect(files.sent).toBe(files.size);
		expect(errorOf(await download(64))).toMatchObject(tooLarge(LIMIT));
		expect(files.sent).toBeLessThan(files.size);
	});
});
