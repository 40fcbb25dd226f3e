import type { IDataObject } from 'n8n-workflow';

import { program, request } from '../../../shared/operation';
import { toolId } from '../../fields';
import { toolUuid, toolVersion } from '../../running/runs';
import { textOf } from '../../running/texts';

export const getRequestSchema = request({
	name: 'Get Request Schema',
	action: 'Get request schema of tool',
	description: 'Retrieve the JSON schema of the inputs that Run (Async Request) takes',
	request: 'GET api/tools/{+toolId}/parameter_request_schema',
	fields: { toolId, toolVersion },
});

export const getCitations = request({
	name: 'Get Citations',
	action: 'Get citations of tool',
	description: 'Retrieve what to cite when the tool was used, in BibTeX',
	request: 'GET api/tools/{+toolId}/citations',
	fields: { toolId },
});

export const getXrefs = request({
	name: 'Get Xrefs',
	action: 'Get xrefs of tool',
	description: 'Retrieve the entries of other catalogs about a tool',
	request: 'GET api/tools/{+toolId}/xrefs',
	fields: { toolId },
});

export const getTestData = request({
	name: 'Get Test Data',
	action: 'Get test data of tool',
	description: 'Retrieve the tests of a tool: inputs, and the outputs that must come of them',
	request: 'GET api/tools/{+toolId}/test_data',
	fields: { toolId, toolVersion: { ...toolVersion, property: { ...toolVersion.property, description: 'The newest one when left empty; * for all' } } },
});

export const getSource = program({
	name: 'Get Source',
	action: 'Get source of tool',
	description: 'Retrieve the definition of a tool as text, where the server shows it or for administrators',
	effect: 'read',
	fields: { toolId: { ...toolId, place: 'none' as const }, toolUuid: { ...toolUuid, place: 'none' as const }, toolVersion: { ...toolVersion, place: 'none' as const } },
	async run({ connection, values: { toolId: id, toolUuid: uuid, toolVersion: version } }) {
		const { text, headers } = await textOf(connection, 'GET api/tools/{+id}/raw_tool_source', { path: { id }, query: { tool_uuid: uuid, tool_version: version } });
		return { json: { tool_id: id, language: headers.language, text } as IDataObject };
	},
});

const lastPartOf = (id: string) => id.split('/').slice(-2)[0];

export const getIcon = request({
	name: 'Get Icon',
	action: 'Get icon of tool',
	description: 'Fetch the picture of a tool, where it has one',
	request: 'GET api/tools/{+toolId}/icon',
	fields: { toolId },
	file: ({ toolId: id }) => ({ name: `${lastPartOf(id)}.png`, mimeType: 'image/png' }),
});

export const downloadArchive = request({
	name: 'Download Archive',
	action: 'Download archive of tool',
	description: 'Fetch the files of a tool, administrators only',
	request: 'GET api/tools/{+toolId}/download',
	fields: { toolId },
	file: ({ toolId: id }) => ({ name: `${lastPartOf(id)}.tgz`, mimeType: 'application/gzip' }),
});
