import type { GalaxyInfo, GalaxyServer } from '../../simulators/galaxy/server/server.mts';

const VARIABLE = 'GALAXY_OF_TESTS';

let running: GalaxyServer | undefined;

/** Whether a Galaxy is there already, from a run before or started by hand. */
export const isShared = (): boolean => Boolean(process.env[VARIABLE]);

/** Makes a Galaxy known to the suites. */
export function share(server: GalaxyServer): void {
	running = server;
	process.env[VARIABLE] = JSON.stringify(server.info);
}

export async function stopShared(): Promise<void> {
	await running?.stop();
}

/** For suites: the Galaxy that all of them use. */
export function sharedGalaxy(): GalaxyInfo {
	const shared = process.env[VARIABLE];
	if (!shared) throw new Error('no Galaxy was started: run this suite as part of the jest project galaxy');
	return JSON.parse(shared) as GalaxyInfo;
}
