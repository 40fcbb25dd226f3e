import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import { isLocator } from '../shared/perform';
import { Connection } from '../shared/request';
import type { Deliveries } from '../shared/webhook';
import { api, PROJECT } from './api';
import { outcomeOf, outputsOf } from './runs';

/** The run that a callback names; iFlow documents none of its fields (contract, section 4.2). */
function runIn(body: unknown): string | undefined {
	const { run_id: run, analysis_id: analysis, id, name } = (typeof body === 'object' && body !== null ? body : {}) as IDataObject;
	return [run, analysis, id, name].find((one): one is string => typeof one === 'string' && one !== '');
}

/**
 * What iFlow itself says of the run. Undefined where it knows none, so the callback is not its own. Throws a Problem for
 * one that goes on, so that the callback comes again.
 */
async function ended(webhook: IWebhookFunctions, { run: id }: IDataObject): Promise<IDataObject[] | undefined> {
	const connection = await Connection.open(webhook, api);
	const project = webhook.getNodeParameter('projectId', '') as unknown;
	const headers = { [PROJECT]: String(isLocator(project) ? project.value : project) };
	const run = (await connection.send('GET compute/runs/{id}', { path: { id }, headers }).catch((cause: Problem) => {
		if (cause.status !== 404) throw cause;
	})) as IDataObject | undefined;
	if (run === undefined) return undefined;
	const outcome = outcomeOf(run.status);
	if (outcome === 'running') throw new Problem('The run has not ended');
	const wanted = webhook.getNodeParameter('outcome', 'any');
	if (wanted !== 'any' && wanted !== outcome) return [];
	const withOutputs = outcome === 'succeeded' && webhook.getNodeParameter('includeOutputs', false) === true;
	return [withOutputs ? { ...run, outputs: (await outputsOf(connection, run.id, headers)).outputs } : run];
}

/** iFlow signs nothing: the secret is the address of the webhook, and the run is read again before anything is handed on. */
export const callbacks: Deliveries = {
	genuine: () => Promise.resolve(true),
	events(body) {
		const run = runIn(body);
		return run === undefined ? undefined : [{ run }];
	},
	wanted: () => true,
	isTest: () => false,
	// a run ends once
	idOf: ({ run }) => String(run),
	items: ended,
};
