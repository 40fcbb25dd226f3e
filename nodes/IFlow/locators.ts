import type { IDataObject } from 'n8n-workflow';

import { searchList, type Given } from '../shared/locator';
import { api, PROJECT } from './api';
import { nameOf } from './names';
import { pages, whole } from './pages';

const headers = (given: Given) => ({ [PROJECT]: given('projectId') ?? '' });

/** Things of the chosen project, found by what they are called. */
const ofProject = (line: string, label: (row: IDataObject) => string) => searchList(api, { line, pages, headers, search: 'search', label });

const version = (row: IDataObject) => String(row.version);

/** Versions of the pipeline whose slug is given in another field. */
const versionsOf = (field: string, shown: string) => searchList(api, { line: 'GET compute/pipelines/slug/{slug}/versions', pages: whole, path: (chosen) => ({ slug: chosen(field, shown) }), headers, label: version, value: version });

/** The searchable lists of the editor. */
export const locators = {
	searchOrganizations: searchList(api, { line: 'GET admin/orgs', pages: whole, label: ({ name }) => String(name) }),
	searchProjects: searchList(api, { line: 'GET admin/projects', pages: whole, label: ({ name, org_name: organization }) => `${String(name)} (${String(organization)})` }),
	searchOrders: ofProject('GET miner/orders', (row) => `${nameOf(row, 'order_id')} (${String(row.status)})`),
	searchSubjects: ofProject('GET miner/subjects', (row) => nameOf(row, 'subject_id')),
	searchSamples: ofProject('GET miner/samples', (row) => `${nameOf(row, 'sample_id')}${row.subject_display_id ? ` (${String(row.subject_display_id)})` : ''}`),
	searchLabflows: searchList(api, { line: 'GET miner/labflows', pages: whole, headers, label: ({ name, version, scope }) => `${String(name)} ${String(version)} (${String(scope)})` }),
	searchPipelines: searchList(api, { line: 'GET compute/pipelines', pages: whole, headers, label: ({ name, version }) => `${String(name)} ${String(version)}` }),
	searchPipelineVersions: versionsOf('pipelineId', 'Pipeline'),
	searchSlugVersions: versionsOf('slug', 'Slug'),
	searchOutputs: searchList(api, { line: 'GET compute/runs/{runId}/outputs', pages: whole, path: (chosen) => ({ runId: chosen('runId', 'Run') }), headers, label: ({ name, display_name: shown }) => String(shown ?? name), value: ({ name }) => String(name) }),
	searchRuns: searchList(api, { line: 'GET compute/runs', pages, headers, label: (row) => `${nameOf(row, 'analysis_id')} (${String(row.status)})` }),
};
