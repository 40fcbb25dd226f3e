/**
 * Runs `work` for every entry, `atOnce` at the same time, in their order; no further entry is taken than there is work
 * for. Ends when all have ended; after the first one that throws, no further one is begun and the error is thrown when
 * those under way have ended.
 */
export async function each<T>(entries: Iterable<T> | AsyncIterable<T>, atOnce: number, work: (entry: T, index: number) => Promise<void>): Promise<void> {
	const iterator = Symbol.asyncIterator in entries ? entries[Symbol.asyncIterator]() : entries[Symbol.iterator]();
	const failures: unknown[] = [];
	let taken = 0;
	const one = async () => {
		const { done, value } = await iterator.next();
		if (done) return false;
		await work(value as T, taken++);
		return true;
	};
	const worker = async () => {
		let more = true;
		while (more && failures.length === 0) {
			more = await one().catch((cause: unknown) => {
				failures.push(cause);
				return false;
			});
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	if (failures.length === 0) return;
	await iterator.return?.();
	throw failures[0];
}
