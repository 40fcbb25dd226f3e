import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Memory of this process that is in use after a collection, in bytes: heap and buffers. What is only waiting to be
 * collected, which depends on the machine's load, is not in it.
 */
export function liveMemory(): number {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	const { arrayBuffers, heapUsed } = process.memoryUsage();
	return arrayBuffers + heapUsed;
}
