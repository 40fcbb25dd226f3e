import type { IDataObject } from 'n8n-workflow';

import { flag, json } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { invocationId } from '../../fields';
import { inputsOf } from '../../workflows/inputs';
import { invocation, simplify } from '../../workflows/invocations';
import { checkTarget, target } from '../../workflows/runs';
import { prepared } from '../../workflows/values';

export const getRequest = request({
	name: 'Get Request',
	action: 'Get request of invocation',
	description: 'Retrieve with which inputs and settings a workflow was run',
	request: 'GET api/invocations/{invocationId}/request',
	fields: { invocationId },
});

export const rerun = program({
	name: 'Rerun',
	action: 'Rerun invocation',
	description: 'Run the same version of a workflow once more, with the same inputs or with some others',
	simplify,
	fields: {
		invocationId,
		...target,
		historyId: { ...target.historyId, property: { ...target.historyId.property, description: 'Where the results go; the same history as before when left empty' } },
		otherInputs: json('Other Inputs', { place: 'none', placeholder: 'e.g. { "Lines": 10 }', description: 'Values in the place of those from before, by the labels of the inputs; all others stay' }),
		useCachedJob: flag('Use Cached Jobs', { description: 'Whether to take results of earlier jobs that had the same inputs and settings; as before by default' }),
	},
	watch: invocation,
	async run({ connection, values }) {
		checkTarget(values);
		const { invocationId: id, historyId, newHistoryName, otherInputs, useCachedJob } = values;
		const before = (await connection.send('GET api/invocations/{id}/request', { path: { id } })) as IDataObject;
		const { workflow_id: workflowId, history_id, inputs: given, ...settings } = Object.fromEntries(Object.entries(before).filter(([, value]) => value !== null)) as IDataObject;
		const chosen = { ...(given as IDataObject), ...(otherInputs as IDataObject | undefined) };
		const body = {
			...settings,
			...(newHistoryName === undefined ? { history_id: historyId || history_id } : { new_history_name: newHistoryName }),
			...(useCachedJob !== undefined && { use_cached_job: useCachedJob }),
			...prepared(await inputsOf(connection, { id: workflowId, instance: true }), chosen),
		};
		const answer = await connection.send('POST api/workflows/{id}/invocations', { path: { id: workflowId }, body: body as never });
		return [answer as IDataObject].flat().map((json) => ({ json }));
	},
});
