import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const CHUNK = Buffer.alloc(2 ** 20, 'ACGT');

/** A service reduced to one large file: every GET gets it, every POST brings it. */
export class FileServer {
	/** Bytes of the file, whole MiB. */
	size: number;
	/** Bytes that the last GET was sent, and the last POST brought. */
	sent = 0;
	received = 0;
	/** The length that the last POST announced. */
	announced?: number;
	/** What a POST is answered with. */
	answer: () => unknown = () => ({ id: '1', status: 'PENDING', whole: this.received > this.size });
	/** Called when half of the file has passed. */
	onHalf?: () => void;
	private readonly server: Server;

	private constructor(size: number) {
		this.size = size;
		this.server = createServer((request, response) => {
			if (request.method === 'POST') {
				this.received = 0;
				this.announced = Number(request.headers['content-length']);
				request.on('data', (piece: Buffer) => {
					this.received = this.passed(this.received, piece.length);
				});
				request.on('end', () => response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify(this.answer())));
				return;
			}
			response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': this.size, 'content-disposition': 'attachment; filename="large.vcf.gz"' });
			this.sent = 0;
			const more = () => {
				while (this.sent < this.size && !response.destroyed) {
					this.sent = this.passed(this.sent, CHUNK.length);
					if (!response.write(CHUNK)) return response.once('drain', more);
				}
				return response.end();
			};
			more();
		});
	}

	static async start(size: number): Promise<FileServer> {
		const files = new FileServer(size);
		await new Promise<void>((resolve) => files.server.listen(0, '127.0.0.1', resolve));
		return files;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}

	private passed(before: number, bytes: number): number {
		const after = before + bytes;
		if (before < this.size / 2 && after >= this.size / 2) this.onHalf?.();
		return after;
	}
}
