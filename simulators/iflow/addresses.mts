import type { Layout } from './context.mts';

export const SERVICES = ['admin', 'compute', 'miner', 'files', 'report', 'vcf', 'audit'];

/** One address at which a call is answered. */
export interface Address {
	layout: Layout;
	saysAnalyses: boolean;
	method: string;
	/** with fastify's marks for parameters */
	url: string;
}

/**
 * Where a call is answered: on the host of its service, and by the gateway, each with the words it knows (contract, section 0).
 *
 * @param call `GET /compute/runs/{id}`, say
 */
export function addressesOf(call: string): Address[] {
	const [, method, service, template] = /^(\w+) \/(\w+)(\/.*)$/.exec(call)!;
	const path = template.replace(/\{(\w+)\}/g, ':$1');
	const isOfRuns = /^\/runs\b/.test(path);
	const analyses = path.replace(/^\/runs\b/, '/analyses');
	const own = isOfRuns ? [path, analyses] : [path];
	const common = (word: string) => ({ method, saysAnalyses: isOfRuns && word === analyses });
	return [
		...own.map((word) => ({ ...common(word), layout: 'services' as const, url: `/${service}/api/v1${word}` })),
		{ ...common(analyses), layout: 'gateway', url: `/api${analyses.replace(/^\/orgs\b/, '/organizations')}` },
	];
}
