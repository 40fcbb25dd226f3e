import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Paths } from './setup.mjs';

/**
 * Where the last set-up put things; for tests, which jest runs in the project's folder.
 *
 * @throws Error when there was no set-up yet
 */
export function installedPaths(): Paths {
	const file = join(process.cwd(), '.build', 'paths.json');
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Paths;
	} catch {
		throw new Error(`${file} is not there: run \`node scripts/setup.mjs\` first`);
	}
}
