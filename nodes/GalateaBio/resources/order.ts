import type { IDataObject } from 'n8n-workflow';

import { parsed } from '../../shared/answer';
import { choice, choices, day, list, locator, number, optionsOf, text } from '../../shared/field';
import { program, request, type Json, type Resource } from '../../shared/operation';
import { place } from '../../shared/place';
import type { Watch } from '../../shared/wait';
import { created, inLowerCase, pages, rowWithId } from '../api';
import { checkCredits } from '../credits';
import { checkReports, FAMILIES, familyOf, RISK_REPORTS } from '../models';
import { ID_PLACEHOLDER } from '../placeholders';
import { ORDER_STATES, orderOutcome } from '../states';

/** The most useful fields of an order. */
const simplify = ['id', 'status', 'model', 'type', 'src_file_id', 'src_file_name', 'started_at', 'execution_time', 'tags', 'result_types'];

export const orderId = inLowerCase(locator('Order', { list: 'searchOrders', place: 'path', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'An order of your organization' }));

const look: Watch['look'] = async (connection, { id: order }) => {
	const answer = (await connection.send('GET exec/orders', { query: { filter: String(order) } })) as { results: IDataObject[] };
	const json = rowWithId(answer, String(order), 'order');
	const state = String(json.status);
	return { json, state, outcome: orderOutcome(state) };
};

const completion: Watch = { noun: 'order', end: 'Completion', look };

const getAll = request({
	name: 'Get Many',
	action: 'Get many orders',
	description: 'Retrieve a list of orders',
	request: 'GET exec/orders',
	pages,
	simplify,
	fields: {
		search: text('File Name, File ID or Order ID', { wire: 'filter' }),
		modelName: text('Model Name', { wire: 'model_name' }),
		modelFamily: choice('Model Family', FAMILIES, { wire: 'model_api_name' }),
		orderIds: list('Order IDs', { wire: 'orders_ids', description: 'Comma-separated list of IDs' }),
		organizationNames: list('Organization Names', { wire: 'org_names', description: 'Comma-separated list of names' }),
		startedFrom: day('Started From', { wire: 'min_date', description: 'First day of the start' }),
		startedUntil: day('Started Until', { wire: 'max_date', description: 'Last day of the start' }),
		status: choice('Status', optionsOf(...ORDER_STATES)),
		statusGroup: choice('Status Group', optionsOf('completed', 'failed', 'initializing', 'running'), { wire: 'status_group' }),
		tagIds: list('Tag IDs', { wire: 'tags_ids', description: 'Comma-separated list of IDs' }),
		type: choice('Type', optionsOf('EXTERNAL', 'GNT', 'WGS')),
	},
});

const get = request({
	name: 'Get',
	action: 'Get order',
	description: 'Retrieve an order by its ID',
	request: 'GET exec/orders',
	simplify,
	fields: { orderId: { ...orderId, place: 'query', wire: 'filter' } },
	unwrap: (answer: { results: IDataObject[] }, { orderId: order }) => rowWithId(answer, String(order), 'order'),
});

const detail = { collection: 'Report Details', personal: true } as const;

const submission = {
	sourceFileId: locator('File', { list: 'searchValidFiles', wire: 'source_file_id', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A file whose validation has ended well' }),
	model: locator('Model', { list: 'searchModels', wire: 'model_name', required: true, idPlaceholder: 'e.g. skywalker-2.1', description: 'One of the models of your organization' }),
	minimumCredits: number('Minimum Credits', { place: 'none', min: 0, description: 'Submit only while at least so many credits are left' }),
	tagIds: list('Tag IDs', { wire: 'tags_ids', description: 'Comma-separated list of IDs' }),
	reportTypes: choices('Report Types', RISK_REPORTS, { wire: 'pdf_report_types', description: 'Needed for risk models, not used for others' }),
	patientName: text('Patient Name', { wire: 'pdf_metadata.patient_name', ...detail }),
	dateOfBirth: day('Date of Birth', { wire: 'pdf_metadata.dob', ...detail }),
	patientId: text('Patient ID', { wire: 'pdf_metadata.patient_id', ...detail }),
	accession: text('Accession', { wire: 'pdf_metadata.accession', ...detail }),
	sampleId: text('Sample ID', { wire: 'pdf_metadata.sample_id', ...detail }),
	sex: choice('Sex', optionsOf('Female', 'Male'), { wire: 'pdf_metadata.sex', collection: 'Report Details', description: 'Needed for cancer reports' }),
	collected: day('Collected', { wire: 'pdf_metadata.collected', ...detail }),
	received: day('Received', { wire: 'pdf_metadata.received', ...detail }),
	specimenType: text('Specimen Type', { wire: 'pdf_metadata.specimen_type', ...detail }),
	providerName: text('Provider Name', { wire: 'pdf_metadata.provider_name', ...detail }),
	referringFacility: text('Referring Facility', { wire: 'pdf_metadata.referring_facility', ...detail }),
	address: text('Address', { wire: 'pdf_metadata.address', ...detail }),
};

/** The service echoes the report details as a text that is JSON: they are given out as data. */
function withDetails(order: IDataObject): IDataObject {
	const { pdf_metadata: details } = order;
	return typeof details === 'string' ? { ...order, pdf_metadata: parsed(details) as IDataObject } : order;
}

const submit = program({
	name: 'Submit',
	action: 'Submit order',
	description: 'Order the analysis of a validated file by a model',
	simplify,
	watch: completion,
	fields: submission,
	async run({ connection, values, personal }) {
		const placed = place(submission, values, 'POST').body as IDataObject;
		const { pdf_metadata: details = {} } = placed;
		const family = await familyOf(connection, values.model);
		checkReports(values.model, family, { reportTypes: values.reportTypes, details: details as Record<string, string> });
		if (values.minimumCredits !== undefined) await checkCredits(connection, values.minimumCredits);
		// risk models want the details, even if there are none
		const body = { ...placed, ...(family === 'mysterio' && { pdf_metadata: details }) } as Json;
		return { json: withDetails(created(await connection.send('POST exec/orders', { body, personal }), 'order')) };
	},
});

const updateTags = request({
	name: 'Update Tags',
	action: 'Update tags of order',
	description: 'Give an order these tags instead of those that it has',
	request: 'PATCH exec/orders/{orderId}',
	simplify,
	fields: { orderId, newTagIds: list('Tag IDs', { wire: 'tags_ids', default: [], description: 'Comma-separated list of IDs; left empty, all tags are taken away' }) },
});

const waitForCompletion = program({
	name: 'Wait for Completion',
	action: 'Wait for completion of order',
	description: 'Wait until an order has ended',
	effect: 'read',
	fields: { orderId: { ...orderId, place: 'none' } },
	watch: completion,
	alwaysWaits: true,
	simplify,
	run: async ({ values }) => ({ json: { id: values.orderId } }),
});

const cancel = request({
	name: 'Cancel',
	action: 'Cancel order',
	description: 'Ask to stop an order that is registered or submitted; it ends as canceled a little later',
	request: 'POST exec/cancel',
	fields: { orderId: { ...orderId, place: 'body', wire: 'order_id' } },
	unwrap: (answer: IDataObject, { orderId: order }) => ({ id: order, cancelRequested: true, message: answer?.details ?? answer?.detail }),
});

export const order: Resource = { name: 'Order', operations: { cancel, get, getAll, submit, updateTags, waitForCompletion } };
