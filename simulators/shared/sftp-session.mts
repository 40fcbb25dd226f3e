import ssh2 from 'ssh2';
import type { SFTPWrapper } from 'ssh2';
import type { Clock } from './clock.mts';
import { SftpProblem } from './sftp-tree.mts';
import type { Entry, Problem, SftpFile, SftpTree } from './sftp-tree.mts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

// a longer answer would not fit into the packets that clients take
const ENTRIES_AT_ONCE = 100;

/** A request of an SFTP client. Reads and writes are left out, there are too many of them. */
export interface SftpRequest {
	at: string;
	user: string;
	/** its name in the protocol, `MKDIR` */
	request: string;
	path: string;
	/** name of the answer's status code */
	status: 'OK' | Problem;
}

type Handle = { kind: 'file'; file: SftpFile; writes: boolean } | { kind: 'folder'; path: string; left: Entry[] };

/** Carries a request out; what it returns sends the answer, and nothing stands for the status OK. */
type Act = () => (() => void) | void;

interface SessionOptions {
	sftp: SFTPWrapper;
	tree: SftpTree;
	clock: Clock;
	onWritten: (file: SftpFile) => void;
	onRequest: (request: Omit<SftpRequest, 'user'>) => void;
}

/** What one client asks for between log-in and farewell. Requests that are not here are answered as unsupported. */
export class SftpSession {
	private readonly sftp: SFTPWrapper;
	private readonly tree: SftpTree;
	private readonly clock: Clock;
	private readonly onWritten: SessionOptions['onWritten'];
	private readonly onRequest: SessionOptions['onRequest'];
	private readonly handles = new Map<number, Handle>();
	private lastHandle = 0;

	constructor({ sftp, tree, clock, onWritten, onRequest }: SessionOptions) {
		this.sftp = sftp;
		this.tree = tree;
		this.clock = clock;
		this.onWritten = onWritten;
		this.onRequest = onRequest;
		this.servePaths();
		this.serveHandles();
		for (const event of ['end', 'close']) sftp.on(event, () => this.end());
	}

	private servePaths(): void {
		const { sftp, tree } = this;
		const on = (request: string, act: (path: string, id: number, more: unknown) => ReturnType<Act>) =>
			sftp.on(request, (id: number, path: string, more: unknown) => {
				const absolute = tree.resolve(path);
				this.answer(id, () => act(absolute, id, more), { request, path: absolute });
			});
		const showAttributes = (path: string, id: number) => {
			const attributes = tree.attributes(path);
			return () => sftp.attrs(id, attributes);
		};

		on('STAT', showAttributes);
		// there are no links
		on('LSTAT', showAttributes);
		on('REALPATH', (path, id) => () => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]));
		on('SETSTAT', (path) => void tree.attributes(path));
		on('MKDIR', (path) => tree.makeFolder(path));
		on('RMDIR', (path) => tree.removeFolder(path));
		on('REMOVE', (path) => tree.discard(tree.find(path)));
		on('RENAME', (path, _id, to) => {
			const file = tree.rename(path, tree.resolve(String(to)));
			if (!this.isBeingWritten(file)) this.onWritten(file);
		});
		on('OPENDIR', (path, id) => this.opened(id, { kind: 'folder', path, left: tree.list(path) }));
		on('OPEN', (path, id, flags) => {
			const writes = (Number(flags) & OPEN_MODE.WRITE) !== 0;
			const file = writes ? this.create(path, Number(flags)) : tree.find(path);
			return this.opened(id, { kind: 'file', file, writes });
		});
	}

	private serveHandles(): void {
		const { sftp } = this;
		sftp.on('READ', (id, name, offset, length) =>
			this.answer(id, () => {
				const data = this.file(name, { writes: false }).content.read(offset, length);
				return () => (data.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.data(id, data));
			}),
		);
		sftp.on('WRITE', (id, name, offset, data) =>
			this.answer(id, () => this.file(name, { writes: true }).content.write(data, offset)),
		);
		sftp.on('READDIR', (id, name) =>
			this.answer(id, () => {
				const handle = this.find(name);
				if (handle.kind !== 'folder') throw new SftpProblem('FAILURE');
				const entries = handle.left.splice(0, ENTRIES_AT_ONCE);
				return () => (entries.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.name(id, entries));
			}),
		);
		sftp.on('FSTAT', (id, name) =>
			this.answer(id, () => {
				const attributes = this.tree.attributesOf(this.file(name));
				return () => sftp.attrs(id, attributes);
			}, { request: 'FSTAT', path: this.pathOf(name) }),
		);
		sftp.on('FSETSTAT', (id, name) => this.answer(id, () => void this.file(name), { request: 'FSETSTAT', path: this.pathOf(name) }));
		sftp.on('CLOSE', (id, name) => this.answer(id, () => this.closeHandle(name), { request: 'CLOSE', path: this.pathOf(name) }));
	}

	private answer(id: number, act: Act, recorded?: { request: string; path: string }): void {
		let status: SftpRequest['status'] = 'OK';
		try {
			const send = act() ?? (() => this.sftp.status(id, STATUS_CODE.OK));
			send();
		} catch (error) {
			status = error instanceof SftpProblem ? error.problem : 'FAILURE';
			this.sftp.status(id, STATUS_CODE[status]);
		}
		if (recorded) this.onRequest({ at: this.clock.timestamp(), ...recorded, status });
	}

	// files are written whole: the object storage behind the real service cannot change a part of one
	private create(path: string, flags: number): SftpFile {
		const { tree } = this;
		if (!tree.has(path) && (flags & OPEN_MODE.CREAT) === 0) throw new SftpProblem('NO_SUCH_FILE');
		if (tree.has(path) && (flags & OPEN_MODE.EXCL) !== 0) throw new SftpProblem('FAILURE');
		if (tree.has(path) && (flags & OPEN_MODE.TRUNC) === 0) throw new SftpProblem('OP_UNSUPPORTED');
		return tree.create(path);
	}

	private opened(id: number, handle: Handle): () => void {
		const name = Buffer.alloc(4);
		name.writeUInt32BE(++this.lastHandle);
		this.handles.set(this.lastHandle, handle);
		return () => this.sftp.handle(id, name);
	}

	private find(name: Buffer): Handle {
		const handle = name.length === 4 ? this.handles.get(name.readUInt32BE()) : undefined;
		if (!handle) throw new SftpProblem('FAILURE');
		return handle;
	}

	private file(name: Buffer, wanted?: { writes: boolean }): SftpFile {
		const handle = this.find(name);
		if (handle.kind !== 'file') throw new SftpProblem('FAILURE');
		if (wanted && handle.writes !== wanted.writes) throw new SftpProblem('PERMISSION_DENIED');
		return handle.file;
	}

	private pathOf(name: Buffer): string {
		try {
			const handle = this.find(name);
			return handle.kind === 'file' ? handle.file.path : handle.path;
		} catch {
			return '';
		}
	}

	private isBeingWritten(file: SftpFile): boolean {
		return [...this.handles.values()].some((handle) => handle.kind === 'file' && handle.file === file && handle.writes);
	}

	private closeHandle(name: Buffer): void {
		const handle = this.find(name);
		this.handles.delete(name.readUInt32BE());
		if (handle.kind === 'folder' || !handle.writes || !handle.file.present) return;
		handle.file.at = this.clock.now();
		this.onWritten(handle.file);
	}

	// an upload that broke off leaves nothing
	private end(): void {
		for (const handle of this.handles.values()) {
			if (handle.kind === 'file' && handle.writes) this.tree.discard(handle.file);
		}
		this.handles.clear();
	}
}
