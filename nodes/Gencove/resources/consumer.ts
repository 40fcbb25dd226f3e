import { flag, locator, number, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { ID_PLACEHOLDER, metadata, projectId } from '../fields';

/** What a person fills in, or is known by: no message repeats it. */
const personal = { personal: true } as const;

/** The project of a sample that is still to come. */
const project = { ...projectId, place: 'body' as const, wire: 'project_id' };

const testMode = flag('Test Mode', { wire: 'test_mode', description: 'Whether nothing is sent to anybody' });

const createKitOrder = request({
	name: 'Create Kit Order',
	action: 'Create kit order for consumer',
	description: 'Have a kit sent to a person; a sample is made that waits for it',
	request: 'POST sample-kit/',
	destructive: true,
	fields: {
		projectId: project,
		recipientName: text('Recipient Name', { ...personal, wire: 'recipient_address_name', required: true, placeholder: 'e.g. Jane Doe' }),
		addressLine1: text('Address Line 1', { ...personal, wire: 'recipient_address_line1', required: true, placeholder: 'e.g. 1 Main Street' }),
		city: text('City', { ...personal, wire: 'recipient_address_city', required: true, placeholder: 'e.g. New York' }),
		postalCode: text('Postal Code', { ...personal, wire: 'recipient_address_postal_code', required: true, placeholder: 'e.g. 10001' }),
		stateRegion: text('State or Region', { ...personal, wire: 'recipient_address_state_region', required: true, placeholder: 'e.g. NY' }),
		countryCode: text('Country Code', { ...personal, wire: 'recipient_address_country_code', required: true, placeholder: 'e.g. US', description: 'Two letters' }),
		phone: text('Phone', { ...personal, wire: 'recipient_phone', required: true, placeholder: 'e.g. +1 212 555 0100' }),
		email: text('Email', { ...personal, wire: 'recipient_email', required: true, placeholder: 'e.g. name@email.com' }),
		addressLine2: text('Address Line 2', { ...personal, wire: 'recipient_address_line2' }),
		addressLine3: text('Address Line 3', { ...personal, wire: 'recipient_address_line3' }),
		instructions: text('Instructions', { ...personal, wire: 'recipient_instructions', placeholder: 'e.g. Leave at the desk', description: 'For who delivers the kit' }),
		metadata,
		testMode,
	},
});

/** A form that a person fills in, and where that leads to. */
const form = {
	expiresIn: number('Expires In', { wire: 'expires_in', min: 60, max: 3600, whole: true, description: 'Seconds until the link is good no more; 600 by default' }),
	metadata,
	redirectOnFailure: text('Redirect on Failure', { wire: 'redirect_on_failure', placeholder: 'e.g. https://lab.example.org/sorry', description: 'Page to show when the form could not be sent' }),
	redirectOnSuccess: text('Redirect on Success', { wire: 'redirect_on_success', placeholder: 'e.g. https://lab.example.org/thanks', description: 'Page to show when the form was sent' }),
};

const kitFormLink = request({
	name: 'Create Kit Form Link',
	action: 'Create kit form link for consumer',
	description: 'Make a link to a form in which a person orders a kit; a sample is made that waits for it',
	request: 'POST sample-kit-form/',
	fields: { projectId: project, ...form, testMode },
});

const arrayDataFormLink = request({
	name: 'Create Array Data Form Link',
	action: 'Create array data form link for consumer',
	description: 'Make a link to a form in which a person uploads data of a genotyping array; a sample is made that waits for it',
	request: 'POST array-data-upload-form/',
	fields: {
		...form,
		formProjectId: locator('Project', { list: 'searchProjects', wire: 'project_id', idPlaceholder: ID_PLACEHOLDER, description: 'Where the sample is to be; Gencove chooses when it is not given' }),
	},
});

export const consumer: Resource = { name: 'Consumer', operations: { arrayDataFormLink, createKitOrder, kitFormLink } };
