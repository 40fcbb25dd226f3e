import { setup } from '../../scripts/setup.mjs';
import { startGalaxy } from '../../simulators/galaxy/server/server.mts';
import { isShared, share } from './shared.mts';

/** One real Galaxy for all suites of the jest project, unless one was started by hand. */
export default async function globalSetup(): Promise<void> {
	if (isShared()) return;
	const { galaxy } = await setup({ galaxy: true });
	share(await startGalaxy(galaxy));
}
