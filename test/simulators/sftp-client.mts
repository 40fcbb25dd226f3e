import { promisify } from 'node:util';
import ssh2 from 'ssh2';
import type { ConnectConfig, FileEntry, SFTPWrapper, Stats } from 'ssh2';

/** An SFTP client that answers with promises. A refusal throws an error with the protocol's status in `code`. */
export class SftpClient {
	readonly raw: SFTPWrapper;
	private readonly client: InstanceType<typeof ssh2.Client>;
	private readonly whenClosed: Promise<void>;

	private constructor(client: InstanceType<typeof ssh2.Client>, raw: SFTPWrapper) {
		this.client = client;
		this.raw = raw;
		// a connection that the other side closes is part of some tests
		client.on('error', () => undefined);
		this.whenClosed = new Promise((resolve) => client.on('close', () => resolve()));
	}

	static async connect(config: ConnectConfig): Promise<SftpClient> {
		const client = new ssh2.Client();
		client.once('connect', () => client.setNoDelay());
		await new Promise<void>((resolve, reject) => {
			client.once('ready', resolve).once('error', reject).connect({ ...config, readyTimeout: 10_000 });
		});
		return new SftpClient(client, await promisify(client.sftp.bind(client))());
	}

	/** Puts a file in one piece. */
	async put(path: string, content: string | Buffer): Promise<void> {
		await this.call('writeFile', path, content);
	}

	async get(path: string): Promise<Buffer> {
		return await this.call('readFile', path);
	}

	async stat(path: string): Promise<Stats> {
		return await this.call('stat', path);
	}

	async names(path: string): Promise<string[]> {
		return (await this.call<FileEntry[]>('readdir', path)).map(({ filename }) => filename);
	}

	/** Calls a function of ssh2's client. */
	async call<Result = unknown>(name: keyof SFTPWrapper, ...args: unknown[]): Promise<Result> {
		return await new Promise((resolve, reject) => {
			const act = this.raw[name] as (...all: unknown[]) => void;
			act.call(this.raw, ...args, (error: Error | undefined, result: Result) => (error ? reject(error) : resolve(result)));
		});
	}

	/** Resolves when the connection is closed by whomever. */
	async closed(): Promise<void> {
		await this.whenClosed;
	}

	async close(): Promise<void> {
		this.client.end();
		await this.whenClosed;
	}

	/** Breaks the connection off. */
	async destroy(): Promise<void> {
		this.client.destroy();
		await this.whenClosed;
	}
}
