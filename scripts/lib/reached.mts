import { createRequire } from 'node:module';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../nodes/shared/operation.ts';
import type { Seen } from '../../test/engine/coverage.mts';
import { merged } from '../../test/engine/shape.mts';

/** A call of a service, as its `calls.json` has it. */
export interface Call {
	id: string;
	method: string;
	path: string;
	path_params: string[];
	query: string[];
	body: string[];
	offered: boolean;
}

interface Reached {
	operations: Record<string, Seen>;
	/** Names of parameters that arrived, by call. */
	parameters: Record<string, string[]>;
}

export const root = join(import.meta.dirname, '..', '..');
const require = createRequire(import.meta.url);
const readJson = <T,>(file: string): T => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;

/** Providers by the name of their simulator: the folder of their node, and what it exports. */
export const PROVIDERS: Record<string, { folder: string; name: string }> = {
	galateabio: { folder: 'GalateaBio', name: 'galateaBio' },
	galaxy: { folder: 'Galaxy', name: 'galaxy' },
	gencove: { folder: 'Gencove', name: 'gencove' },
	genoex: { folder: 'GenoEx', name: 'genoEx' },
	iflow: { folder: 'IFlow', name: 'iFlow' },
};

/** What the node of a provider offers. */
export function providerOf(provider: string): Provider {
	const { folder, name } = PROVIDERS[provider];
	return (require(join(root, 'dist', 'nodes', folder, 'provider.js')) as Record<string, Provider>)[name];
}

/** The calls of a service that a node is to reach. */
export function callsOf(provider: string): Call[] {
	return readJson<{ calls: Call[] }>(`simulators/${provider}/calls.json`).calls.filter(({ offered }) => offered);
}

/** What all tests of the engine have reached of a provider; throws an Error when they left nothing behind. */
export function reachedOf(provider: string): Reached & { offered: string[] } {
	const files = globSync(`.build/coverage/${provider}-*.json`, { cwd: root }).sort().map((file) => readJson<Reached>(file));
	if (files.length === 0) throw new Error('The tests of the engine left no results: run "npm run coverage"');
	const operations: Record<string, Seen> = {};
	const parameters: Record<string, string[]> = {};
	for (const file of files) {
		for (const [key, seen] of Object.entries(file.operations)) operations[key] = operations[key] ? bothSeen(operations[key], seen) : seen;
		for (const [route, names] of Object.entries(file.parameters)) parameters[route] = [...new Set([...(parameters[route] ?? []), ...names])];
	}
	const offered = Object.entries(providerOf(provider).resources).flatMap(([resource, { operations: own }]) => Object.keys(own).map((name) => `${resource}.${name}`));
	return { offered, operations, parameters };
}

function bothSeen(a: Seen, b: Seen): Seen {
	return {
		routes: [...new Set([...a.routes, ...b.routes])],
		tests: [...new Set([...a.tests, ...b.tests])],
		shape: a.shape && b.shape ? merged(a.shape, b.shape) : (a.shape ?? b.shape),
	};
}
