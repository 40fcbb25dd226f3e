import { readFileSync } from 'node:fs';

const page = readFileSync('docs/architecture.md', 'utf8');
const blocks = [...page.matchAll(/<!-- (docs\/sketches\/\S+) -->\n```ts\n([\s\S]*?)\n```/g)].map(([, file, code]) => ({ file, code }));

it('docs/architecture.md shows one sketch for each service to come', () => {
	expect(blocks.map(({ file }) => file)).toEqual(['galaxy', 'gencove', 'flow'].map((name) => `docs/sketches/${name}.mts`));
});

it.each(blocks)('shows $file as it is type-checked, in at most 20 lines', ({ file, code }) => {
	const lines = readFileSync(file, 'utf8').split('\n').filter((line) => !line.startsWith('import '));
	expect(code).toBe(lines.join('\n').trim());
	expect(code.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
});
