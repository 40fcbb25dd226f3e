import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';

/** The public environments of iFlow (contract, section 1). */
const DOMAINS: Record<string, string> = {
	production: 'iflow.intelliseq.com',
	staging: 'stg.iflow.intelliseq.com',
	development: 'flow.labpgx.com',
};

export const PATTERN = 'https://{service}.{domain}';

/** Words of the services that the gateway has under another one. */
const AT_GATEWAY: Record<string, string> = { orgs: 'organizations', runs: 'analyses' };

/** What stands before the domain or after it where somebody copied an address. */
const AROUND_DOMAIN = /^\s*(https?:\/\/)?((admin|compute|miner|files|api)\.)?|\/.*$|\s+$/gi;

/**
 * The absolute address of a path. Its first word is the service: 'miner/orders/7'; with '@' before it the service has a host
 * of its own also where a gateway stands for the others. Throws a Problem when the credential tells no usable address.
 */
export function apiAddress({ environment, domain, urlTemplate, apiLayout }: ICredentialDataDecryptedObject, path: string): string {
	const [first, ...rest] = path.split('/');
	const isGateway = apiLayout === 'gateway' && !first.startsWith('@');
	const isOther = environment === 'custom';
	const pattern = String((isOther && urlTemplate) || PATTERN).trim().replace(/\/+$/, '');
	const host = isOther ? String(domain ?? '').replace(AROUND_DOMAIN, '') : DOMAINS[String(environment)];
	if (!/^https?:\/\/[^/]/.test(pattern) || (pattern.includes('{domain}') && !host)) {
		throw new Problem('The address of iFlow is not usable', { description: 'Give "Domain" in the iFlow credential, for example iflow.example.org' });
	}
	const base = pattern.replace('{service}', isGateway ? 'api' : first.replace('@', '')).replace('{domain}', host);
	// the description of an API stands beside it, not in it
	if (rest[0] === 'openapi.json') return `${base}/openapi.json`;
	return isGateway ? `${base}/${[AT_GATEWAY[rest[0]] ?? rest[0], ...rest.slice(1)].join('/')}` : `${base}/api/v1/${rest.join('/')}`;
}

/** The same rule for the credential test, which n8n can only do by an expression: the address of the list of projects. */
export const PROJECTS_EXPRESSION = `={{ ($credentials.environment === "custom" && $credentials.urlTemplate || "${PATTERN}").trim().replace(/\\/+$/, "").replace("{service}", $credentials.apiLayout === "gateway" ? "api" : "admin").replace("{domain}", $credentials.environment === "custom" ? String($credentials.domain).replace(${String(AROUND_DOMAIN)}, "") : (${JSON.stringify(DOMAINS)})[$credentials.environment]) + ($credentials.apiLayout === "gateway" ? "" : "/api/v1") + "/projects" }}`;
