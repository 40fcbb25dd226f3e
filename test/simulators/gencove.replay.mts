import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** One recorded exchange. */
export interface Interaction {
	request: { method: string; uri: string; body: string | Uint8Array | null };
	response: { status: { code: number }; headers: Record<string, string | string[]>; body: { string: string | Uint8Array } };
}

/** Where the vendor's recordings lie; they are not part of this project. */
export const RECORDINGS = join(__dirname, '..', '..', '..', 'shared', 'recordings', 'gencove');

/** The recordings by their names, `projects/test_create_project__success`; undefined where they are absent. */
export function recordings(): Array<[string, Interaction[]]> | undefined {
	try {
		const files = readdirSync(RECORDINGS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort();
		return files.map((file) => [file.replace('/vcr/', '/').replace(/\.yaml$/, ''), (parse(readFileSync(join(RECORDINGS, file), 'utf8')) as { interactions: Interaction[] }).interactions]);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Header of a recorded answer, in one text. */
export function headerOf({ headers }: Interaction['response'], name: string): string | undefined {
	const [, value] = Object.entries(headers).find(([key]) => key.toLowerCase() === name) ?? [];
	return value === undefined ? undefined : [value].flat().join(', ');
}

/** Keys that the service has today and older recordings lack. */
const NEWER = [
	...['hidden', 'run', 'shadow_mode', 'transition_cutoff', 'failed_qc', 'checksum_sha256'],
	...['organization_name', 'hidden_sample_count', 'project_modifications', 'is_shared', 'locked', 'files'],
	...['name', 'description_markdown', 'display_type', 'display_only_if_failed'],
	...['key', 'supported_project_modifications', 'modifications_enabled', 'species', 'pipeline_category', 'datasets', 'steps'],
	...['delete_samples_enabled', 'project_sharing_enabled', 'account_on_hold', 'organization_type', 'note'],
	...['region_name', 'shell_session_ssm_document_name', 'network_activity_ssm_document_name'],
];
/** Keys of recordings that the service has no more, or that one recording alone spells so. */
const GONE = ['project_configuration', 'checksum_256', 'ssm_document_name'];
/** Values that may be null, or of any kind. */
const NULLABLE = ['metadata', 'size', 'value_expected', 'value_measured', 'transition_cutoff', 'next', 'previous', 'r2', 'run', 'stop_after_inactivity_hours', 'download_url', 'species', 'pipeline_category', 'description_markdown', 'datasets', 'steps', 'up_to_date'];

/**
 * What differs between the shapes of two JSON values: keys, and kinds of values. All elements of a list count together.
 *
 * @param recorded the vendor's
 * @param ours the simulator's
 * @returns a line for each difference
 */
export function differences(recorded: unknown, ours: unknown, place = '', name = ''): string[] {
	const [expected, given] = [kindOf(recorded), kindOf(ours)];
	if (expected !== given) return NULLABLE.includes(name) ? [] : [`${place}: ${expected} is recorded, ${given} came`];
	if (expected === 'array') {
		const [theirs, own] = [recorded as unknown[], ours as unknown[]];
		if (theirs.length === 0) return [];
		if (own.length === 0) return [`${place}: elements are recorded, none came`];
		return differences(together(theirs), together(own), `${place}[]`);
	}
	if (expected !== 'object') return [];
	const [theirs, own] = [recorded as Record<string, unknown>, ours as Record<string, unknown>];
	return [...new Set([...Object.keys(theirs), ...Object.keys(own)])].flatMap((key) => {
		const at = `${place}.${key}`;
		if (key === 'metadata') return [];
		if (!(key in own)) return GONE.includes(key) ? [] : [`${at} is recorded, and did not come`];
		if (!(key in theirs)) return NEWER.includes(key) ? [] : [`${at} came, and is not recorded`];
		return differences(theirs[key], own[key], at, key);
	});
}

// objects of a list as one with all their keys; a value that is not null wins
function together(elements: unknown[]): unknown {
	if (!elements.every((element) => kindOf(element) === 'object')) return elements[0];
	const whole: Record<string, unknown> = {};
	for (const element of elements as Array<Record<string, unknown>>) {
		for (const [key, value] of Object.entries(element)) whole[key] = joined(whole[key], value);
	}
	return whole;
}

function joined(a: unknown, b: unknown): unknown {
	if (a === undefined || a === null) return b;
	if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
	if (kindOf(a) === 'object' && kindOf(b) === 'object') return together([a, b]);
	return a;
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}
