import { sha256 } from './content.mts';
import type { Capability, Project, Sample, Step, StoredFile, User } from './records.mts';
import type { State } from './state.mts';

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
