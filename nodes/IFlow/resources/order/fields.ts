import type { INodePropertyOptions } from 'n8n-workflow';

import { choice, day, list, longText, text } from '../../../shared/field';
import { properties } from '../../extraFields';

/** The most useful fields of an order. */
export const simplify = ['id', 'order_id', 'display_id', 'name', 'status', 'priority', 'accession_number', 'external_id', 'created_at', 'updated_at'];

const OLDER = '(Older Servers)';

/** Words of the documentation and those of the command-line client: a server knows one or both (contract, section 0). */
export const PRIORITIES: INodePropertyOptions[] = [
	{ name: 'High', value: 'high' },
	{ name: 'Low', value: 'low' },
	{ name: 'Medium', value: 'medium' },
	{ name: `Routine ${OLDER}`, value: 'routine' },
	{ name: `Stat ${OLDER}`, value: 'stat' },
	{ name: `Urgent ${OLDER}`, value: 'urgent' },
];

/** What an order can be brought to. */
export const TARGETS: INodePropertyOptions[] = [
	{ name: `Amended ${OLDER}`, value: 'amended' },
	{ name: 'Analyzing', value: 'analyzing' },
	{ name: 'Cancelled', value: 'cancelled', description: 'For good; project administrators only' },
	{ name: 'Completed', value: 'completed', description: 'Mostly refused: an order is completed by its signature in iFlow' },
	{ name: `Ready for Review ${OLDER}`, value: 'ready_for_review' },
	{ name: 'Review', value: 'review' },
	{ name: `Reviewed ${OLDER}`, value: 'reviewed' },
	{ name: 'Sign Off', value: 'sign_off', description: 'The order waits for its signature' },
	{ name: `Signed Off ${OLDER}`, value: 'signed_off' },
];

/** What an order can be. */
export const STATUSES: INodePropertyOptions[] = [...TARGETS.map(({ name, value }) => ({ name, value })), { name: 'Created', value: 'created' }].sort((a, b) => a.name.localeCompare(b.name, 'en'));

const MODES: INodePropertyOptions[] = [
	{ name: 'Hereditary', value: 'hereditary' },
	{ name: 'Somatic', value: 'somatic' },
];

/** What can be written of an order, but for the name that the oldest servers have (contract, section 5.3). */
export const content = {
	properties,
	displayId: text('Display ID', { placeholder: 'e.g. CASE-17', description: 'ID that iFlow shows, of which there is one in a project; a new order gets one such as ORD-12 by itself' }),
	accessionNumber: text('Accession Number'),
	externalId: text('External ID', { description: 'ID in another system, such as that of your laboratory' }),
	description: longText('Description', { personal: true }),
	mode: choice('Mode', MODES, { description: 'Kind of test' }),
	priority: choice('Priority', PRIORITIES, { description: 'Servers have either low, medium and high, or routine, urgent and stat' }),
	clinicalIndication: longText('Clinical Indication', { personal: true }),
	indication: longText(`Indication ${OLDER}`, { personal: true, description: 'What newer servers call the clinical indication' }),
	testType: text(`Test Type ${OLDER}`, { description: 'What newer servers tell by the mode' }),
	orderingProvider: text('Ordering Provider', { personal: true }),
	orderingFacility: text('Ordering Facility'),
	receivedDate: day('Received Date'),
	dueDate: day('Due Date'),
	tags: list('Tags', { placeholder: 'e.g. panel,urgent', description: 'Comma-separated list' }),
};

/** The name of an order on servers that know no display ID (contract, trap T3). */
export const name = text(`Name ${OLDER}`, { placeholder: 'e.g. CASE-17', description: 'What newer servers call the display ID' });
