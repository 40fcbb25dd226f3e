import type { IDataObject } from 'n8n-workflow';

import { choice, flag, locator } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { ID_PLACEHOLDER, workflowId } from '../../fields';
import { instance, version, withId } from './fields';

const TYPES: Record<string, { name: string; mimeType: string }> = {
	format2: { name: 'workflow.gxwf.yml', mimeType: 'application/yaml' },
	other: { name: 'workflow.ga', mimeType: 'application/json' },
};

export const download = program({
	name: 'Download',
	action: 'Download workflow',
	description: 'Fetch the definition of a workflow, as a file or as JSON',
	effect: 'read',
	filesOut: true,
	fields: {
		workflowId,
		style: choice('Style', [
			{ name: 'Editor', value: 'editor', description: 'As the editor of Galaxy has it' },
			{ name: 'Export', value: 'export', description: 'The format that the server prefers' },
			{ name: 'Format 2', value: 'format2', description: 'YAML that people can read; JSON where it is given out as JSON' },
			{ name: 'GA', value: 'ga', description: 'The usual format, .ga' },
			{ name: 'Instance', value: 'instance', description: 'As "Get" has it' },
			{ name: 'Run', value: 'run', description: 'The form for running it; needs "History"' },
		], { place: 'query', default: 'ga' }),
		as: choice('Give Out', [{ name: 'File', value: 'file' }, { name: 'JSON', value: 'json' }], { place: 'none', default: 'file' }),
		historyId: locator('History', { list: 'searchHistories', idPlaceholder: ID_PLACEHOLDER, description: 'Whose datasets the form for running offers' }),
		instance,
		preserveExternalSubworkflowLinks: flag('Keep Links to Subworkflows', { description: 'Whether workflows inside stay links where they came from elsewhere' }),
		version,
	},
	async run({ connection, values, download: fetch }) {
		const { workflowId: id, style, as, historyId, instance: isInstance, preserveExternalSubworkflowLinks, version: number } = values;
		// without it Format 2 is YAML
		const format = style === 'format2' && as === 'file' ? undefined : 'json-download';
		const query = { style, format, history_id: historyId, instance: isInstance, preserve_external_subworkflow_links: preserveExternalSubworkflowLinks, version: number };
		const line = 'GET api/workflows/{id}/download';
		if (as === 'file') return await fetch(line, { path: { id }, query }, TYPES[style] ?? TYPES.other);
		const answer = (await connection.send(line, { path: { id }, query })) as IDataObject;
		return { json: style === 'instance' ? withId(answer, id) : answer };
	},
});
