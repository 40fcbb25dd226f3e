import { locator } from '../../shared/field';

/** Projects and samples of the first generation are others than those of today's API, so their parameters have names of their own. */
export const projectId = locator('Project', { list: 'searchLegacyProjects', place: 'path', required: true, idPlaceholder: 'e.g. 101', description: 'A project of the first generation' });

export const sampleId = locator('Sample', { list: 'searchLegacySamples', place: 'path', required: true, idPlaceholder: 'e.g. 1001', description: 'A sample of the project' });
