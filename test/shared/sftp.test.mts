import type { IExecuteFunctions, SSHCredentials } from 'n8n-workflow';
import { uploadBySftp } from '../../nodes/shared/sftp.ts';

const CREDENTIALS = { sshHost: '127.0.0.1' } as SSHCredentials;
const CONTENT = Buffer.from('##fileformat=VCFv4.2\n');
const FILE = { name: 'a.vcf.gz', mimeType: 'application/gzip', size: CONTENT.length, open: async function* () { yield CONTENT; } };

type Done = (cause: Error | null, result?: unknown) => void;

/** A server whose folders and files are these, in the form that n8n hands SSH connections out. */
function server({ folders = [], makeFolder }: { folders?: string[]; makeFolder: (folder: string, folders: string[], done: Done) => void }) {
	const files = new Map<string, number>();
	const sftp = {
		stat: (path: string, done: Done) => (folders.includes(path) || files.has(path) ? done(null, { size: files.get(path) }) : done(new Error('No such file'))),
		mkdir: (path: string, done: Done) => makeFolder(path, folders, done),
		open: (path: string, _flags: string, done: Done) => (files.set(path, 0), done(null, Buffer.from(path))),
		write: (handle: Buffer, _block: Buffer, _offset: number, length: number, position: number, done: Done) => (files.set(handle.toString(), position + length), done(null)),
		close: (_handle: Buffer, done: Done) => done(null),
		unlink: (path: string, done: Done) => (files.delete(path), done(null)),
		end: jest.fn(),
	};
	const client = { sftp: (done: (cause: undefined, opened: typeof sftp) => void) => done(undefined, sftp) };
	const context = { helpers: { getSSHClient: async () => client, updateLastUsed: () => {} }, getExecutionCancelSignal: () => undefined } as unknown as IExecuteFunctions;
	return { files, folders, end: sftp.end, upload: async (folder: string) => await uploadBySftp(context, CREDENTIALS, folder, FILE) };
}

describe('a folder on the SFTP server', () => {
	it('that cannot be made is named, and what to do about it', async () => {
		const { upload, files, end } = server({ makeFolder: (_folder, _folders, done) => done(new Error('Permission denied')) });
		await expect(upload('2026-03-31')).rejects.toMatchObject({
			name: 'Problem',
			message: 'The SFTP server did not make the folder "2026-03-31" (Permission denied)',
			description: expect.stringContaining('Choose a folder that is there'),
		});
		expect([...files]).toEqual([]);
		expect(end).toHaveBeenCalledTimes(1);
	});

	it('that another upload makes at the same moment is used', async () => {
		const { upload, files } = server({ makeFolder: (folder, folders, done) => (folders.push(folder), done(new Error('Failure'))) });
		await upload('2026-03-31');
		expect([...files]).toEqual([['2026-03-31/a.vcf.gz', CONTENT.length]]);
	});

	it('that is there is not made again', async () => {
		const { upload, files } = server({ folders: ['2026-03-31'], makeFolder: () => expect('this').toBe('not called') });
		await upload('2026-03-31');
		expect(files.size).toBe(1);
	});
});
