import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Api, Outgoing } from '../shared/operation';
import { Problem } from '../shared/problem';
import { apiAddress } from './address';
import { otherForm, withKnownWord } from './otherForms';
import { advice, refusal } from './refusal';

/** The header that names the project of a request, and its value where none is to be named. */
export const PROJECT = 'X-Project-ID';
export const NO_PROJECT = 'none';

/** iFlow's services, each with an API of its own, or the gateway before them (contract, section 0). */
export const api: Api = {
	service: 'iFlow',
	credential: 'iFlowApi',
	otherCredentials: { oAuth2: 'iFlowOAuth2Api' },
	address: apiAddress,
	spelling: (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
	lists: 'comma',
	prepare(outgoing, credential) {
		checkConnected(outgoing, credential);
		return withKnownWord(withBody(inProject(outgoing, credential)), credential);
	},
	refusal,
	advice,
	otherForm,
};

/** Throws a Problem for an OAuth2 credential that nobody has logged in with yet. */
function checkConnected({ anonymous }: Outgoing, { grantType, oauthTokenData }: ICredentialDataDecryptedObject): void {
	if (anonymous || grantType === undefined || oauthTokenData !== undefined) return;
	throw new Problem('The iFlow credential is not connected', { description: 'Open it in n8n and log in' });
}

/** What of the API works without a project: accounts, projects themselves, and what is the same for all. */
const WITHOUT_PROJECT = /^(@?admin\/|@|\w+\/openapi\.json$|compute\/pipelines\b)/;

/** Names the project where one is needed, as the service and the layout want it (contract, section 2.3). */
function inProject(outgoing: Outgoing, { projectId, apiLayout }: ICredentialDataDecryptedObject): Outgoing {
	const { [PROJECT]: chosen, ...headers } = outgoing.headers;
	const project = chosen || String(projectId ?? '').trim();
	const { path, query } = outgoing;
	if (chosen === NO_PROJECT || /^@?admin\/|openapi\.json$/.test(path)) return { ...outgoing, headers };
	if (project === '') {
		if (WITHOUT_PROJECT.test(path)) return { ...outgoing, headers };
		throw new Problem('No project is chosen', { description: 'Choose "Project" in the node, or give "Project ID" in the iFlow credential' });
	}
	const inQuery = path.startsWith('compute/pipelines') ? outgoing.method === 'GET' : path.startsWith('files/') && apiLayout !== 'gateway';
	return { ...outgoing, headers: { ...headers, [PROJECT]: project }, query: { ...query, ...(inQuery && { project_id: query.project_id ?? project }) } };
}

/** What is made without any field still needs a body (contract, section 5.1). */
const withBody = (outgoing: Outgoing): Outgoing => (outgoing.method === 'POST' && outgoing.body === undefined && /^miner\/(orders|subjects|samples)$/.test(outgoing.path) ? { ...outgoing, body: {} } : outgoing);
