import { id } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { ID_PLACEHOLDER } from '../../fields';

export const encodeId = request({
	name: 'Encode ID',
	action: 'Encode ID on server',
	description: 'Turn the number that a thing has in the database into its ID (administrators only)',
	request: 'GET api/configuration/encode/{decodedId}',
	fields: { decodedId: id('Number', { placeholder: 'e.g. 42' }) },
});

export const decodeId = request({
	name: 'Decode ID',
	action: 'Decode ID on server',
	description: 'Turn an ID into the number that the thing has in the database (administrators only)',
	request: 'GET api/configuration/decode/{encodedId}',
	fields: { encodedId: id('ID', { placeholder: ID_PLACEHOLDER }) },
});

export const getDynamicToolConfigs = request({
	name: 'Get Dynamic Tool Configs',
	action: 'Get dynamic tool configs of server',
	description: 'Retrieve a list of the files that name the tools of the server (administrators only)',
	request: 'GET api/configuration/dynamic_tool_confs',
	fields: {},
});

export const getToolLineages = request({
	name: 'Get Tool Lineages',
	action: 'Get tool lineages of server',
	description: 'Retrieve which versions each tool of the server has (administrators only)',
	request: 'GET api/configuration/tool_lineages',
	fields: {},
});

export const reloadToolbox = request({
	name: 'Reload Toolbox',
	action: 'Reload toolbox of server',
	description: 'Let the server read its tools again (administrators only)',
	request: 'PUT api/configuration/toolbox',
	fields: {},
});
