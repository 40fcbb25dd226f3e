import { execFile } from 'node:child_process';

/** How a vendor's client ended, and what it said. */
export interface Run {
	code: number;
	out: string;
	err: string;
}

/** Who calls what, and with what beside the few variables that every client gets. */
interface Start {
	command: string;
	args: string[];
	/** a scratch folder, its home too */
	folder: string;
	env?: Record<string, string | undefined>;
	/** what is typed when the client asks */
	typed?: string;
}

/** Runs a vendor's client with nothing of the tester's own: no proxy, no .netrc, no Python settings. */
export async function runClient({ command, args, folder, env, typed = '' }: Start): Promise<Run> {
	const own = { PATH: process.env.PATH, HOME: folder, NO_PROXY: '127.0.0.1', PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1', ...env };
	return await new Promise((resolve, reject) => {
		const child = execFile(command, args, { cwd: folder, env: own, timeout: 60_000 }, (error, out, err) => {
			if (error && typeof error.code !== 'number') reject(error);
			else resolve({ code: error ? Number(error.code) : 0, out, err });
		});
		// a client that has ended does not read what is typed
		child.stdin!.on('error', () => undefined).end(typed);
	});
}
