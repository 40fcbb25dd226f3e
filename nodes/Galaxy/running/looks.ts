import type { IDataObject } from 'n8n-workflow';

import type { Connection } from '../../shared/request';
import type { Look } from '../../shared/wait';
import { collectionState, datasetOutcome, jobOutcome, PAUSED_REASON, together, type Outcome } from '../states';

/** What a run of tools has made; of reruns and requests only the jobs are known at first. */
export interface Run extends IDataObject {
	jobs: IDataObject[];
	outputs?: IDataObject[];
	output_collections?: IDataObject[];
	implicit_collections?: IDataObject[];
	/** What Galaxy could not start, though it answered with success. */
	errors?: Array<string | IDataObject>;
}

/** A kind of thing that comes to an end, and how it is looked at. */
interface Kind {
	line: string;
	outcome(json: IDataObject): Outcome;
}

const jobs: Kind = { line: 'GET api/jobs/{id}', outcome: ({ state }) => jobOutcome(String(state)) };

const datasets: Kind = { line: 'GET api/datasets/{id}', outcome: ({ state }) => datasetOutcome(String(state)) };

const collections: Kind = {
	line: 'GET api/dataset_collections/{id}?view=collection',
	outcome: (json) => collectionState(json).outcome,
};

/**
 * Looks again at what has not ended, one after the other up to the first that still runs: a look costs one request more
 * than have ended since the last one.
 */
async function seen(connection: Connection, kind: Kind, entries: IDataObject[]): Promise<{ entries: IDataObject[]; outcome: Outcome }> {
	const now = [...entries];
	for (const [i, entry] of entries.entries()) {
		if (kind.outcome(entry) !== 'running') continue;
		const found = (await connection.send(kind.line, { path: { id: entry.id } })) as IDataObject;
		now[i] = { ...(entry.output_name !== undefined && { output_name: entry.output_name }), ...found };
		if (kind.outcome(found) === 'running') break;
	}
	return { entries: now, outcome: together(now.map(kind.outcome)) };
}

/** The datasets that jobs have made, of those that stand in histories. */
const outputsOf = (ended: IDataObject[]) =>
	ended.flatMap(({ outputs }) => Object.entries((outputs ?? {}) as Record<string, IDataObject>)).filter(([, { src }]) => src === 'hda').map(([name, { id }]) => ({ output_name: name, id }));

/**
 * How a run stands: when its jobs have ended its datasets may still be on their way, and then its collections (contract,
 * section 9, 7). What has failed is known when nothing runs any longer.
 */
export async function lookAt(connection: Connection, run: Run): Promise<Look & { json: Run }> {
	const ofJobs = await seen(connection, jobs, run.jobs);
	if (ofJobs.outcome === 'running') return { json: { ...run, jobs: ofJobs.entries }, state: stateOf(ofJobs.entries, 'running', jobs), outcome: 'running' };
	const ofDatasets = await seen(connection, datasets, run.outputs ?? outputsOf(ofJobs.entries));
	const ofOutputs = await seen(connection, collections, run.output_collections ?? []);
	const ofMapped = await seen(connection, collections, run.implicit_collections ?? []);
	const json: Run = { ...run, jobs: ofJobs.entries, outputs: ofDatasets.entries, output_collections: ofOutputs.entries, implicit_collections: ofMapped.entries };
	const outcome = together([ofJobs, ofDatasets, ofOutputs, ofMapped].map((one) => one.outcome));
	if (outcome === 'running') return { json, state: 'running', outcome };
	if (outcome === 'failed') return { json, outcome, state: failedState(json), reason: await reasonOf(connection, json) };
	return isPartial(run) ? { json, outcome: 'failed', state: 'started in part', reason: errorsOf(run) } : { json, outcome, state: 'ok' };
}

const stateOf = (entries: IDataObject[], outcome: Outcome, kind: Kind) => String(entries.find((entry) => kind.outcome(entry) === outcome)?.state ?? outcome);

const failedState = (run: Run) => [...run.jobs.filter((one) => jobs.outcome(one) === 'failed'), ...(run.outputs ?? []).filter((one) => datasets.outcome(one) === 'failed')].map(({ state }) => String(state))[0] ?? 'error';

const isPartial = ({ errors = [] }: Run) => errors.length > 0;

/** What Galaxy could not start, in its words. */
export const errorsOf = ({ errors = [] }: Pick<Run, 'errors'>) => errors.map((error) => (typeof error === 'string' ? error : String(error.err_msg ?? JSON.stringify(error)))).join('. ');

/** Characters of a tool's messages that are shown; the last ones tell most. */
const SHOWN = 1_000;

/** Why a run failed: what the first job that failed tells, else the first dataset or collection. */
async function reasonOf(connection: Connection, run: Run): Promise<string | undefined> {
	const failed = run.jobs.find((one) => jobs.outcome(one) === 'failed');
	if (failed) return `Job ${String(failed.id)} of the tool "${String(failed.tool_id)}": ${await reasonOfJob(connection, failed, run.outputs)}`;
	const dataset = run.outputs?.find((one) => datasets.outcome(one) === 'failed');
	if (dataset) return `The dataset "${String(dataset.name)}" is "${String(dataset.state)}"${dataset.misc_info ? `: ${String(dataset.misc_info).trim().slice(-SHOWN)}` : ''}`;
	const collection = [...(run.output_collections ?? []), ...(run.implicit_collections ?? [])].find((one) => collections.outcome(one) === 'failed');
	return collection && `The collection "${String(collection.name)}" is not complete${collection.populated_state_message ? `: ${String(collection.populated_state_message)}` : ''}`;
}

async function reasonOfJob(connection: Connection, { id, state }: IDataObject, outputs: IDataObject[] = []): Promise<string> {
	if (state === 'paused') return PAUSED_REASON;
	const { exit_code: code, stderr, stdout, job_messages: messages } = (await connection.send('GET api/jobs/{id}', { path: { id }, query: { full: true } })) as IDataObject;
	const told = ((messages ?? []) as IDataObject[]).map(({ desc }) => String(desc ?? '').trim()).filter((text) => text !== '');
	const ending = typeof code === 'number' && !told.some((text) => text.includes(String(code))) ? [`Exit code ${code}`] : [];
	// why a job was stopped stands with its datasets alone
	const noted = outputs.find(({ creating_job: job }) => job === id)?.misc_info;
	const written = [stderr, stdout, noted].map((text) => String(text ?? '').trim()).find((text) => text !== '');
	return [...told, ...ending, ...(written ? [written.slice(-SHOWN)] : [])].join('\n') || `It is "${String(state)}"`;
}
