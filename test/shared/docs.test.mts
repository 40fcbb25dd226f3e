import { readFileSync } from 'node:fs';
import { galateaBio } from '../../nodes/GalateaBio/provider.ts';
import { galaxy } from '../../nodes/Galaxy/provider.ts';
import { gencove } from '../../nodes/Gencove/provider.ts';
import { genoEx } from '../../nodes/GenoEx/provider.ts';
import { iFlow } from '../../nodes/IFlow/provider.ts';
import type { Provider } from '../../nodes/shared/operation.ts';

const PAGES: Record<string, Provider> = { galateabio: galateaBio, galaxy, gencove, genoex: genoEx, iflow: iFlow };

const sorted = (words: string[]) => [...words].sort((a, b) => a.localeCompare(b));
const countOf = ({ resources }: Provider) => Object.values(resources).flatMap((resource) => Object.keys(resource.operations)).length;

describe.each(Object.entries(PAGES))('docs/%s.md', (name, provider) => {
	const page = readFileSync(`docs/${name}.md`, 'utf8');

	it('names every operation of every resource', () => {
		const rows = Object.values(provider.resources).map((resource) => `| ${resource.name} | ${sorted(Object.values(resource.operations).map((operation) => operation.name)).join(', ')} |`);
		const [, table = ''] = /\| Resource \| Operations \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(page) ?? [];
		expect(table.trimEnd().split('\n')).toEqual(sorted(rows));
	});

	it('counts them as the README does', () => {
		expect(readFileSync('README.md', 'utf8')).toContain(`[${countOf(provider)} operations](docs/operations.md#${name})`);
	});
});

it('docs/galateabio.md counts the operations, and the calls that they reach', () => {
	const { calls: all } = JSON.parse(readFileSync('simulators/galateabio/calls.json', 'utf8')) as { calls: Array<{ source: string; offered: boolean }> };
	const calls = all.filter(({ offered }) => offered);
	const documented = calls.filter(({ source }) => source !== 'spec').length;
	const words = `${countOf(galateaBio)} operations reach all ${documented} calls of GalateaBio's docs and of its command-line client, and ${calls.length - documented} of those that only its specification has`;
	expect(readFileSync('docs/galateabio.md', 'utf8')).toContain(words);
});
