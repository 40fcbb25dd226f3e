/** Slug of an entity: lower case, each run of other characters than letters and digits one hyphen, none at the ends (contract, section 6.2). */
export const slugOf = (displayId: string): string => displayId.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** Order of versions: by their numbers (semantic versioning), a pre-release before its release. */
export function compareVersions(a: string, b: string): number {
	const [first, second] = [a, b].map((version) => {
		const [numbers, rest = ''] = version.replace(/^v/, '').split(/[-+](.*)/s);
		return { numbers: numbers.split('.').map(Number), rest };
	});
	for (let at = 0; at < Math.max(first.numbers.length, second.numbers.length); at++) {
		const difference = (first.numbers[at] || 0) - (second.numbers[at] || 0);
		if (difference !== 0) return difference;
	}
	if (first.rest === '' || second.rest === '') return Number(first.rest === '') - Number(second.rest === '');
	return first.rest.localeCompare(second.rest, 'en', { numeric: true });
}
