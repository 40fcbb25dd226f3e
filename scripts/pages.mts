/**
 * Writes what is made from the nodes and from the results of their tests: the shapes of the outputs that n8n's editor
 * shows before a first run (`__schema__`), and docs/operations.md. Run `npm run coverage` first.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Operation } from '../nodes/shared/operation.ts';
import type { Seen } from '../test/engine/coverage.mts';
import type { Shape } from '../test/engine/shape.mts';
import { PROVIDERS, providerOf, reachedOf, root } from './lib/reached.mts';

const SCHEMA_VERSION = 'v1.0.0';

const page: string[] = [
	'# Operations',
	'',
	'Made by `npm run pages` from the nodes and from what their tests did. "Calls" are those that arrived at the simulated service; "Proven by" are the tests that ran the operation.',
];

for (const [provider, { folder }] of Object.entries(PROVIDERS)) {
	const { operations } = reachedOf(provider);
	const { api, resources } = providerOf(provider);
	const schemas = join(root, 'nodes', folder, '__schema__');
	rmSync(schemas, { recursive: true, force: true });
	page.push('', `## ${api.service}`);
	for (const [resource, { name, operations: own }] of Object.entries(resources).sort(byName)) {
		page.push('', `### ${name}`, '', '| Operation | Calls | Inputs | Outputs | Proven by |', '| --- | --- | --- | --- | --- |');
		for (const [key, operation] of Object.entries(own).sort(byName)) {
			const seen = operations[`${resource}.${key}`];
			if (!seen) throw new Error(`${resource}.${key} was never executed by a test`);
			page.push(row(operation, seen));
			if (seen.shape) write(join(schemas, SCHEMA_VERSION, resource, `${key}.json`), `${JSON.stringify({ ...seen.shape, version: 1 }, null, '\t')}\n`);
		}
	}
}
write(join(root, 'docs', 'operations.md'), `${page.join('\n')}\n`);

function byName([, a]: [string, { name: string }], [, b]: [string, { name: string }]): number {
	return a.name.localeCompare(b.name, 'en');
}

function row(operation: Operation, { routes, shape, tests }: Seen): string {
	const calls = routes.map((route) => `\`${route}\``).join('<br>') || (operation.local ? 'none' : 'SFTP');
	const inputs = Object.values(operation.fields).map(({ label, property }) => (property.required ? `**${label}**` : label));
	const cells = [`**${operation.name}**<br>${operation.description}`, calls, inputs.join(', '), outputs(operation, shape), tests.map((test) => `*${test}*`).slice(0, 2).join('<br>')];
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function outputs(operation: Operation, shape: Shape | undefined): string {
	const names = Object.keys(shape?.properties ?? {}).map((name) => `\`${name}\``).join(', ');
	return operation.file || operation.filesOut ? `a file; ${names}` : names;
}

function write(file: string, content: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
}
