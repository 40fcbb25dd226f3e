import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import ssh2 from 'ssh2';
import type { AuthContext, Connection, ParsedKey } from 'ssh2';
import type { Clock } from './clock.mts';
import { SftpSession } from './sftp-session.mts';
import type { SftpRequest } from './sftp-session.mts';
import { SftpTree } from './sftp-tree.mts';
import type { SftpFile } from './sftp-tree.mts';

// no named imports: Node does not find them in this package
const { utils } = ssh2;

const REQUESTS_LIMIT = 10_000;

/** How a user may log in. */
export interface SftpLogin {
	password?: string;
	/** public keys in one line each, `ssh-ed25519 AAAA...` */
	keys: string[];
}

/** A new key pair, the private one as OpenSSH writes it, the public one in one line. */
export function newKeyPair(): { privateKey: string; publicKey: string } {
	for (;;) {
		// ssh2 1.17 makes malformed ones, two in a thousand
		const { private: privateKey, public: publicKey } = utils.generateKeyPairSync('ed25519');
		if (!(utils.parseKey(privateKey) instanceof Error) && readPublicKey(publicKey)) return { privateKey, publicKey };
	}
}

/** Reads a public key in one line; undefined when it is none. */
export function readPublicKey(text: string): ParsedKey | undefined {
	const key = utils.parseKey(text);
	return key instanceof Error || key.isPrivateKey() ? undefined : key;
}

/** An SFTP server with one tree of files for all its users. */
export class SftpServer {
	readonly tree: SftpTree;
	/** the last 10,000, oldest first */
	requests: SftpRequest[] = [];
	private readonly login: (user: string) => SftpLogin | undefined;
	private readonly onWritten: (file: SftpFile) => void;
	private readonly clock: Clock;
	private readonly server: Server;
	private readonly sockets = new Set<Socket>();

	/**
	 * @param login how a user may log in; undefined for an unknown one
	 * @param onWritten gets each file that was uploaded to its end, and again when it was renamed
	 */
	constructor({ clock, login, onWritten }: { clock: Clock; login: SftpServer['login']; onWritten: SftpServer['onWritten'] }) {
		this.clock = clock;
		this.login = login;
		this.onWritten = onWritten;
		this.tree = new SftpTree(clock);
		const ssh = new ssh2.Server({ hostKeys: [newKeyPair().privateKey] }, (connection) => this.serve(connection));
		// sockets of our own: those of ssh2 cannot be closed from outside
		this.server = createServer({ noDelay: true }, (socket) => {
			this.sockets.add(socket);
			socket.once('close', () => this.sockets.delete(socket));
			ssh.injectSocket(socket);
		});
	}

	/** Opens the port. @returns its number */
	async listen(host: string, port: number): Promise<number> {
		await new Promise<void>((resolve, reject) => {
			this.server.once('error', reject).listen(port, host, resolve);
		});
		return (this.server.address() as AddressInfo).port;
	}

	/** Removes all files and closes the connections. */
	reset(): void {
		for (const socket of this.sockets) socket.destroy();
		this.tree.reset();
		this.requests = [];
	}

	async close(): Promise<void> {
		const closed = new Promise((resolve) => this.server.close(resolve));
		this.reset();
		await closed;
	}

	private serve(connection: Connection): void {
		let user = '';
		// that a client goes away is no event here
		connection.on('error', () => undefined);
		connection.on('authentication', (context) => {
			user = context.username;
			if (isGenuine(context, this.login(user))) context.accept();
			else context.reject(['password', 'publickey']);
		});
		connection.on('session', (accept) => {
			accept().on('sftp', (acceptSftp) => {
				new SftpSession({ sftp: acceptSftp(), tree: this.tree, clock: this.clock, onWritten: this.onWritten, onRequest: (request) => this.record({ user, ...request }) });
			});
		});
	}

	private record(request: SftpRequest): void {
		this.requests.push(request);
		if (this.requests.length > REQUESTS_LIMIT) this.requests.shift();
	}
}

function isGenuine(context: AuthContext, login: SftpLogin | undefined): boolean {
	if (!login) return false;
	if (context.method === 'password') return login.password !== undefined && context.password === login.password;
	if (context.method !== 'publickey') return false;
	const key = login.keys.map(readPublicKey).find((one) => one?.getPublicSSH().equals(context.key.data));
	if (!key) return false;
	// without a signature the client only asks whether the key would do
	if (!context.signature || !context.blob) return true;
	return key.verify(context.blob, context.signature, context.hashAlgo) === true;
}
