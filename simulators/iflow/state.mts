import { randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import { conflict, notFound } from './errors.mts';
import { slugOf } from './names.mts';
import type { CallbackTry, Entity, FileRecord, Labflow, Order, Organization, Pipeline, Project, Run, Sample, Subject, User } from './records.mts';
import { fill } from './fixture.mts';
import { DEFAULTS } from './settings.mts';
import type { Settings } from './settings.mts';

const PREFIXES = { orders: 'ORD', subjects: 'SUBJ', samples: 'SMPL' };
const NAMES = { orders: 'Order', subjects: 'Subject', samples: 'Sample', runs: 'Analysis' };

interface Kinds {
	orders: Order;
	subjects: Subject;
	samples: Sample;
	runs: Run;
}

/** Everything the simulated service remembers, but for the bytes of its objects. */
export class State {
	readonly organizations = new Map<string, Organization>();
	readonly projects = new Map<string, Project>();
	readonly orders = new Map<string, Order>();
	readonly subjects = new Map<string, Subject>();
	readonly samples = new Map<string, Sample>();
	readonly runs = new Map<string, Run>();
	readonly pipelines = new Map<string, Pipeline>();
	readonly labflows = new Map<string, Labflow>();
	readonly fileRecords = new Map<string, FileRecord>();
	/** projects that users have chosen, by user */
	readonly contexts = new Map<string, string | null>();
	callbacks: CallbackTry[] = [];
	settings: Settings;
	private readonly initial: Settings;
	private readonly clock: Clock;
	private readonly numbers = new Map<string, number>();

	constructor(clock: Clock, settings: Partial<Settings> = {}) {
		this.clock = clock;
		this.initial = { ...DEFAULTS, ...settings };
		this.settings = this.initial;
		this.reset();
	}

	/** Back to the seeds, and to the settings of the start. */
	reset(): void {
		for (const map of [this.organizations, this.projects, this.orders, this.subjects, this.samples, this.runs, this.pipelines, this.labflows, this.fileRecords, this.contexts, this.numbers]) map.clear();
		this.callbacks = [];
		this.settings = this.initial;
		fill(this);
	}

	/** The entities of a kind in a project, newest first. */
	in<Kind extends keyof Kinds>(kind: Kind, projectId: string): Array<Kinds[Kind]> {
		return [...(this[kind] as Map<string, Kinds[Kind]>).values()].filter((one) => one.projectId === projectId).reverse();
	}

	/**
	 * An entity of a project by its UUID, display id or slug.
	 *
	 * @param lookup `uuid` reads the id as a UUID only
	 * @throws ApiError 404
	 */
	find<Kind extends keyof Kinds>(kind: Kind, projectId: string, id: string, lookup?: string): Kinds[Kind] {
		const found = this.search(kind, projectId, id, lookup);
		if (!found) throw notFound(NAMES[kind]);
		return found;
	}

	private search<Kind extends keyof Kinds>(kind: Kind, projectId: string, id: string, lookup?: string): Kinds[Kind] | undefined {
		const known = (this[kind] as Map<string, Kinds[Kind]>).get(id.toLowerCase());
		if (known?.projectId === projectId) return known;
		if (lookup === 'uuid') return undefined;
		const all = this.in(kind, projectId);
		return all.find(({ displayId }) => displayId === id) ?? all.find(({ displayId }) => slugOf(displayId) === id);
	}

	/** What every new entity has; throws ApiError 409 when another of its kind in the project has its display id. */
	newEntity(kind: keyof Kinds, { projectId, displayId, by, tags, properties }: { projectId: string; displayId: string; by: User; tags?: string[] | null; properties?: Record<string, unknown> | null }): Entity {
		this.checkDisplayId(kind, projectId, displayId);
		const now = this.clock.now();
		return { id: randomUUID(), projectId, displayId, tags: tags ?? [], properties: properties ?? {}, createdAt: now, updatedAt: now, createdBy: by.id };
	}

	checkDisplayId(kind: keyof Kinds, projectId: string, displayId: string, own?: Entity): void {
		const taken = this.in(kind, projectId).some((other) => other !== own && other.displayId === displayId);
		if (taken) throw conflict(`${NAMES[kind]} with display_id '${displayId}' already exists in this project`);
	}

	/** A display id that nothing of the kind in the project has: `ORD-1`, say. */
	newDisplayId(kind: keyof typeof PREFIXES, projectId: string): string {
		const taken = new Set(this.in(kind, projectId).map(({ displayId }) => displayId));
		const key = `${kind} ${projectId}`;
		for (;;) {
			const number = (this.numbers.get(key) ?? 0) + 1;
			this.numbers.set(key, number);
			const displayId = `${PREFIXES[kind]}-${number}`;
			if (!taken.has(displayId)) return displayId;
		}
	}

	/** Removes a sample and what links to it. */
	removeSample({ id }: Sample): void {
		this.samples.delete(id);
		for (const order of this.orders.values()) order.samples.delete(id);
		for (const record of this.fileRecords.values()) if (record.sampleId === id) this.fileRecords.delete(record.id);
	}

	/** Removes a subject, and its samples with it. */
	removeSubject({ id }: Subject): void {
		for (const sample of this.samples.values()) if (sample.subjectId === id) this.removeSample(sample);
		this.subjects.delete(id);
	}

	/** The projects that a user sees, in the order of the seeds. */
	projectsOf({ roles }: User): Project[] {
		return [...this.projects.values()].filter(({ id }) => roles[id] !== undefined);
	}

	/** An entity in one of some projects, by its UUID, display id or slug; throws ApiError 404. */
	findIn<Kind extends keyof Kinds>(kind: Kind, projects: Project[], id: string): Kinds[Kind] {
		for (const project of projects) {
			const found = this.search(kind, project.id, id);
			if (found) return found;
		}
		throw notFound(NAMES[kind]);
	}

	touch(entity: Entity): void {
		entity.updatedAt = this.clock.now();
	}
}
