import type { Content } from '../shared/content.mts';

/** Rights of a user in a project, each with those before it; a demo viewer's are smaller than a viewer's. */
export type Role = 'demo_viewer' | 'project_viewer' | 'project_editor' | 'project_admin';

export interface User {
	id: string;
	email: string;
	name: string;
	/** as `whoami` shows it */
	role: string;
	/** of a machine user, to whom personal access tokens belong */
	ownerEmail?: string;
	/** by project id */
	roles: Record<string, Role>;
}

export interface Organization {
	id: string;
	name: string;
	slug: string;
}

export interface Project {
	id: string;
	name: string;
	slug: string;
	orgId: string;
	backend: 'gcs' | 's3';
	/** where its objects lie */
	bucket: string;
	/** as answers show it: with or without a scheme, or not at all */
	shownBucket: string | null;
	/** before the keys of its objects; empty or with a slash at its end */
	prefix: string;
}

/** What orders, subjects, samples and runs have in common. */
export interface Entity {
	id: string;
	projectId: string;
	displayId: string;
	tags: string[];
	properties: Record<string, unknown>;
	/** milliseconds since 1970 */
	createdAt: number;
	updatedAt: number;
	createdBy: string;
}

/** Fields of an order that a request may set, under the names of the newest generation. */
export interface OrderFields {
	mode: string | null;
	priority: string;
	accession_number: string | null;
	external_id: string | null;
	description: string | null;
	clinical_indication: string | null;
	test_type: string | null;
	ordering_provider: string | null;
	ordering_facility: string | null;
	received_date: string | null;
	due_date: string | null;
}

export interface Order extends Entity {
	/** the word that was sent, of whatever generation */
	status: string;
	fields: OrderFields;
	/** roles of its samples by their ids, in the order in which they were added */
	samples: Map<string, string | null>;
	labflowId: string | null;
	lastTransition: { from: string; to: string; at: number; by: string } | null;
}

export type Subject = Entity;

export interface Sample extends Entity {
	/** id of the subject */
	subjectId: string;
}

export interface Pipeline {
	id: string;
	name: string;
	slug: string;
	version: string;
	description: string | null;
	source_type: string;
	source_url: string;
	execution_mode: string;
	default_profile: string;
	default_container_image: string | null;
	scope: string;
	org_id: string | null;
	project_id: string | null;
	is_active: boolean;
	tags: string[];
	properties: Record<string, unknown>;
	createdAt: number;
	updatedAt: number;
}

export interface Run extends Entity {
	pipelineId: string;
	/** id of the order */
	orderId: string | null;
	status: string;
	params: Record<string, unknown>;
	profile: string | null;
	callbackUrl: string | null;
	/** address of the simulator as its submitter knows it, for signed addresses */
	base: string;
	errorMessage: string | null;
	startedAt: number | null;
	finishedAt: number | null;
}

/** A file of a sample, as the web pages list it. */
export interface FileRecord {
	id: string;
	projectId: string;
	sampleId: string;
	filename: string;
	path: string;
	tags: string[];
	sizeBytes: number | null;
	createdAt: number;
}

export interface StoredObject {
	content: Content;
	contentType: string;
	modifiedAt: number;
}

export interface Labflow {
	id: string;
	name: string;
	version: number;
	scope: 'system' | 'org' | 'project';
	/** of the organization or the project that it belongs to */
	ownerId: string | null;
	is_immutable: boolean;
}

/** One try to call back whom the submitter of a run named. */
export interface CallbackTry {
	run_id: string;
	url: string;
	at: string;
	body: unknown;
	/** of the answer; absent when none came */
	status?: number;
	error?: string;
}
