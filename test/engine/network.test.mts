import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as forward, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from './galateabio.mts';

const bench = new Bench();
const PROFILE = '{"id":"1","email":"a@example.org","org":{}}';

let secure: Server;
let secureUrl: string;

beforeAll(async () => {
	await bench.open();
	const { key, cert } = selfSigned();
	secure = createHttpsServer({ key, cert }, (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(PROFILE));
	secureUrl = `https://127.0.0.1:${await listen(secure)}`;
});
beforeEach(async () => await bench.reset());
afterAll(async () => {
	await new Promise((done) => secure.close(done));
	await bench.close();
});

const listen = async (server: Server) => {
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return (server.address() as AddressInfo).port;
};

/** A certificate for 127.0.0.1 that nobody has signed, made now. */
function selfSigned(): { key: string; cert: string } {
	const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
	const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name));
	try {
		execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert], { stdio: 'ignore' });
		return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

const profile = async (url: string, options = {}) => await bench.run('account', 'getProfile', { options, simplify: false }, { credential: bench.credential({ url }) });

describe('a server with a self-signed certificate', () => {
	it('is refused, and the message says why', async () => {
		const { error } = await profile(secureUrl);
		expect(error?.message).toMatch(/^GalateaBio cannot be reached.*\(its certificate is self-signed\)$/);
	});

	it('is accepted with "Ignore SSL Issues"', async () => {
		const { error, outputs } = await profile(secureUrl, { allowUnauthorizedCerts: true });
		expect(error).toBeUndefined();
		expect(outputs[0][0].json).toEqual(JSON.parse(PROFILE));
	});
});

describe("n8n's proxy", () => {
	let proxy: Server;
	let proxyUrl: string;
	/** What the proxy was asked for. */
	let seen: string[];
	/** Tunnels that are open, by their clients' ends. */
	const tunnels = new Set<Socket>();
	const environment = { ...process.env };

	beforeEach(async () => {
		seen = [];
		proxy = createServer((incoming, outgoing) => {
			seen.push(`${incoming.method} ${incoming.url}`);
			incoming.pipe(forward(incoming.url as string, { method: incoming.method, headers: incoming.headers }, (answer) => answer.pipe(outgoing.writeHead(answer.statusCode as number, answer.headers))));
		}).on('connect', (incoming, client: Socket) => {
			seen.push(`CONNECT ${incoming.url}`);
			tunnels.add(client);
			const [host, port] = (incoming.url as string).split(':');
			const server = connect(Number(port), host, () => {
				client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
				client.pipe(server).pipe(client);
			});
			for (const end of [client, server]) end.on('error', () => [client, server].forEach((socket) => socket.destroy()));
		});
		proxyUrl = `http://127.0.0.1:${await listen(proxy)}`;
	});
	afterEach(async () => {
		for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
			if (environment[name] === undefined) delete process.env[name];
			else process.env[name] = environment[name];
		}
		for (const tunnel of tunnels) tunnel.destroy();
		proxy.closeAllConnections();
		await new Promise((done) => proxy.close(done));
	});

	it('carries requests', async () => {
		const { url } = bench.simulator.info;
		Object.assign(process.env, { HTTP_PROXY: proxyUrl, NO_PROXY: '' });
		expect((await profile(url)).error).toBeUndefined();
		expect(bench.arrived()).toHaveLength(1);
		expect(seen.join()).toContain(new URL(url).host);
	});

	it('carries encrypted requests as they are', async () => {
		Object.assign(process.env, { HTTPS_PROXY: proxyUrl, NO_PROXY: '' });
		expect((await profile(secureUrl, { allowUnauthorizedCerts: true })).error).toBeUndefined();
		expect(seen).toEqual([`CONNECT ${new URL(secureUrl).host}`]);
	});

	it('is left out for hosts that need none', async () => {
		Object.assign(process.env, { HTTP_PROXY: proxyUrl, NO_PROXY: '127.0.0.1' });
		expect((await profile(bench.simulator.info.url)).error).toBeUndefined();
		expect(seen).toEqual([]);
	});
});
