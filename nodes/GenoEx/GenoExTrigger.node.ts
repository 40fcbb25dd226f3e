import { NodeConnectionTypes, type INodeType, type INodeTypeDescription, type IPollFunctions } from 'n8n-workflow';

import { list } from '../shared/field';
import { pollNamed } from '../shared/poll';
import { api } from './api';
import { submissionJob } from './jobs';

const jobIds = list('Job IDs', { required: true, placeholder: 'e.g. 3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b', description: 'Comma-separated list of IDs of jobs that were started elsewhere' });

const { displayName, ...jobIdsProperty } = jobIds.property;

const WANTED: Record<string, string[]> = { both: ['succeeded', 'failed'], failed: ['failed'], finished: ['succeeded'] };

export class GenoExTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'GenoEx Trigger',
		name: 'genoExTrigger',
		icon: { light: 'file:../../icons/genoex.svg', dark: 'file:../../icons/genoex.dark.svg' },
		group: ['trigger'],
		version: 1,
		polling: true,
		subtitle: '={{ ({ both: "Job Ended", failed: "Job Failed", finished: "Job Finished" })[$parameter["emitOn"]] }}',
		description: 'Starts the workflow when a job that was started elsewhere has ended; for jobs of the same workflow use Wait for Completion',
		eventTriggerDescription: 'Look at the jobs as they are now',
		activationMessage: 'GenoEx is now asked at the poll times; each job that has ended starts the workflow once.',
		defaults: { name: 'GenoEx Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'genoExApi', required: true }],
		properties: [
			{
				displayName: 'GenoEx has no list of jobs, so the trigger watches the jobs that you name. In one workflow use "Wait for Completion" or "Extract and Wait" of the GenoEx node instead.',
				name: 'scope',
				type: 'notice',
				default: '',
			},
			{ displayName, name: 'jobIds', ...jobIdsProperty },
			{
				displayName: 'Trigger On',
				name: 'emitOn',
				type: 'options',
				options: [
					{ name: 'Job Ended', value: 'both', description: 'The job has finished or failed' },
					{ name: 'Job Failed', value: 'failed' },
					{ name: 'Job Finished', value: 'finished' },
				],
				default: 'both',
			},
		],
	};

	async poll(this: IPollFunctions) {
		const ids = jobIds.read(this.getNodeParameter('jobIds'), { timezone: this.getTimezone() });
		const wanted = WANTED[String(this.getNodeParameter('emitOn'))];
		return await pollNamed(this, api, submissionJob, new Map(ids.map((id) => [id, { job_id: id }])), ({ outcome }) => wanted.includes(outcome));
	}
}
