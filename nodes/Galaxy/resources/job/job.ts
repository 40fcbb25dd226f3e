import type { Resource } from '../../../shared/operation';
import { getCommonProblems, getConsoleOutput, getDestinationParameters, getInputs, getMetrics, getOutputs, getParameters, getStderr, getStdout, reportError } from './about';
import { cancel, getLock, rerun, resume, setLock, wait } from './control';
import { findEquivalent, get, getAll } from './lists';

export const job: Resource = {
	name: 'Job',
	operations: {
		cancel,
		findEquivalent,
		get,
		getAll,
		getCommonProblems,
		getConsoleOutput,
		getDestinationParameters,
		getInputs,
		getLock,
		getMetrics,
		getOutputs,
		getParameters,
		getStderr,
		getStdout,
		reportError,
		rerun,
		resume,
		setLock,
		wait,
	},
};
