/**
 * How much of each service the tests of the nodes reach: operations executed of those that the node offers, and calls
 * and parameters that arrived at the simulator of those that the service has. Reads what the engine's tests left
 * behind. Ends with 1 when an operation that a node offers was never executed.
 */
import { createRequire } from 'node:module';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Call {
	id: string;
	method: string;
	path: string;
	path_params: string[];
	query: string[];
	body: string[];
	offered: boolean;
}

interface Reached {
	provider: string;
	operations: string[];
	parameters: Record<string, string[]>;
}

interface Service {
	resources: Record<string, { operations: Record<string, unknown> }>;
}

const root = join(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const readJson = <T,>(file: string): T => JSON.parse(readFileSync(join(root, file), 'utf8')) as T;

/** Providers by the name of their simulator, with what their node offers. */
const PROVIDERS: Record<string, () => Service> = {
	galateabio: () => (require(join(root, 'dist/nodes/GalateaBio/provider.js')) as { galateaBio: Service }).galateaBio,
};

function percent(some: number, all: number): string {
	return `${some} of ${all} (${((100 * some) / all).toFixed(1)} %)`;
}

function report(what: string, wanted: string[], reached: Set<string>): string[] {
	const missing = wanted.filter((name) => !reached.has(name));
	console.log(`  ${what.padEnd(11)} ${percent(wanted.length - missing.length, wanted.length)}`);
	for (const name of missing) console.log(`    missing: ${name}`);
	return missing;
}

function coverage(provider: string, service: Service): string[] {
	const files = globSync(`.build/coverage/${provider}-*.json`, { cwd: root }).map((file) => readJson<Reached>(file));
	if (files.length === 0) throw new Error('No results of the engine\'s tests: run "npm test" or "npm run coverage"');
	const offered = Object.entries(service.resources).flatMap(([resource, { operations }]) => Object.keys(operations).map((name) => `${resource}.${name}`));
	const calls = readJson<{ calls: Call[] }>(`simulators/${provider}/calls.json`).calls.filter((call) => call.offered);
	const routeOf = ({ method, path }: Call) => `${method} ${path}`;
	const parametersOf = (call: Call) => [...call.path_params, ...call.query, ...call.body].map((name) => `${routeOf(call)} ${name}`);
	const routes = files.flatMap(({ parameters }) => Object.entries(parameters));

	console.log(`${provider}`);
	const notExecuted = report('operations', offered, new Set(files.flatMap(({ operations }) => operations)));
	report('calls', calls.map(routeOf), new Set(routes.map(([route]) => route)));
	report('parameters', calls.flatMap(parametersOf), new Set(routes.flatMap(([route, names]) => names.map((name) => `${route} ${name}`))));
	return notExecuted;
}

const notExecuted = Object.entries(PROVIDERS).flatMap(([provider, load]) => coverage(provider, load()));
process.exitCode = notExecuted.length === 0 ? 0 : 1;
