import type { IDataObject } from 'n8n-workflow';

import type { Api } from '../shared/operation';
import { Problem } from '../shared/problem';
import { apiAddress } from './address';
import { form } from './form';
import { startsAsZip } from './formats/source';

/** What every answer is wrapped in (GDE API manual v1.2). */
interface Envelope {
	status: boolean;
	status_message?: string;
	return_values?: IDataObject | null;
}

const isEnvelope = (content: unknown): content is Envelope => typeof content === 'object' && content !== null && typeof (content as IDataObject).status === 'boolean';

/** "GDE" of GenoEx, API version 220805: every call is a POST with the log-in in its form, and tells success inside its answer. */
export const api: Api = {
	service: 'GenoEx',
	credential: 'genoExApi',
	address: apiAddress,
	lists: 'comma',
	idField: 'job_id',
	// no limits are documented, so the service is not pressed
	atOnce: 1,
	prepare: ({ body, parts, ...outgoing }, credential) => ({ ...outgoing, body: form(body, parts, credential), parts: [], anonymous: true }),
	isAnswer: isEnvelope,
	accept(content) {
		const { status, status_message: message, return_values: values } = content as Envelope;
		if (status) return { ...values, status_message: message };
		throw new Problem(`GenoEx refused: ${message || 'it does not say why'}`, { description: 'Check the values of the node, and user name and password in the credential' });
	},
	// a download may be answered with a message in the place of the zip, whatever its headers say
	isFile: startsAsZip,
	refusal: (body) => (isEnvelope(body) ? body.status_message : undefined),
};

/**
 * What an answer must hold. Throws a Problem where it is missing; `uncertain` says that something may have been
 * started all the same.
 */
export function needed(answer: IDataObject, name: string, uncertain = false): string {
	const value = answer[name];
	if (typeof value === 'string' && (value !== '' || name === 'job_status')) return value;
	throw new Problem(`GenoEx sent an incomplete answer: it has no "${name}"`, {
		uncertain,
		description: uncertain ? 'The job may have been started. Look at GenoEx before you run the node again' : 'Run the node again; if it stays so, ask genoex@slu.se',
	});
}
