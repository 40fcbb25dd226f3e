import type { Handler } from '../context.mts';
import { ADMIN } from './admin.mts';
import { FILE_RECORD_CALLS } from './file-records.mts';
import { FILE_CALLS } from './files.mts';
import { LABFLOW_CALLS } from './labflows.mts';
import { ORDER_SAMPLE_CALLS } from './order-samples.mts';
import { ORDER_CALLS } from './orders.mts';
import { PIPELINE_CALLS } from './pipelines.mts';
import { RUN_CALLS } from './runs.mts';
import { SAMPLE_CALLS } from './samples.mts';
import { SUBJECT_CALLS } from './subjects.mts';

/** All calls with a token, by `METHOD /<service><path>` as calls.json has them. */
export const CALLS: Record<string, Handler> = {
	...ADMIN,
	...PIPELINE_CALLS,
	...RUN_CALLS,
	...SUBJECT_CALLS,
	...SAMPLE_CALLS,
	...ORDER_CALLS,
	...ORDER_SAMPLE_CALLS,
	...LABFLOW_CALLS,
	...FILE_RECORD_CALLS,
	...FILE_CALLS,
};
