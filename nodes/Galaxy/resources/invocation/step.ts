import { flag } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { invocationId, optionalInvocationId, stepId } from '../../fields';

const getStep = request({
	name: 'Get Step',
	action: 'Get step of invocation',
	description: 'Retrieve one step of a run with its jobs and outputs',
	request: 'GET api/invocations/steps/{stepId}',
	fields: { invocationId: optionalInvocationId, stepId },
});

const getStepSummary = request({
	name: 'Get Step Summary',
	action: 'Get step summary of invocation',
	description: 'Retrieve for each step of a run how many of its jobs are in which state',
	request: 'GET api/invocations/{invocationId}/step_jobs_summary',
	fields: { invocationId },
});

const continueOrStopPausedStep = request({
	name: 'Continue or Stop Paused Step',
	action: 'Continue or stop paused step of invocation',
	description: 'Let a run that waits at a pause of its workflow go on, or end it there',
	request: 'PUT api/invocations/{invocationId}/steps/{stepId}',
	destructive: true,
	fields: { invocationId, stepId, action: flag('Continue', { default: true, description: 'Whether the run goes on; otherwise it is cancelled' }) },
});

export const steps = { continueOrStopPausedStep, getStep, getStepSummary };
