import { flag, locator, type Field } from '../shared/field';
import { PROJECT } from './api';

export const ORGANIZATION_PLACEHOLDER = 'e.g. 99999999-aaaa-4bbb-8ccc-000000000001';

export const PROJECT_PLACEHOLDER = 'e.g. 0f2d6c1e-3c55-4a0e-8f0e-6f0c2f0b7e01';

/** The project that an operation works in. */
export const projectId = locator('Project', { list: 'searchProjects', place: 'header', wire: PROJECT, default: '', idPlaceholder: PROJECT_PLACEHOLDER, description: 'Left empty, the project of the credential' });

/** Headers of a program's requests, by its values. */
export const inProject = ({ projectId: project }: { projectId: string }) => ({ [PROJECT]: project });

const named = (label: string, list: string, idPlaceholder: string) => locator(label, { list, place: 'path', required: true, idPlaceholder, description: 'From the list, or by the ID that iFlow shows, its short form in addresses, or its UUID' });

export const orderId = named('Order', 'searchOrders', 'e.g. ORD-12');

export const subjectId = named('Subject', 'searchSubjects', 'e.g. SUBJ-12');

export const sampleId = named('Sample', 'searchSamples', 'e.g. SMPL-12');

export const pipelineId = locator('Pipeline', { list: 'searchPipelines', place: 'path', required: true, idPlaceholder: 'e.g. 33333333-aaaa-4bbb-8ccc-000000000002', description: 'One of the pipelines that the project may use' });

/** A scope of pipelines beside the project. */
export const orgId = locator('Organization', { list: 'searchOrganizations', idPlaceholder: ORGANIZATION_PLACEHOLDER, description: 'Also pipelines of this organization' });

export const runId = locator('Run', { list: 'searchRuns', place: 'path', required: true, idPlaceholder: 'e.g. demo-reporter-0007', description: 'From the list, or by the ID that iFlow shows or its UUID' });

const uuid = flag('ID Is a UUID', { place: 'query', wire: 'lookup', description: 'Whether the ID is to be taken for a UUID alone, where another one may be named like it' });

/** How the ID of a thing of the miner service is to be read. */
export const lookup: Field<string | undefined, 'query'> = { ...uuid, unshown: undefined, read: (raw, reading) => (uuid.read(raw, reading) ? 'uuid' : undefined) };
