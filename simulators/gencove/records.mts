import type { Content } from '../shared/content.mts';

/** One status that a thing was in. */
export interface Step {
	id: string;
	status: string;
	note: string;
	/** milliseconds since 1970 */
	at: number;
}

/** One step of a sample's archive. */
export interface ArchiveStep extends Omit<Step, 'note'> {
	/** when a restored sample goes back to the archive */
	transitionCutoff: number | null;
}

/** A file that can be downloaded. */
export interface StoredFile {
	id: string;
	/** what the service calls it when it is downloaded */
	name: string;
	fileType: string;
	content: Content;
	/** whether the service tells its size */
	sized: boolean;
	/** whether the service has a checksum of it */
	checked: boolean;
	/** its addresses answer 403 from now on, whatever they say themselves */
	expired: boolean;
}

export interface Project {
	id: string;
	name: string;
	description: string;
	createdAt: number;
	modifiedAt: number;
	hidden: boolean;
	locked: boolean;
	shared: boolean;
	/** id of a pipeline capability */
	capability: string;
	modifications: Modification[];
	files: StoredFile[];
	manifests: Manifest[];
	mergeJob: MergeJob | null;
}

export interface Modification {
	key: string;
	value: boolean;
}

export interface Sample {
	id: string;
	projectId: string;
	run: string | null;
	createdAt: number;
	modifiedAt: number;
	hidden: boolean;
	clientId: string;
	physicalId: string;
	legacyId: string;
	history: Step[];
	/** null: the service tells nothing of its archive */
	archive: ArchiveStep[] | null;
	qualityControls: QualityControl[];
	metadata: unknown;
	files: StoredFile[];
}

export interface QualityControl {
	key: string;
	expected: number | null;
	measured: number | null;
	text: string;
	status: 'succeeded' | 'failed' | 'skipped';
}

export interface Manifest {
	id: string;
	file: StoredFile;
	createdAt: number;
	/** client ids that it allows */
	clientIds: string[];
}

export interface MergeJob {
	id: string;
	userId: string;
	createdAt: number;
	history: Step[];
	upToDate: boolean;
}

export interface Batch {
	id: string;
	projectId: string;
	name: string;
	batchType: string;
	sampleIds: string[];
	history: Step[];
	files: StoredFile[];
}

export interface Upload {
	id: string;
	destinationPath: string;
	source: 'cli' | 'cli url' | 'basespace' | 's3' | 'array data';
	sourceUrl: string | null;
	userId: string;
	createdAt: number;
	modifiedAt: number;
	/** empty while the service has not made up its mind */
	history: Step[];
	deleted: boolean;
	clientId: string;
	read: 'r1' | 'r2';
	/** key in the bucket of uploads */
	objectName: string;
	content: Content | null;
	/** the sample that it was assigned to */
	sampleId: string | null;
}

export interface Capability {
	id: string;
	name: string;
	key: string;
	private: boolean;
	mergeVcfs: boolean;
	modifications: Modification[];
	species: string | null;
	category: string | null;
	description: string | null;
	batchTypes: string[];
}

export interface Pipeline {
	id: string;
	version: string;
	createdAt: number;
	capabilities: string[];
}

export interface User {
	id: string;
	email: string;
	password: string;
	name: string;
	createdAt: number;
	active: boolean;
	/** the code of the second factor, where there is one; always the same */
	otp: string | null;
	/** role in the organization */
	role: 'owner' | 'member';
}

export interface Organization {
	id: string;
	name: string;
	expireUploadsPeriodDays: number;
	archivePeriodDays: number;
	archiveRestorePeriodDays: number;
	explorerOverrideInactivity: boolean;
	explorerInactivityHours: number;
}

export interface ExplorerInstance {
	id: string;
	status: 'running' | 'stopped' | 'stopping' | 'starting';
	stopAfterInactivityHours: number | null;
}

/** Uploads that are to be taken by themselves, from a place in S3 or BaseSpace projects with a text in their name. */
export interface Autoimport {
	id: string;
	projectId: string;
	/** an address in S3, or a text */
	source: string;
	metadata: unknown;
}

export interface Subscription {
	id: string;
	projectId: string;
	name: string;
	target: string;
	protocol: 'webhook' | 'email';
	eventTypes: string[];
	secret: string | null;
	createdAt: number;
}

/** A webhook on its way, or sent. */
export interface Notification {
	id: string;
	subscriptionId: string;
	eventType: string;
	createdAt: number;
	/** the exact text that was sent */
	body: string;
	attempts: Array<{ at: string; signature: string | null; status?: number; error?: string }>;
	state: 'under way' | 'delivered' | 'given up';
	responseStatus: number | null;
	responseMessage: string | null;
}

/** Where a thing that moves through statuses stands now. */
export const current = ({ history }: { history: Step[] }): string => history[history.length - 1].status;
