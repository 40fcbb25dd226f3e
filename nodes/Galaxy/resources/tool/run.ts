import type { IDataObject } from 'n8n-workflow';

import { choice, flag, locator, text } from '../../../shared/field';
import { program, request } from '../../../shared/operation';
import { historyId, ID_PLACEHOLDER, toolId } from '../../fields';
import { checkedInputs, type InputFormat } from '../../running/inputs';
import { inputFormat, inputs, runFields, runRequest, start, started, toolRun } from '../../running/runs';
import type { Run } from '../../running/looks';
import { needTaskQueue } from '../../tasks';

const oneTool = { toolId: { ...toolId, place: 'none' as const } };
const inHistory = { historyId: { ...historyId, place: 'none' as const } };

export const run = program({
	name: 'Run',
	action: 'Run tool',
	description: 'Run a tool on datasets of a history; the new datasets get into that history',
	watch: toolRun,
	fields: { ...inHistory, ...oneTool, inputs, inputFormat, ...runFields },
	async run({ connection, values }) {
		const { toolId: id, toolUuid, toolVersion, remapJobId, sendEmail } = values;
		const given = values.inputs;
		// of tools of users Galaxy does not tell the inputs
		const checked = toolUuid ? (given as IDataObject) : (await checkedInputs(connection, { toolId: id, toolVersion }, given, values.inputFormat as InputFormat)).inputs;
		return await start(connection, {
			history_id: values.historyId,
			tool_id: toolUuid ? undefined : id,
			tool_uuid: toolUuid,
			tool_version: toolVersion,
			inputs: { ...checked, ...(remapJobId && { rerun_remap_job_id: remapJobId }), ...(sendEmail !== undefined && { send_email_notification: sendEmail }) },
			input_format: values.inputFormat,
			use_cached_job: values.useCachedJob,
			preferred_object_store_id: values.preferredObjectStoreId,
			data_manager_mode: values.dataManagerMode,
			credentials_context: values.credentialsContext,
			__tags: values.tags,
		});
	},
});

export const runAsync = program({
	name: 'Run (Async Request)',
	action: 'Run tool by async request',
	description: 'Ask Galaxy to run a tool when it gets round to it: the answer comes at once, and the inputs are checked strictly',
	watch: runRequest,
	fields: { ...inHistory, ...oneTool, inputs, ...runFields, strict: flag('Strict', { place: 'none', description: 'Whether inputs must be written exactly as Get Request Schema tells; they must when this is not added' }) },
	async run({ connection, values }) {
		await needTaskQueue(connection);
		const { toolId: id, toolUuid, toolVersion, inputs: given } = values;
		const checked = toolUuid ? given : (await checkedInputs(connection, { toolId: id, toolVersion }, given, '21.01', 'request')).inputs;
		const answer = (await connection.send('POST api/jobs', {
			body: {
				history_id: values.historyId,
				tool_id: toolUuid ? undefined : id,
				tool_uuid: toolUuid,
				tool_version: toolVersion,
				inputs: checked as never,
				strict: values.strict,
				use_cached_jobs: values.useCachedJob,
				rerun_remap_job_id: values.remapJobId,
				send_email_notification: values.sendEmail,
				preferred_object_store_id: values.preferredObjectStoreId,
				tags: values.tags,
				data_manager_mode: values.dataManagerMode,
				credentials_context: values.credentialsContext as never,
			},
		})) as IDataObject;
		return { json: { id: answer.tool_request_id, ...answer } };
	},
});

export const getRunRequest = request({
	name: 'Get Run Request',
	action: 'Get run request of tool',
	description: 'Retrieve how a request of Run (Async Request) stands, and the jobs that were made of it',
	request: 'GET api/tool_requests/{toolRequestId}',
	fields: { toolRequestId: text('Tool Request ID', { place: 'path', required: true, placeholder: ID_PLACEHOLDER }) },
});

const shownFor = (...src: string[]) => ({ src });

export const convertDataset = program({
	name: 'Convert Dataset',
	action: 'Convert dataset by tool',
	description: 'Run a converter on a dataset, or on each dataset of a collection',
	watch: toolRun,
	fields: {
		...inHistory,
		src: choice('Convert', [{ name: 'Collection', value: 'hdca' }, { name: 'Dataset', value: 'hda' }], { place: 'none', default: 'hda' }),
		datasetId: locator('Dataset', { list: 'searchDatasets', place: 'none', required: true, idPlaceholder: ID_PLACEHOLDER, shownFor: shownFor('hda'), description: 'Chosen from the datasets of the history, or by its ID' }),
		collectionId: locator('Dataset Collection', { list: 'searchCollections', place: 'none', required: true, idPlaceholder: ID_PLACEHOLDER, shownFor: shownFor('hdca'), description: 'Chosen from the collections of the history, or by its ID' }),
		converterId: locator('Converter', { list: 'searchConverters', place: 'none', required: true, idPlaceholder: 'e.g. CONVERTER_bed_to_gff_0', description: 'A tool that makes one datatype of another, as Datatype > Get Converters tells' }),
		sourceType: text('Source Type', { place: 'none', required: true, placeholder: 'e.g. bed', description: 'The datatype of the dataset' }),
		targetType: text('Target Type', { place: 'none', required: true, placeholder: 'e.g. gff', description: 'The datatype to make of it' }),
	},
	async run({ connection, values: { historyId: history, src, datasetId, collectionId, converterId, sourceType, targetType } }) {
		const body = { src, id: src === 'hda' ? datasetId : collectionId, source_type: sourceType, target_type: targetType, history_id: history };
		return { json: started((await connection.send('POST api/tools/{+converterId}/convert', { path: { converterId }, body })) as Run) };
	},
});
