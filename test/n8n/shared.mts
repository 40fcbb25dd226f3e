import { N8nRest, type Session } from './rest.mts';
import type { N8nServer } from './server.mts';

const VARIABLE = 'N8N_OF_TESTS';

/** The n8n that all suites of a run share. */
export interface SharedN8n {
	rest: N8nRest;
	pid: number;
	userFolder: string;
	logFile: string;
}

let running: N8nServer | undefined;

/** Makes a server known to the suites, which may run in processes of their own. */
export function share(server: N8nServer, session: Session): void {
	running = server;
	const { url, pid, userFolder, logFile } = server;
	process.env[VARIABLE] = JSON.stringify({ url, pid, userFolder, logFile, session });
}

export async function stopShared(): Promise<void> {
	await running?.stop();
}

/** For suites: the shared n8n, with the owner signed in. */
export function sharedN8n(): SharedN8n {
	const shared = process.env[VARIABLE];
	if (!shared) throw new Error('no n8n was started: run this suite as part of the jest project n8n');
	const { url, pid, userFolder, logFile, session } = JSON.parse(shared);
	return { rest: new N8nRest(url, session), pid, userFolder, logFile };
}
