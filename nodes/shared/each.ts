/**
 * Runs `work` for every entry, `atOnce` at the same time, in their order. Ends when all have ended; after the first
 * one that throws, no further one is begun and the error is thrown when those under way have ended.
 */
export async function each<T>(entries: readonly T[], atOnce: number, work: (entry: T) => Promise<void>): Promise<void> {
	let next = 0;
	const failures: unknown[] = [];
	const worker = async () => {
		while (next < entries.length && failures.length === 0) {
			const entry = entries[next++];
			await work(entry).catch((cause: unknown) => {
				failures.push(cause);
			});
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, entries.length) }, worker));
	if (failures.length > 0) throw failures[0];
}
