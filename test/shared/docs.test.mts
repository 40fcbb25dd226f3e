import { readFileSync } from 'node:fs';
import { galateaBio } from '../../nodes/GalateaBio/provider.ts';

const page = readFileSync('docs/architecture.md', 'utf8');
const blocks = [...page.matchAll(/<!-- (docs\/sketches\/\S+) -->\n```ts\n([\s\S]*?)\n```/g)].map(([, file, code]) => ({ file, code }));

it('docs/architecture.md shows a sketch for the service to come', () => {
	expect(blocks.map(({ file }) => file)).toEqual(['docs/sketches/flow.mts']);
});

it.each(blocks)('shows $file as it is type-checked, in at most 20 lines', ({ file, code }) => {
	const lines = readFileSync(file, 'utf8').split('\n').filter((line) => !line.startsWith('import '));
	expect(code).toBe(lines.join('\n').trim());
	expect(code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
});

it('docs/galateabio.md counts the operations, and the calls that they reach', () => {
	const operations = Object.values(galateaBio.resources).flatMap((resource) => Object.keys(resource.operations)).length;
	const { calls: all } = JSON.parse(readFileSync('simulators/galateabio/calls.json', 'utf8')) as { calls: Array<{ source: string; offered: boolean }> };
	const calls = all.filter(({ offered }) => offered);
	const documented = calls.filter(({ source }) => source !== 'spec').length;
	const words = `${operations} operations reach all ${documented} calls of GalateaBio's docs and of its command-line client, and ${calls.length - documented} of those that only its specification has`;
	expect(readFileSync('docs/galateabio.md', 'utf8')).toContain(words);
});
