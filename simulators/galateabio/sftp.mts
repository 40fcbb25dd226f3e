import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { newKeyPair, readPublicKey, SftpServer } from '../shared/sftp.mts';
import type { SftpFile } from '../shared/sftp-tree.mts';
import type { Spool } from '../shared/spool.mts';
import type { Lifecycle } from './lifecycle.mts';
import { md5 } from './state.mts';
import type { State } from './state.mts';

/** Milliseconds from the end of an upload until the API shows the file: 2 to 3 minutes (GalateaBio docs, SFTP). */
const PICK_UP_MS = 150_000;

// the size of the parts that the storage behind the provider's server makes
const PART = 8 * 1024 * 1024;

export interface SftpUser {
	id: string;
	name: string;
	/** only the seeded one has a password */
	password?: string;
	keys: Array<{ id: string; text: string; at: number }>;
}

/** The provider's SFTP server: its users, and the way of uploaded files into the API. */
export class SftpAccess {
	readonly server: SftpServer;
	/** of the seeded user */
	readonly privateKey: string;
	users: SftpUser[] = [];
	host = '';
	port = 0;
	private readonly seed: { name: string; password: string };
	private readonly publicKey: string;
	private readonly clock: Clock;
	private readonly state: State;
	private readonly lifecycle: Lifecycle;
	private readonly pace: number;
	private readonly stops = new WeakMap<SftpFile, () => void>();

	constructor({ clock, state, lifecycle, pace, seed }: { clock: Clock; state: State; lifecycle: Lifecycle; pace: number; seed: SftpAccess['seed'] }) {
		this.clock = clock;
		this.state = state;
		this.lifecycle = lifecycle;
		this.pace = pace;
		this.seed = seed;
		({ privateKey: this.privateKey, publicKey: this.publicKey } = newKeyPair());
		this.server = new SftpServer({ clock, login: (user) => this.login(user), onWritten: (file) => this.expect(file) });
		this.addSeed();
	}

	/** No files, and only the seeded user with the key it has had since the start. */
	reset(): void {
		this.server.reset();
		this.addSeed();
	}

	/** Opens the port. */
	async listen(host: string, port: number): Promise<void> {
		this.host = host;
		this.port = await this.server.listen(host, port);
	}

	/** How a user gets in, for people. */
	connectionHint({ name }: SftpUser): string {
		return `sftp -P ${this.port} ${name}@${this.host}`;
	}

	/** A user without a key, not yet among the others. */
	newUser(): SftpUser {
		return { id: randomUUID(), name: `sftp-user-${randomBytes(4).toString('hex')}`, keys: [] };
	}

	/** @returns whether the text is a public key in one line */
	addKey(user: SftpUser, text: string): boolean {
		if (!readPublicKey(text)) return false;
		user.keys.push({ id: randomUUID(), text, at: this.clock.now() });
		return true;
	}

	private addSeed(): void {
		const user: SftpUser = { id: randomUUID(), ...this.seed, keys: [] };
		this.users = [user];
		this.addKey(user, this.publicKey);
	}

	private login(name: string) {
		const user = this.users.find((one) => one.name === name);
		return user && { password: user.password, keys: user.keys.map(({ text }) => text) };
	}

	private expect(file: SftpFile): void {
		if (file.kept) return;
		this.stops.get(file)?.();
		this.stops.set(file, this.clock.after(PICK_UP_MS * this.pace, async () => await this.pickUp(file)));
	}

	// what lies outside of a folder is never found (GalateaBio docs: "put files in a folder")
	private async pickUp(file: SftpFile): Promise<void> {
		const [, folder, name] = file.path.split('/');
		if (!file.present || name === undefined) return;
		file.kept = true;
		// a reset meanwhile takes the content away
		const checkSum = await partsCheckSum(file.content).catch(() => undefined);
		if (checkSum === undefined) return;
		this.lifecycle.validate(this.state.addFile({ name, path: `${folder}/${name}`, content: file.content, checkSum }));
	}
}

/** `<hex>-<n>`, as object storages write it: the MD5 of the MD5s of n parts, not of the content. */
async function partsCheckSum(content: Spool): Promise<string> {
	const digests: Buffer[] = [];
	let hash = createHash('md5');
	let size = 0;
	for await (const piece of content.pieces()) {
		hash.update(piece);
		size += piece.length;
		if (size % PART !== 0 && size < content.length) continue;
		digests.push(hash.digest());
		hash = createHash('md5');
	}
	if (digests.length === 0) digests.push(hash.digest());
	return `${md5(Buffer.concat(digests))}-${digests.length}`;
}
