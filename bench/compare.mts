export interface Comparison {
	/** milliseconds of each round */
	ours: number[];
	peers: number[];
	/** median over the rounds of ours / peer's: below 1 is faster */
	ratio: number;
	ratios: number[];
}

export const median = (values: number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** What takes less than a second varies by a half from round to round: it gets this many times the usual rounds. */
export const MORE_ROUNDS = 5;

/**
 * Measures two ways of doing the same, by turns, after one run of each that does not count. Who begins changes with
 * every round, so that neither always runs into the other's leftovers.
 */
export async function compare(rounds: number, ours: () => Promise<unknown>, peer: () => Promise<unknown>): Promise<Comparison> {
	await ours();
	await peer();
	const result: Comparison = { ours: [], peers: [], ratio: 0, ratios: [] };
	for (let round = 0; round < rounds; round++) {
		if (round % 2 === 0) result.ours.push(await milliseconds(ours));
		result.peers.push(await milliseconds(peer));
		if (round % 2 === 1) result.ours.push(await milliseconds(ours));
	}
	result.ratios = result.ours.map((value, round) => value / result.peers[round]);
	result.ratio = median(result.ratios);
	return result;
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}
