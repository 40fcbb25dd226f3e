import type { IDataObject } from 'n8n-workflow';

import { flag, json, locator, number, text } from '../../../shared/field';
import { each } from '../../../shared/each';
import { program, request, type OutputItem } from '../../../shared/operation';
import { wholeList } from '../../../shared/pages';
import { Problem } from '../../../shared/problem';
import { ID_PLACEHOLDER, toolId } from '../../fields';
import { toolUuid, toolVersion } from '../../running/runs';

/** The most useful fields of a tool. */
const simplify = ['id', 'name', 'version', 'description', 'panel_section_name', 'versions', 'labels', 'xrefs', 'inputs', 'outputs'];

const panelView = locator('Panel View', { list: 'searchPanelViews', wire: 'view', idPlaceholder: 'e.g. default', description: 'How the tools are put into sections; as the server does by itself when left empty' });

const toolHelp = flag('Help', { description: 'Whether to give out the help of each tool' });

const contains = (value: unknown, part: string) => String(value ?? '').toLowerCase().includes(part.toLowerCase());

export const getAll = request({
	name: 'Get Many',
	action: 'Get many tools',
	description: 'Retrieve a list of the tools of the server',
	request: 'GET api/tools?in_panel=false',
	pages: wholeList,
	simplify,
	fields: {
		contains: text('Name Contains', { place: 'none', description: 'Part of the name, the description or the ID' }),
		section: text('Section Contains', { place: 'none', description: 'Part of the name of the section in the tool panel' }),
		toolHelp,
	},
	keep: ({ id, name, description, panel_section_name: section }, { contains: part = '', section: wanted = '' }) =>
		[name, description, id].some((value) => contains(value, part)) && contains(section, wanted),
});

export const getPanel = request({
	name: 'Get Panel',
	action: 'Get panel of tools',
	description: 'Retrieve the sections of the tool panel with their tools, as Galaxy shows them',
	request: 'GET api/tools?in_panel=true',
	fields: { panelView, toolHelp },
});

export const getPanelViews = request({
	name: 'Get Panel Views',
	action: 'Get panel views of tools',
	description: 'Retrieve the ways in which the server puts its tools into sections',
	request: 'GET api/tool_panels',
	fields: {},
	unwrap: ({ default_panel_view: usual, views }: { default_panel_view: string; views: Record<string, IDataObject> }) => Object.values(views).map((view) => ({ ...view, is_default: view.id === usual })),
});

export const getPanelView = request({
	name: 'Get Panel View',
	action: 'Get panel view of tools',
	description: 'Retrieve the sections of a panel view with the IDs of their tools',
	request: 'GET api/tool_panels/{panelView}',
	fields: { panelView: locator('Panel View', { list: 'searchPanelViews', place: 'path', required: true, idPlaceholder: 'e.g. default', description: 'A way in which the server puts its tools into sections' }) },
	unwrap: (sections: Record<string, IDataObject>) => Object.values(sections),
});

/** Galaxy finds nothing by less. */
const SHORTEST_SEARCH = 2;

/** Tools that are looked up side by side. */
const AT_ONCE = 4;

export const search = program({
	name: 'Search',
	action: 'Search tools',
	description: 'Find tools by words in their names, descriptions and help, the best ones first',
	effect: 'read',
	simplify,
	fields: {
		query: text('Search', { place: 'none', required: true, placeholder: 'e.g. concatenate' }),
		most: number('Most Tools', { place: 'none', default: 20, min: 1, max: 200, whole: true, description: 'How many tools to give out at the most' }),
		panelView: { ...panelView, place: 'none' as const },
	},
	async run({ connection, values: { query, most, panelView: view } }) {
		if (query.length < SHORTEST_SEARCH) throw new Problem('"Search" is too short', { description: `Give ${SHORTEST_SEARCH} letters or more` });
		const ids = (await connection.send('GET api/tools', { query: { q: query, view } })) as string[];
		const found: OutputItem[] = [];
		// Galaxy gives out the IDs alone
		await each(ids.slice(0, most), AT_ONCE, async (id, i) => {
			found[i] = { json: (await connection.send('GET api/tools/{+id}', { path: { id } })) as IDataObject };
		});
		return found;
	},
});

export const getVersions = request({
	name: 'Get Versions',
	action: 'Get versions of tool',
	description: 'Retrieve the versions of a tool that the server has',
	request: 'GET api/tools',
	fields: { toolId: { ...toolId, place: 'query' as const } },
	// after a reload a version may stand there twice
	unwrap: (versions: string[], { toolId: id }) => [...new Set(versions)].map((version) => ({ tool_id: id, version })),
});

export const get = request({
	name: 'Get',
	action: 'Get tool',
	description: 'Retrieve a tool by its ID',
	request: 'GET api/tools/{+toolId}',
	simplify,
	fields: {
		toolId,
		ioDetails: flag('Inputs and Outputs', { description: 'Whether to give out what goes into the tool and what comes out' }),
		linkDetails: flag('Link', { description: 'Whether to give out where the tool is in Galaxy; turn "Simplify" off to see it' }),
		toolUuid,
		toolVersion,
	},
});

export const getInputForm = program({
	name: 'Get Input Form',
	action: 'Get input form of tool',
	description: 'Retrieve the form of a tool, with the datasets of a history that fit and with values filled in',
	effect: 'read',
	fields: {
		toolId: { ...toolId, place: 'none' as const },
		historyId: locator('History', { list: 'searchHistories', place: 'none', idPlaceholder: ID_PLACEHOLDER, description: 'The history whose datasets are offered' }),
		inputs: json('Inputs', { place: 'none', description: 'Values to fill in, by the names of the inputs' }),
		optionsPagination: json('Pages of Datasets', { place: 'none', placeholder: 'e.g. { "input1": { "hda": { "limit": 10, "offset": 0 } } }', description: 'For which inputs how many datasets to list, and from which one on' }),
		toolUuid: { ...toolUuid, place: 'none' as const },
		toolVersion: { ...toolVersion, place: 'none' as const },
	},
	async run({ connection, values: { toolId: id, historyId, inputs, optionsPagination, toolUuid: uuid, toolVersion: version } }) {
		const about = { history_id: historyId, tool_version: version, tool_uuid: uuid };
		if (inputs === undefined && optionsPagination === undefined) return { json: (await connection.send('GET api/tools/{+id}/build', { path: { id }, query: about })) as IDataObject };
		const body = { ...about, inputs: (inputs ?? {}) as never, options_pagination: optionsPagination as never };
		return { json: (await connection.send('POST api/tools/{+id}/build', { path: { id }, body, repeat: 'safe' })) as IDataObject };
	},
});

export const getInputs = request({
	name: 'Get Inputs',
	action: 'Get inputs of tool',
	description: 'Retrieve the inputs of a tool with their types, one item for each',
	request: 'GET api/tools/{+toolId}/inputs',
	fields: { toolId, toolVersion },
});
