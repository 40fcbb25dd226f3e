import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface LocalServer {
	/** `http://127.0.0.1:<port>`, no slash at the end */
	readonly url: string;
	/** since the last `reset` */
	readonly requests: number;
	/** connections opened since the last `reset` */
	readonly connections: number;
	/** most connections that were open at once since the last `reset` */
	readonly peakConnections: number;
	/** Closes connections that idle and starts counting afresh. */
	reset(): Promise<void>;
	stop(): Promise<void>;
}

/**
 * A server that answers every request with the same JSON.
 *
 * @param delayMs between a request and its answer
 * @param accepts requests it does not accept get a 401
 */
export async function startLocalServer(
	answer: unknown,
	delayMs: number,
	accepts: (request: IncomingMessage) => boolean = () => true,
): Promise<LocalServer> {
	const body = JSON.stringify(answer);
	let open = 0;
	let peak = 0;
	let connections = 0;
	let requests = 0;

	const server = createServer((request, response) => {
		requests++;
		setTimeout(() => {
			response.writeHead(accepts(request) ? 200 : 401, { 'content-type': 'application/json' }).end(body);
		}, delayMs);
	});
	server.on('connection', (socket) => {
		connections++;
		open++;
		peak = Math.max(peak, open);
		socket.on('close', () => open--);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get requests() {
			return requests;
		},
		get connections() {
			return connections;
		},
		get peakConnections() {
			return peak;
		},
		async reset() {
			server.closeIdleConnections();
			await sleep(20); // until their closing has been counted
			peak = open;
			connections = 0;
			requests = 0;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
