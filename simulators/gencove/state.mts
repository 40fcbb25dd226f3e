import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { notFound } from './errors.mts';
import { isUuid } from './fields.mts';
import { INPUT_TYPES, newFile } from './files.mts';
import type { Autoimport, Batch, Capability, ExplorerInstance, Notification, Organization, Pipeline, Project, Sample, Step, StoredFile, Subscription, Upload, User } from './records.mts';
import { CAPABILITIES, explorerInstance, organization, PIPELINES, seededProjects, seededSamples, users } from './seeds.mts';
import { DEFAULTS } from './settings.mts';
import type { Settings } from './settings.mts';

/** Everything the simulated service remembers of its one organization, except keys, tokens and what lies in its storage. */
export class State {
	settings: Settings = DEFAULTS;
	organization: Organization = organization();
	users: User[] = [];
	readonly capabilities: Capability[] = [];
	readonly pipelines: Pipeline[] = [];
	readonly projects = new Map<string, Project>();
	readonly samples = new Map<string, Sample>();
	readonly batches = new Map<string, Batch>();
	readonly uploads = new Map<string, Upload>();
	readonly instances = new Map<string, ExplorerInstance>();
	readonly subscriptions = new Map<string, Subscription>();
	readonly notifications = new Map<string, Notification>();
	/** samples that were asked back from the archive together */
	readonly restoreGroups = new Map<string, { id: string; projectId: string; createdAt: number; sampleIds: string[] }>();
	/** files that belong to nothing else: bodies of webhooks, reports */
	readonly looseFiles = new Map<string, StoredFile>();
	s3Autoimports: Autoimport[] = [];
	baseSpaceAutoimports: Autoimport[] = [];
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
		this.reset();
	}

	/** Back to the seeds. */
	reset(): void {
		this.settings = DEFAULTS;
		this.organization = organization();
		this.users = users();
		this.capabilities.splice(0, Infinity, ...CAPABILITIES);
		this.pipelines.splice(0, Infinity, ...PIPELINES);
		for (const all of [this.projects, this.samples, this.batches, this.uploads, this.instances, this.subscriptions, this.notifications, this.restoreGroups, this.looseFiles]) all.clear();
		for (const project of seededProjects()) this.projects.set(project.id, project);
		for (const sample of seededSamples()) this.samples.set(sample.id, sample);
		const instance = explorerInstance();
		this.instances.set(instance.id, instance);
		this.s3Autoimports = [];
		this.baseSpaceAutoimports = [];
	}

	/** A status that begins now. */
	step(status: string, note = ''): Step {
		return { id: randomUUID(), status, note, at: this.clock.now() };
	}

	/** A new sample that stands in a status. @param inputs what came in; made up where it is not given */
	addSample(project: Project, { clientId, metadata, inputs, status }: { clientId: string; metadata: unknown; inputs?: StoredFile[]; status: string }): Sample {
		const [id, now] = [randomUUID(), this.clock.now()];
		const sample: Sample = {
			id,
			projectId: project.id,
			run: randomUUID(),
			createdAt: now,
			modifiedAt: now,
			hidden: false,
			clientId,
			physicalId: '',
			legacyId: '',
			history: [this.step(status)],
			archive: [{ id: randomUUID(), status: 'available', at: now, transitionCutoff: null }],
			qualityControls: [],
			metadata,
			files: inputs ?? INPUT_TYPES.map((type) => newFile(id, type)),
		};
		this.samples.set(id, sample);
		return sample;
	}

	/** Takes samples away for good; what was to become of them does not. */
	deleteSamples(samples: Sample[]): void {
		for (const sample of samples) {
			sample.history.push(this.step('deleted'));
			this.samples.delete(sample.id);
		}
	}

	/** Takes a project away for good, with all that is in it. */
	deleteProject(project: Project): void {
		this.deleteSamples(this.samplesOf(project));
		for (const batch of this.batches.values()) if (batch.projectId === project.id) this.batches.delete(batch.id);
		for (const one of this.subscriptions.values()) if (one.projectId === project.id) this.subscriptions.delete(one.id);
		this.s3Autoimports = this.s3Autoimports.filter(({ projectId }) => projectId !== project.id);
		this.baseSpaceAutoimports = this.baseSpaceAutoimports.filter(({ projectId }) => projectId !== project.id);
		this.projects.delete(project.id);
	}

	/** The file with an id, whatever it belongs to. */
	file(id: string): StoredFile | undefined {
		const owners = [this.samples, this.projects, this.batches].flatMap((all) => [...all.values()]);
		const manifests = [...this.projects.values()].flatMap((project) => project.manifests);
		for (const { files } of owners) {
			const found = files.find((file) => file.id === id);
			if (found) return found;
		}
		return manifests.find(({ file }) => file.id === id)?.file ?? this.looseFiles.get(id);
	}

	/** Samples of a project, in the order they came to it. */
	samplesOf(project: Project): Sample[] {
		return [...this.samples.values()].filter(({ projectId }) => projectId === project.id);
	}
}

/**
 * What an id stands for.
 *
 * @param id as the path or a body has it, in any case
 * @param otherwise what is thrown when it stands for nothing; by default 404
 */
export function find<Thing>(things: Map<string, Thing>, id: string, otherwise: () => Error = notFound): Thing {
	const thing = isUuid(id) ? things.get(id.toLowerCase()) : undefined;
	if (!thing) throw otherwise();
	return thing;
}
