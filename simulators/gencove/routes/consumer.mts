import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { invalid } from '../errors.mts';
import { checked, email, flag, integer, json, nullable, optional, readBody, text, url, uuid, wrong } from '../fields.mts';
import { find } from '../state.mts';

const redirect = optional(url());
const link = { metadata: json(), redirect_on_success: redirect, redirect_on_failure: redirect, expires_in: optional(integer({ least: 60, most: 3600 })) };
const test_mode = optional(flag());

const country = checked(text(), (value) => {
	// the codes of ISO 3166, without a list of them
	if (!/^[A-Z]{2}$/.test(value) || new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(value) === undefined) throw wrong(`"${value}" is not a valid choice.`);
});
const line = text({ longest: 50 });
const extraLine = optional(text({ longest: 50, blank: true }));
const address = {
	recipient_address_name: text({ longest: 255 }),
	recipient_address_line1: line,
	recipient_address_line2: extraLine,
	recipient_address_line3: extraLine,
	recipient_address_city: line,
	recipient_address_postal_code: text({ longest: 20 }),
	recipient_address_state_region: line,
	recipient_address_country_code: country,
	recipient_phone: text({ longest: 128 }),
	recipient_email: email(),
	recipient_instructions: optional(text({ longest: 255, blank: true })),
};

/** Kits for people, and forms that they fill in themselves. Only in the specification. */
export function consumerRoutes(api: FastifyInstance, { state, views, lifecycle, clock }: Context): void {
	const projectWith = (id: string) => find(state.projects, id, () => invalid({ project_id: [`Invalid pk "${id}" - object does not exist.`] }));

	// a sample that waits for a person to do something
	const placeholder = (projectId: string, status: string, metadata: unknown) => lifecycle.addPlaceholder(projectWith(projectId), status, metadata).id;

	const formLink = (form: string, sample_id: string, expires_in = 600) => ({
		sample_id,
		url: `https://forms.example.org/${form}/?token=${randomBytes(24).toString('base64url')}`,
		expires_at: views.time(clock.now() + expires_in * 1000),
	});

	api.post('/sample-kit/', async ({ body }, reply) => {
		const { project_id, metadata } = readBody(body, { ...address, project_id: uuid(), metadata: json(), test_mode });
		return reply.code(201).send({ sample_id: placeholder(project_id, 'consumer_kit_ordered', metadata) });
	});

	api.post('/sample-kit-form/', async ({ body }, reply) => {
		const { project_id, metadata, expires_in } = readBody(body, { ...link, project_id: uuid(), test_mode });
		return reply.code(201).send(formLink('kit', placeholder(project_id, 'consumer_awaiting_kit_order', metadata), expires_in));
	});

	// without a project the sample lands in the first one
	api.post('/array-data-upload-form/', async ({ body }, reply) => {
		const { project_id, metadata, expires_in } = readBody(body, { ...link, project_id: optional(nullable(uuid())) });
		const [fallback] = state.projects.keys();
		return reply.code(201).send(formLink('array-data', placeholder(project_id ?? fallback, 'consumer_awaiting_array_data', metadata), expires_in));
	});
}
