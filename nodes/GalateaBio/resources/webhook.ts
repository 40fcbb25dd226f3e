import type { IDataObject } from 'n8n-workflow';

import { choice, flag, id, number, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { given } from '../api';
import { organizationId, organizationPath } from './organization';
import { ID_PLACEHOLDER } from '../placeholders';
import { ACTIONS, setWebhook } from '../subscriptions';

const EVENTS = [
	{ name: 'File Validated', value: ACTIONS.fileValidated },
	{ name: 'Order Finished', value: ACTIONS.orderFinished },
];

const getActions = request({
	name: 'Get Actions',
	action: 'Get actions of webhooks',
	description: 'Retrieve what webhooks can be sent for',
	request: 'GET notification/webhook-actions',
	fields: {},
});

const getAll = program({
	name: 'Get Many',
	action: 'Get many webhooks',
	description: 'Retrieve a list of webhooks of an organization',
	effect: 'read',
	fields: { organizationId },
	async run({ connection, values }) {
		const path = await organizationPath(connection, values.organizationId);
		const webhooks = await connection.send('GET organizations/{organizationId}/webhooks-info', { path });
		return (webhooks as IDataObject[]).map((json) => ({ json }));
	},
});

const set = program({
	name: 'Set',
	action: 'Set webhook',
	description: 'Add a webhook to those of an organization, or change one; the others stay',
	fields: {
		event: choice('Trigger On', EVENTS, { default: ACTIONS.orderFinished }),
		url: text('URL', { required: true, placeholder: 'e.g. https://n8n.example.org/webhook/...' }),
		retries: number('Retries', { default: 3, min: 1, max: 10, whole: true, description: 'How often a delivery that fails is repeated' }),
		reportFailures: flag('Report Failures', { default: true, description: 'Whether a delivery that fails for good appears among the notifications' }),
		webhookId: text('Webhook ID', { placeholder: ID_PLACEHOLDER, description: 'The webhook to change; a new one is made when left empty' }),
		organizationId,
	},
	async run({ connection, values }) {
		const path = await organizationPath(connection, values.organizationId);
		const wanted = {
			id: values.webhookId ?? null,
			webhook_action: values.event,
			remote_endpoint: values.url,
			max_retries_count: values.retries,
			save_error_in_notifications: values.reportFailures,
		};
		return (await setWebhook(connection, path, wanted)).map((json) => ({ json }));
	},
});

const test = program({
	name: 'Send Test',
	action: 'Send test of webhook',
	description: 'Have a test message sent to a webhook',
	fields: { testedWebhookId: id('Webhook ID', { place: 'none', placeholder: ID_PLACEHOLDER }), organizationId },
	async run({ connection, values }) {
		const path = { ...(await organizationPath(connection, values.organizationId)), webhookId: values.testedWebhookId };
		await connection.send('POST organizations/{organizationId}/webhooks/{webhookId}/test', { path });
		return { json: { id: values.testedWebhookId, testRequested: true } };
	},
});

const generateSecret = program({
	name: 'Generate Secret',
	action: 'Generate secret of webhooks',
	description: 'Make a new secret that signs the webhooks; the old one is worth nothing from then on',
	destructive: true,
	secretOutput: true,
	fields: { organizationId },
	async run({ connection, values }) {
		const path = await organizationPath(connection, values.organizationId);
		return { json: given(await connection.send('POST organizations/{organizationId}/generate-webhooks-secret', { path }), 'secret') };
	},
});

export const webhook: Resource = { name: 'Webhook', operations: { generateSecret, getActions, getAll, set, test } };
