/**
 * How much of each service the tests of the nodes reach: operations executed of those that the node offers, and calls
 * and parameters that arrived at the simulator of those that the service has. Reads what the engine's tests left
 * behind. Ends with 1 when an operation that a node offers was never executed.
 */
import { callsOf, PROVIDERS, reachedOf, type Call } from './lib/reached.mts';

function percent(some: number, all: number): string {
	return `${some} of ${all} (${((100 * some) / all).toFixed(1)} %)`;
}

function report(what: string, wanted: string[], reached: Set<string>): string[] {
	const missing = wanted.filter((name) => !reached.has(name));
	console.log(`  ${what.padEnd(11)} ${percent(wanted.length - missing.length, wanted.length)}`);
	for (const name of missing) console.log(`    missing: ${name}`);
	return missing;
}

function coverage(provider: string): string[] {
	const { offered, operations, parameters } = reachedOf(provider);
	const calls = callsOf(provider);
	const routeOf = ({ method, path }: Call) => `${method} ${path}`;
	// "*" stands for names of the user's own: any will do that begins so and is none of the others
	const namesOf = (call: Call) => {
		const arrived = parameters[routeOf(call)] ?? [];
		const fixed = [...call.path_params, ...call.query, ...call.body];
		const free = fixed.filter((name) => name.endsWith('*') && arrived.some((one) => !fixed.includes(one) && one.startsWith(name.slice(0, -1))));
		return [...arrived, ...free].map((name) => `${routeOf(call)} ${name}`);
	};
	const parametersOf = (call: Call) => [...call.path_params, ...call.query, ...call.body].map((name) => `${routeOf(call)} ${name}`);

	console.log(provider);
	const notExecuted = report('operations', offered, new Set(Object.keys(operations)));
	report('calls', calls.map(routeOf), new Set(Object.keys(parameters)));
	report('parameters', calls.flatMap(parametersOf), new Set(calls.flatMap(namesOf)));
	return notExecuted;
}

const notExecuted = Object.keys(PROVIDERS).flatMap(coverage);
process.exitCode = notExecuted.length === 0 ? 0 : 1;
