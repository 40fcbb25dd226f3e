import { choices, day, flag, list, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { pages } from '../api';
import { FAMILIES } from '../models';

const organizationIds = list('Organization IDs', { wire: 'orgs_ids', description: 'Comma-separated list of IDs' });

const getBalance = request({
	name: 'Get Balance',
	action: 'Get balance of credits',
	description: 'Retrieve the credits that are left',
	request: 'GET credit/balance',
	pages,
	fields: { organizationIds },
});

const getLedger = request({
	name: 'Get Ledger',
	action: 'Get ledger of credits',
	description: 'Retrieve what credits were given and spent',
	request: 'GET credit/ledger',
	pages,
	fields: {
		fromDay: day('From', { wire: 'min_date', description: 'First day' }),
		modelFamilies: choices('Model Families', FAMILIES, { wire: 'model_api_names' }),
		creditOrderId: text('Order ID', { wire: 'order_id' }),
		organizationIds,
		serviceTypes: list('Service Types', { wire: 'credit_service_types', description: 'Comma-separated list of what credits are spent on' }),
		showFull: flag('Show Full', { wire: 'show_full', description: 'Whether to return every entry in full' }),
		untilDay: day('Until', { wire: 'max_date', description: 'Last day' }),
	},
});

export const credit: Resource = { name: 'Credit', operations: { getBalance, getLedger } };
