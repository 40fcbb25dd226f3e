import { existsSync, readFileSync } from 'node:fs';
import { galateaBio } from '../../nodes/GalateaBio/provider.ts';

const PROVIDERS = { GalateaBio: galateaBio };

const operations = Object.entries(PROVIDERS).flatMap(([folder, { resources }]) =>
	Object.entries(resources).flatMap(([resource, { operations: own }]) =>
		Object.entries(own).map(([name, operation]) => ({ file: `nodes/${folder}/__schema__/v1.0.0/${resource}/${name}.json`, operation })),
	),
);

/** `npm run pages` writes them. */
it.each(operations)('$file shows the output before the first run', ({ file, operation }) => {
	expect(existsSync(file)).toBe(true);
	const { properties } = JSON.parse(readFileSync(file, 'utf8')) as { properties: object };
	expect(Object.keys(properties).length).toBeGreaterThan(0);
	expect(Object.keys(properties)).toEqual(expect.arrayContaining([...(operation.simplify ?? [])]));
});
