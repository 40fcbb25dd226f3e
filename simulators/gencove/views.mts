import { sha256 } from '../shared/content.mts';
import { QC_TYPES } from './quality.mts';
import type { Batch, Capability, ExplorerInstance, Manifest, MergeJob, Pipeline, Project, QualityControl, Sample, Step, StoredFile, Upload, User } from './records.mts';
import type { State } from './state.mts';
import { UPLOADS_BUCKET } from './uploads.mts';

/** The address under which a caller knows the server. */
export interface Caller {
	protocol: string;
	host: string;
}

/** The service's JSON of each thing. */
export class Views {
	private readonly state: State;
	private readonly timestamp: (at: number) => string;
	private readonly address: (file: StoredFile, caller: Caller) => string;

	/** @param address makes the presigned address of a file */
	constructor({ state, timestamp, address }: { state: State; timestamp: (at: number) => string; address: (file: StoredFile, caller: Caller) => string }) {
		this.state = state;
		this.timestamp = timestamp;
		this.address = address;
	}

	time(at: number): string {
		return this.timestamp(at);
	}

	status({ id, status, note, at }: Step) {
		return { id, status, note, created: this.timestamp(at) };
	}

	/** A status of batches and merged VCFs, which have no note. */
	plainStatus({ id, status, at }: Step) {
		return { id, status, created: this.timestamp(at) };
	}

	/** @param archived whether what it belongs to lies in the archive: then there is no address */
	file(file: StoredFile, caller: Caller, archived = false) {
		return {
			id: file.id,
			s3_path: `simulated/${file.id}/${file.name}`,
			size: file.sized ? file.content.length : null,
			download_url: archived ? null : this.address(file, caller),
			file_type: file.fileType,
			checksum_sha256: file.checked ? sha256(file.content) : '',
			shadow_mode: false,
		};
	}

	project(project: Project) {
		const samples = this.state.samplesOf(project);
		return {
			id: project.id,
			name: project.name,
			description: project.description,
			created: this.timestamp(project.createdAt),
			modified: this.timestamp(project.modifiedAt),
			hidden: project.hidden,
			organization: this.state.organization.id,
			organization_name: this.state.organization.name,
			sample_count: samples.length,
			hidden_sample_count: samples.filter(({ hidden }) => hidden).length,
			pipeline_capabilities: project.capability,
			project_modifications: project.modifications,
			roles: this.roles(),
			webhook_url: '',
			is_shared: project.shared,
			locked: project.locked,
		};
	}

	projectDetails(project: Project, caller: Caller) {
		return { ...this.project(project), files: project.files.map((file) => this.file(file, caller)) };
	}

	listedSample(sample: Sample) {
		return {
			id: sample.id,
			run: sample.run,
			created: this.timestamp(sample.createdAt),
			hidden: sample.hidden,
			modified: this.timestamp(sample.modifiedAt),
			client_id: sample.clientId,
			physical_id: sample.physicalId,
			legacy_id: sample.legacyId,
			last_status: this.status(sample.history.at(-1)!),
			archive_last_status: this.archiveStatus(sample),
			failed_qc: sample.qualityControls.filter(({ status }) => status === 'failed').map(({ key }) => key),
		};
	}

	sample(sample: Sample, caller: Caller) {
		const { failed_qc: _, ...listed } = this.listedSample(sample);
		const archived = ['archived', 'restore_requested'].includes(sample.archive?.at(-1)?.status ?? '');
		return { ...listed, project: sample.projectId, files: sample.files.map((file) => this.file(file, caller, archived)) };
	}

	// its date has a form of its own: a blank in place of T, an offset in place of Z (recordings of samples)
	private archiveStatus({ archive }: Sample) {
		if (archive === null) return null;
		const { id, status, at, transitionCutoff } = archive.at(-1)!;
		return {
			id,
			status,
			created: this.timestamp(at).replace('T', ' ').replace('Z', '+00:00'),
			transition_cutoff: transitionCutoff === null ? null : this.timestamp(transitionCutoff),
		};
	}

	qualityControl({ key, expected, measured, text, status }: QualityControl) {
		const quality_control = { value_expected: expected, value_measured: measured, value_string: text, status };
		return { quality_control_type: this.qualityControlType(key), quality_control };
	}

	qualityControlType(key: string) {
		return { key, ...QC_TYPES[key] };
	}

	/** A batch as the answer to its creation has it. */
	newBatch({ id, name, batchType, history }: Batch) {
		return { id, name, batch_type: batchType, last_status: this.plainStatus(history.at(-1)!) };
	}

	batch(batch: Batch, caller: Caller) {
		return { ...this.newBatch(batch), files: batch.files.map((file) => this.file(file, caller)) };
	}

	mergeJob({ id, createdAt, userId, history, upToDate }: MergeJob) {
		return { id, created: this.timestamp(createdAt), user: userId, last_status: this.plainStatus(history.at(-1)!), up_to_date: upToDate };
	}

	manifest({ id, file, createdAt }: Manifest, project: Project, caller: Caller) {
		return { id, file_name: file.name, file: this.file(file, caller), project: project.id, created: this.timestamp(createdAt) };
	}

	/** An upload as the calls show it that make one. */
	newUpload({ id, destinationPath, objectName, history }: Upload) {
		return { id, destination_path: destinationPath, s3: { bucket: UPLOADS_BUCKET, object_name: objectName }, last_status: history.length > 0 ? this.status(history.at(-1)!) : null };
	}

	/** An upload in a row of the sample sheet. */
	sheetUpload({ id, destinationPath, history, sourceUrl }: Upload) {
		return { upload: id, destination_path: destinationPath, last_status: this.status(history.at(-1)!), ...(sourceUrl !== null && { source_url: sourceUrl }) };
	}

	instance({ id, status, stopAfterInactivityHours }: ExplorerInstance) {
		return { id, status, stop_after_inactivity_hours: stopAfterInactivityHours };
	}

	pipeline({ id, version }: Pipeline) {
		return { id, version };
	}

	pipelineDetails(pipeline: Pipeline) {
		const capabilities = this.state.capabilities.filter(({ id }) => pipeline.capabilities.includes(id));
		return { ...this.pipeline(pipeline), capabilities: capabilities.map((one) => ({ ...this.capability(one), version: pipeline.version })) };
	}

	capability(capability: Capability) {
		return {
			id: capability.id,
			name: capability.name,
			key: capability.key,
			private: capability.private,
			merge_vcfs_enabled: capability.mergeVcfs,
			supported_project_modifications: capability.modifications,
			modifications_enabled: capability.modifications.length > 0,
			species: capability.species,
			pipeline_category: capability.category,
			description_markdown: capability.description,
			datasets: null,
			steps: null,
		};
	}

	organization() {
		const { organization } = this.state;
		return {
			id: organization.id,
			name: organization.name,
			expire_uploads_period_days: organization.expireUploadsPeriodDays,
			archive_period_days: organization.archivePeriodDays,
			archive_restore_period_days: organization.archiveRestorePeriodDays,
			roles: this.roles(),
			uploads_enabled: true,
			delete_samples_enabled: true,
			project_sharing_enabled: true,
			account_on_hold: false,
			organization_type: 'enterprise',
		};
	}

	user({ id, email, name, createdAt }: User) {
		return { id, email, name, uploads_enabled: true, explorer_enabled: true, created: this.timestamp(createdAt), is_support: false };
	}

	organizationUser(user: User) {
		const { id, email, name, active, otp } = user;
		return { id, email, is_active: active, has_mfa_device: otp !== null, name, roles: this.roles(user), is_support: false };
	}

	// projects and the organization show the role of the owner, whoever asks
	private roles({ id, role }: User = this.state.users[0]) {
		return { organization: { id: roleId(id), name: role } };
	}
}

/** Id of a user's role in the organization. */
export const roleId = (userId: string): string => `e${userId.slice(1)}`;
