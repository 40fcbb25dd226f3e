import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Sends a file of `size` bytes, whole MiB, to every GET, and takes one with every POST: answers whether it was that long. */
export async function startFileServer(size: number) {
	const chunk = Buffer.alloc(2 ** 20, 'ACGT');
	const server = createServer((request, response) => {
		if (request.method === 'POST') {
			let bytes = 0;
			request.on('data', (piece: Buffer) => {
				bytes += piece.length;
			});
			request.on('end', () => response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ id: '1', whole: bytes > size })));
			return;
		}
		response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size, 'content-disposition': 'attachment; filename="sample.vcf.gz"' });
		let left = size;
		const more = () => {
			while (left > 0) {
				left -= chunk.length;
				if (!response.write(chunk)) return response.once('drain', more);
			}
			return response.end();
		};
		more();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: async () => await new Promise((resolve) => server.close(resolve)) };
}
