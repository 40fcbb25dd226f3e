/**
 * A simulator in a process of its own, started by `fork` with --expose-gc and the provider's name. Sends the
 * simulator's info, and for each message how many MiB it holds on to.
 */
import { setTimeout as pause } from 'node:timers/promises';

const { start } = await import(`../../simulators/${process.argv[2]}/simulator.mts`);
const { info } = await start({ pace: 1 });
process.send!(info);
process.on('message', async () => {
	// buffers are given back some time after they were collected
	for (let times = 0; times < 3; times++) {
		global.gc!();
		await pause(10);
	}
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	process.send!((heapUsed + arrayBuffers) / 1024 / 1024);
});
