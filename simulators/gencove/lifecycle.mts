import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import type { Content } from '../shared/content.mts';
import { batchPayload, samplesPayload } from './events.mts';
import { filesOf, newFile } from './files.mts';
import type { Batch, ExplorerInstance, Project, Sample, StoredFile, Upload } from './records.mts';
import { HUMAN, qualityControlsOf } from './seeds.mts';
import type { State } from './state.mts';
import { archiveStatus, batchOutcome, isDone, mergeOutcome, sampleOutcome } from './statuses.mts';
import type { Webhooks } from './webhooks.mts';

// none of these is published, but that a restore takes up to 50 hours; all are times the pace
const MS = { notice: 10_000, wait: 60_000, analysis: 300_000, queue: 30_000, batch: 120_000, merge: 180_000, restore: 4 * 3_600_000, instance: 60_000 };
const DAY_MS = 24 * 3_600_000;

/** Moves things through their statuses on the clock, and announces what the service announces. */
export class Lifecycle {
	private readonly clock: Clock;
	private readonly state: State;
	private readonly webhooks: Webhooks;
	private readonly pace: number;

	constructor({ clock, state, webhooks, pace }: { clock: Clock; state: State; webhooks: Webhooks; pace: number }) {
		this.clock = clock;
		this.state = state;
		this.webhooks = webhooks;
		this.pace = pace;
	}

	/** A file came into the storage; the service notices it after a while. */
	arrived(upload: Upload, content: Content): void {
		upload.content = content;
		if (!this.state.settings.arrivalsNoticed) return;
		this.clock.after(MS.notice * this.pace, () => this.moveUpload(upload, 'succeeded'));
	}

	moveUpload(upload: Upload, status: string): void {
		upload.history.push(this.state.step(status));
		upload.modifiedAt = this.clock.now();
	}

	/** A new sample, to be analysed. @param inputs made up where they are not given */
	addSample(project: Project, clientId: string, metadata: unknown, inputs?: StoredFile[]): Sample {
		return this.addSamples(project, [{ clientId, inputs }], metadata)[0];
	}

	/** New samples, to be analysed together. */
	addSamples(project: Project, given: Array<{ clientId: string; inputs?: StoredFile[] }>, metadata: unknown): Sample[] {
		const samples = given.map(({ clientId, inputs }) => this.state.addSample(project, { clientId, metadata, inputs, status: 'waiting' }));
		this.analyse(samples);
		return samples;
	}

	/** A new sample that waits for a person to do something. */
	addPlaceholder(project: Project, status: string, metadata: unknown): Sample {
		return this.state.addSample(project, { clientId: '', metadata, inputs: [], status });
	}

	// they end together, and one event tells of all
	private analyse(samples: Sample[]): void {
		this.later(MS.wait, samples, async (waiting) => {
			for (const sample of waiting) this.step(sample, 'running');
			this.later(MS.analysis, waiting, async (running) => {
				for (const sample of running) this.end(sample, sampleOutcome(sample));
				await this.announce(running);
			});
		});
	}

	/** Puts a sample into a status, where it stays. Resolves when the webhooks got their first answers. */
	async moveSample(sample: Sample, status: string, note = ''): Promise<void> {
		this.end(sample, status, note);
		if (isDone(sample)) await this.announce([sample]);
	}

	/** Stops analyses. What was canceled is not announced. */
	cancel(samples: Sample[]): void {
		for (const sample of samples) this.step(sample, 'canceled');
	}

	/** Asks samples back from the archive. */
	restore(projectId: string, samples: Sample[]): { id: string; createdAt: number } {
		const group = { id: randomUUID(), projectId, createdAt: this.clock.now(), sampleIds: samples.map(({ id }) => id) };
		this.state.restoreGroups.set(group.id, group);
		for (const sample of samples) this.moveArchive(sample, 'restore_requested');
		this.clock.after(MS.restore * this.pace, async () => {
			const asked = samples.filter((sample) => archiveStatus(sample) === 'restore_requested' && this.state.samples.has(sample.id));
			for (const sample of asked) this.moveArchive(sample, 'restored');
			if (asked.length > 0) await this.webhooks.emit(projectId, 'samples_restored', samplesPayload(projectId, asked));
		});
		return group;
	}

	/** Puts a sample's archive into a status. What is available goes to the archive by itself, after days that the pace does not shorten. */
	moveArchive(sample: Sample, status: string): void {
		const { archivePeriodDays, archiveRestorePeriodDays } = this.state.organization;
		const days = { available: archivePeriodDays, restored: archiveRestorePeriodDays }[status];
		const cutoff = status === 'restored' ? this.clock.now() + archiveRestorePeriodDays * DAY_MS : null;
		const step = { id: randomUUID(), status, at: this.clock.now(), transitionCutoff: cutoff };
		sample.archive = [...(sample.archive ?? []), step];
		if (days === undefined) return;
		this.clock.after(days * DAY_MS, () => {
			if (sample.archive?.at(-1) === step) this.moveArchive(sample, 'archived');
		});
	}

	/** Has a batch's report made. */
	produce(batch: Batch): void {
		this.later(MS.queue, [batch], async () => {
			batch.history.push(this.state.step('running'));
			this.later(MS.batch, [batch], async () => await this.moveBatch(batch, batchOutcome(batch)));
		});
	}

	/** Puts a batch into a status, where it stays; a report is there when it succeeded. */
	async moveBatch(batch: Batch, status: string): Promise<void> {
		batch.history.push(this.state.step(status));
		if (status !== 'succeeded') return;
		batch.files = [newFile(batch.id, 'report-zip')];
		await this.webhooks.emit(batch.projectId, 'batch_final_report_complete_v2', batchPayload(batch));
	}

	/** Has the samples' VCF files merged. */
	merge(project: Project): void {
		this.later(MS.merge, [project.mergeJob!], async () => this.moveMerge(project, mergeOutcome(project)));
	}

	/** Puts the merging of a project's VCF files into a status, where it stays. */
	moveMerge(project: Project, status: string): void {
		const job = project.mergeJob!;
		job.history.push(this.state.step(status));
		job.upToDate = status === 'succeeded';
		if (!job.upToDate) return;
		project.files = [...project.files.filter(({ fileType }) => fileType !== 'impute-vcf-merged'), newFile(project.id, 'impute-vcf-merged')];
	}

	/** Has an instance of Explorer start or stop. */
	turn(instance: ExplorerInstance, on: boolean): void {
		const [under, then] = on ? (['starting', 'running'] as const) : (['stopping', 'stopped'] as const);
		instance.status = under;
		this.clock.after(MS.instance * this.pace, () => {
			if (instance.status === under) instance.status = then;
		});
	}

	private end(sample: Sample, status: string, note = ''): void {
		this.step(sample, status, note);
		if (!isDone(sample)) return;
		const project = this.state.projects.get(sample.projectId)!;
		sample.qualityControls = qualityControlsOf(status);
		sample.files = filesOf(sample, status === 'succeeded', project.capability === HUMAN);
		if (project.mergeJob && status === 'succeeded') project.mergeJob.upToDate = false;
		// from now on its days count
		if (archiveStatus(sample) === 'available') this.moveArchive(sample, 'available');
	}

	private step(sample: Sample, status: string, note = ''): void {
		sample.history.push(this.state.step(status, note));
		sample.modifiedAt = this.clock.now();
	}

	// all of one project
	private async announce(samples: Sample[]): Promise<void> {
		const [{ projectId }] = samples;
		await this.webhooks.emit(projectId, 'analysis_complete_v2', samplesPayload(projectId, samples));
	}

	// for those of the things that nobody has moved or deleted meanwhile: both leave a step
	private later<Thing extends Sample | Batch | NonNullable<Project['mergeJob']>>(ms: number, things: Thing[], step: (still: Thing[]) => Promise<void>): void {
		const before = new Map(things.map((thing) => [thing, thing.history.at(-1)]));
		this.clock.after(ms * this.pace, async () => {
			const still = things.filter((thing) => thing.history.at(-1) === before.get(thing));
			if (still.length > 0) await step(still);
		});
	}
}
