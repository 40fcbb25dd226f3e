import type { Clock } from '../shared/clock.mts';
import { send } from '../shared/deliver.mts';
import { Made } from '../shared/content.mts';
import { slugOf } from './names.mts';
import { resultsOf } from './object-seeds.mts';
import type { Pipeline, Project, Run } from './records.mts';
import { PIPELINES } from './seeds.mts';
import type { State } from './state.mts';
import { LIFETIME_S } from './storage.mts';
import type { Storage } from './storage.mts';

/** None of these is published; all are times the pace. */
const MS = { queue: 30_000, work: 300_000, retry: 10_000 };
const CALLBACK_RETRIES = 2;

export const isOver = ({ status }: Run): boolean => ['succeeded', 'failed', 'cancelled'].includes(status);
export const isWdl = ({ execution_mode }: Pipeline): boolean => execution_mode === 'direct_wdl';

/** Where a run leaves its results, behind the prefix of the project. */
export const folderOf = ({ displayId }: Run): string => `analyses/${slugOf(displayId)}/`;

/** The full address of an object. */
export const uriOf = ({ backend, bucket, prefix }: Project, path: string): string => `${backend === 'gcs' ? 'gs' : 's3'}://${bucket}/${prefix}${path}`;

/** An output that a run has by name; without a path where it is no file. */
interface Output {
	name: string;
	display_name: string;
	type: string;
	path: string | null;
	description: string | null;
}

/** Moves runs through their statuses on the clock, and calls back (contract, section 4.2). */
export class Runs {
	private readonly clock: Clock;
	private readonly state: State;
	private readonly storage: Storage;
	private readonly pace: number;

	constructor({ clock, state, storage, pace }: { clock: Clock; state: State; storage: Storage; pace: number }) {
		this.clock = clock;
		this.state = state;
		this.storage = storage;
		this.pace = pace;
	}

	/** Takes a run in: it waits, works and ends. `params.simulate` names a status in which it stays, or ends. */
	begin(run: Run): void {
		this.state.runs.set(run.id, run);
		const { simulate } = run.params;
		if (simulate === 'queued') return;
		this.later(MS.queue, run, async () => {
			await this.move(run, 'running');
			if (simulate === 'running') return;
			const fails = simulate === 'failed' || this.pipelineOf(run).slug === PIPELINES.failing;
			this.later(MS.work, run, async () => await this.move(run, fails ? 'failed' : 'succeeded'));
		});
	}

	/** Puts a run into a status, where it stays; results and the callback follow. Resolves after the first try to call back. */
	async move(run: Run, status: string, message = 'Task report exited with code 1'): Promise<void> {
		const now = this.clock.now();
		Object.assign(run, { status, updatedAt: now, errorMessage: status === 'failed' ? message : null });
		if (status !== 'queued') run.startedAt ??= status === 'cancelled' ? null : now;
		run.finishedAt = isOver(run) ? now : null;
		if (status === 'succeeded') this.leaveResults(run);
		if (run.callbackUrl !== null && (status === 'succeeded' || status === 'failed')) await this.callBack(run, run.callbackUrl, this.bodyFor(run), CALLBACK_RETRIES);
	}

	/** What a run has by name: only of WDL pipelines, only when it succeeded. */
	outputsOf(run: Run): Output[] {
		if (run.status !== 'succeeded' || !isWdl(this.pipelineOf(run))) return [];
		const path = (name: string) => uriOf(this.projectOf(run), folderOf(run) + name);
		return [
			{ name: 'report', display_name: 'Report', type: 'File', path: path('report.html'), description: null },
			{ name: 'vcf', display_name: 'Variants', type: 'File', path: path('variants.vcf.gz'), description: 'All variants that passed' },
			{ name: 'summary', display_name: 'Summary', type: 'String', path: null, description: null },
		];
	}

	pipelineOf({ pipelineId }: Run): Pipeline {
		return this.state.pipelines.get(pipelineId)!;
	}

	projectOf({ projectId }: Run): Project {
		return this.state.projects.get(projectId)!;
	}

	private leaveResults(run: Run): void {
		const { bucket, prefix } = this.projectOf(run);
		for (const [name, { text, contentType }] of Object.entries(resultsOf(run.displayId))) {
			this.storage.objects.put(bucket, prefix + folderOf(run) + name, { content: new Made(() => text), contentType });
		}
	}

	private bodyFor(run: Run): object {
		const { bucket, prefix } = this.projectOf(run);
		const files = this.outputsOf(run).flatMap(({ name, display_name, type, path }) => {
			if (path === null) return [];
			const key = prefix + path.slice(uriOf(this.projectOf(run), '').length);
			return [{ name, display_name, type, path, url: this.storage.address(run.base, { method: 'GET', bucket, key, contentType: '' }), expires_in_seconds: LIFETIME_S }];
		});
		const { id, displayId, status, orderId, pipelineId, projectId, finishedAt, errorMessage } = run;
		return { run_id: id, name: displayId, status, order_id: orderId, pipeline_id: pipelineId, project_id: projectId, finished_at: this.clock.timestamp(finishedAt!), error_message: errorMessage, outputs: files };
	}

	private async callBack(run: Run, url: string, body: object, retriesLeft: number): Promise<void> {
		// a reset came in between
		if (!this.state.runs.has(run.id)) return;
		const at = this.clock.timestamp();
		const { status, error } = await send(url, JSON.stringify(body));
		this.state.callbacks.push({ run_id: run.id, url, at, body, status, error });
		if (retriesLeft === 0 || (status !== undefined && status >= 200 && status < 300)) return;
		this.clock.after(MS.retry * this.pace, async () => await this.callBack(run, url, body, retriesLeft - 1));
	}

	// unless somebody has moved it meanwhile
	private later(ms: number, run: Run, step: () => Promise<void>): void {
		const before = run.updatedAt;
		this.clock.after(ms * this.pace, async () => {
			if (run.updatedAt === before && !isOver(run)) await step();
		});
	}
}
