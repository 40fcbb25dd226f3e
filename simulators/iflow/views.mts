import type { Clock } from '../shared/clock.mts';
import { generationOf, wordIn } from './order-states.mts';
import type { Entity, FileRecord, Order, Pipeline, Project, Run, Sample, Subject, User } from './records.mts';
import { folderOf, uriOf } from './runs.mts';
import type { State } from './state.mts';

/** Records as answers show them. */
export class Views {
	private readonly state: State;
	private readonly clock: Clock;

	constructor(state: State, clock: Clock) {
		this.state = state;
		this.clock = clock;
	}

	project = ({ id, name, slug, orgId, shownBucket }: Project): object => ({ id, name, slug, org_id: orgId, org_name: this.state.organizations.get(orgId)!.name, bucket_name: shownBucket });

	/** Who somebody is; names, not ids, of what he sees. */
	whoami = (user: User): object => {
		const projects = this.state.projectsOf(user);
		const orgs = new Set(projects.map(({ orgId }) => this.state.organizations.get(orgId)!.name));
		const { email, role, name, ownerEmail } = user;
		return { email, role, name, is_machine_user: ownerEmail !== undefined, owner_email: ownerEmail ?? null, orgs: [...orgs], projects: projects.map((project) => project.name) };
	};

	/** The project that a user has chosen. */
	context = ({ id }: User): object => {
		const project = this.state.projects.get(this.state.contexts.get(id) ?? '');
		const organization = project && this.state.organizations.get(project.orgId);
		return { project_id: project?.id ?? null, project_name: project?.name ?? null, org_id: organization?.id ?? null, org_name: organization?.name ?? null };
	};

	pipeline = ({ createdAt, updatedAt, ...shown }: Pipeline): object => ({ ...shown, created_at: this.clock.timestamp(createdAt), updated_at: this.clock.timestamp(updatedAt) });

	/** An order under the keys of its generation (contract, section 15). */
	order = (order: Order): object => {
		const { displayId, fields } = order;
		const { mode, clinical_indication, ...common } = fields;
		const old = { name: displayId, indication: clinical_indication };
		const own = this.state.settings.profile === 'gen1' ? old : { order_id: displayId, display_id: displayId, ...old, mode, clinical_indication };
		return { id: order.id, project_id: order.projectId, ...own, status: wordIn(this.shownWords(), order.status), ...common, ...this.rest(order) };
	};

	subject = (subject: Subject): object => ({ id: subject.id, project_id: subject.projectId, ...this.ids('subject_id', subject), ...this.rest(subject) });

	sample = (sample: Sample): object => ({ id: sample.id, project_id: sample.projectId, subject_id: sample.subjectId, subject_display_id: this.state.subjects.get(sample.subjectId)!.displayId, ...this.ids('sample_id', sample), ...this.rest(sample) });

	/** A sample of an order; the oldest client needs a name and a status. */
	orderSample = (sample: Sample, role: string | null): object => ({ ...this.sample(sample), name: sample.displayId, status: 'active', role });

	/** A run in a list: without project and parameters. */
	runItem = (run: Run): object => {
		const { id, displayId, pipelineId, orderId, status, profile, errorMessage, tags, createdBy } = run;
		const project = this.state.projects.get(run.projectId)!;
		return {
			id,
			analysis_id: displayId,
			display_id: displayId,
			name: displayId,
			pipeline_id: pipelineId,
			order_id: orderId,
			status,
			container_image: this.state.pipelines.get(pipelineId)!.default_container_image,
			profile,
			job_id: status === 'queued' ? null : `job-${id.slice(-6)}`,
			output_path: status === 'succeeded' ? uriOf(project, folderOf(run)) : null,
			error_message: errorMessage,
			created_at: this.clock.timestamp(run.createdAt),
			started_at: this.time(run.startedAt),
			finished_at: this.time(run.finishedAt),
			created_by: createdBy,
			tags,
		};
	};

	run = (run: Run): object => ({ ...this.runItem(run), project_id: run.projectId, params: run.params, properties: run.properties });

	file = ({ id, sampleId, filename, path, tags, sizeBytes, createdAt }: FileRecord): object => ({ id, sample_id: sampleId, filename, storage_path: path, tags, size_bytes: sizeBytes, created_at: this.clock.timestamp(createdAt) });

	/** A time in milliseconds since 1970 as answers have it. */
	time = (at: number | null): string | null => (at === null ? null : this.clock.timestamp(at));

	// rows of the newest generation keep the words they have
	private shownWords() {
		const generation = generationOf(this.state.settings);
		return this.state.settings.profile === 'gen1' ? generation : { ...generation, same: {} };
	}

	private ids(key: string, { displayId }: Entity): object {
		return { [key]: displayId, display_id: displayId };
	}

	private rest({ tags, properties, createdAt, updatedAt, createdBy }: Entity): object {
		return { tags, properties, created_at: this.clock.timestamp(createdAt), updated_at: this.clock.timestamp(updatedAt), created_by: createdBy };
	}
}
