/** The calls of Gencove that only its specification has; webhooks have a file of their own. */
import { start } from '../../simulators/gencove/simulator.mts';
import type { Running } from '../../simulators/gencove/simulator.mts';
import { INVITATION_TOKEN } from '../../simulators/gencove/access.mts';
import { send } from './http.mts';
import type { Answer } from './http.mts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const REQUIRED = ['This field is required.'];

let simulator: Running;
let project: string;
let sample: string;

beforeAll(async () => {
	simulator = await start({ pace: 1 });
	project = simulator.info.projects.human;
	sample = simulator.info.samples.succeeded;
});
afterAll(async () => await simulator.close());
beforeEach(async () => await control('POST /reset'));

const control = async (line: string, json?: unknown): Promise<Answer> => await send(simulator.info.control, line, { json });
const as = async (authorization: string | undefined, line: string, json?: unknown): Promise<Answer> =>
	await send(`${simulator.info.url}/api/v2`, line, { json, headers: authorization === undefined ? {} : { authorization } });
const api = async (line: string, json?: unknown) => await as(`Api-Key ${simulator.info.apiKey}`, line, json);
const rowsOf = async (line: string) => (await api(line)).json.results;

/** An Authorization header of the second user, a member. */
async function member(): Promise<string> {
	const { email, password, code } = simulator.info.mfa;
	return `Bearer ${(await as(undefined, 'POST /jwt-create/', { email, password, otp_token: code })).json.access}`;
}

describe('refusals', () => {
	it.each([
		'GET /project-subscriptions/{id}',
		'GET /project-subscription-details/{id}',
		'DELETE /project-subscription-details/{id}',
		'POST /project-subscription-secret/{id}',
		'POST /project-subscription-test/{id}',
		'GET /project-subscription-notifications/{id}',
		'GET /notifications/{id}',
		'GET /project-stats/{id}',
		'GET /project-qc-types/{id}',
		'GET /project-quality-control-histogram/{id}',
		'GET /project-users/{id}',
		'POST /project-users/{id}',
		'GET /project-organization-users/{id}',
		'GET /project-roles/{id}',
		'DELETE /project-roles/{id}',
		'GET /project-shares/{id}',
		'POST /project-share-revoke/{id}',
		'GET /sample-statuses/{id}',
		'GET /sample-stats/{id}',
		'GET /sample-ancestry/{id}',
		'GET /sample-parentage/{id}',
		'GET /sample-trait-scores/{id}',
		'GET /sample-genomic-variants/{id}',
		'GET /sample-restore-group/{id}',
		'POST /sample-consumer-report/{id}',
		'GET /uploads/{id}',
		'DELETE /basespace-projects-autoimport/{id}',
		'DELETE /s3-uri-autoimport/{id}',
		'PATCH /organization-users/{id}',
		'GET /organization-roles/{id}',
		'GET /user-projects/{id}',
		'DELETE /invitations/{id}',
		'GET /invitations-token/{id}',
		'PATCH /invitations-token/{id}',
		'PATCH /user-api-keys/{id}',
		'GET /roles/{id}',
	])('%s: what there is not', async (line) => {
		for (const id of [UNKNOWN, 'no-id']) {
			const { status, json } = await api(line.replace('{id}', id));
			expect([status, json]).toEqual([404, { detail: 'Not found.' }]);
		}
	});

	it.each<[string, unknown, unknown]>([
		['POST /project-subscriptions/{project}', {}, { target: REQUIRED, event_types: REQUIRED }],
		['POST /project-subscriptions/{project}', { target: 'ftp://x', event_types: ['samples_restored'] }, { target: ['Enter a valid URL or email address.'] }],
		['POST /project-subscriptions/{project}', { target: `https://example.org/${'x'.repeat(255)}`, event_types: ['samples_restored'] }, { target: ['Ensure this field has no more than 255 characters.'] }],
		['POST /project-subscriptions/{project}', { target: 'https://example.org/', event_types: [] }, { event_types: ['This list may not be empty.'] }],
		['POST /project-subscriptions/{project}', { target: 'https://example.org/', event_types: ['samples_restored', 'other'] }, { event_types: { 1: ['"other" is not a valid choice.'] } }],
		['GET /project-quality-control-histogram/{project}', undefined, { qc_type: REQUIRED }],
		['POST /project-users/{project}', {}, { user: REQUIRED, role: REQUIRED }],
		['POST /project-users/{project}', { user: UNKNOWN, role: 'viewer' }, { user: [`Invalid pk "${UNKNOWN}" - object does not exist.`] }],
		['POST /project-users/{project}', { user: 'x', role: 'king' }, { user: ['Must be a valid UUID.'], role: ['"king" is not a valid choice.'] }],
		['POST /project-shares/', {}, { project: REQUIRED, shared_with_user_emails: REQUIRED, share_level: REQUIRED }],
		['POST /project-shares/', { project: UNKNOWN, shared_with_user_emails: ['a@example.org'], share_level: 'viewer' }, { project: [`Invalid pk "${UNKNOWN}" - object does not exist.`] }],
		['POST /project-shares/', { project: UNKNOWN, shared_with_user_emails: ['a'], share_level: 'owner' }, { shared_with_user_emails: { 0: ['Enter a valid email address.'] }, share_level: ['"owner" is not a valid choice.'] }],
		['POST /project-share-exit/', {}, { project_ids: REQUIRED }],
		['POST /project-share-exit/', { project_ids: [UNKNOWN] }, { project_ids: ['All projects must be shared with you.'] }],
		['POST /sample-consumer-report/{sample}', { report_type: 'all', expires_in: 59 }, { report_type: ['"all" is not a valid choice.'], expires_in: ['Ensure this value is greater than or equal to 60.'] }],
		['POST /sample-consumer-report/{sample}', { expires_in: 3601 }, { expires_in: ['Ensure this value is less than or equal to 3600.'] }],
		['POST /uploads-delete-unassigned/', {}, { upload_ids: REQUIRED }],
		['POST /uploads-delete-unassigned/', { upload_ids: [] }, { upload_ids: ['This list may not be empty.'] }],
		['POST /uploads-delete-unassigned/', { upload_ids: [UNKNOWN] }, { upload_ids: ['All upload ids must be of unassigned uploads.'] }],
		['POST /uploads-presigned-post-data/', {}, { destination_path: REQUIRED }],
		['POST /basespace-biosamples-import/', {}, { project_id: REQUIRED, basespace_bio_samples: REQUIRED }],
		['POST /basespace-biosamples-import/', { project_id: UNKNOWN, basespace_bio_samples: [{ basespace_id: '1' }] }, { basespace_bio_samples: [{ client_id: REQUIRED }] }],
		['POST /basespace-biosamples-import/', { project_id: UNKNOWN, basespace_bio_samples: [{ basespace_id: '1', client_id: 'a' }] }, ['Project does not exist or you do not have privileges to access it.']],
		['POST /s3-role/', {}, { role_arn: REQUIRED }],
		['POST /s3-role/', { role_arn: 'arn:aws:iam::1' }, { role_arn: ['Ensure this field has at least 20 characters.'] }],
		['PATCH /organization/', { name: '' }, { name: ['This field may not be blank.'] }],
		['PATCH /organization/', { name: 'x'.repeat(255) }, { name: ['Ensure this field has no more than 254 characters.'] }],
		['POST /organization-users/', {}, { user: REQUIRED, role: REQUIRED }],
		['POST /organization-users/', { user: UNKNOWN, role: 'member' }, { user: [`Invalid pk "${UNKNOWN}" - object does not exist.`] }],
		['PATCH /organization-users/{user}', { is_active: 'perhaps' }, { is_active: ['Must be a valid boolean.'] }],
		['POST /invitations/', {}, { email: REQUIRED }],
		['POST /invitations/', { email: 'x', role: 'king' }, { email: ['Enter a valid email address.'], role: ['"king" is not a valid choice.'] }],
		['PUT /user/', { name: null }, { name: ['This field may not be null.'] }],
		['POST /user-api-keys/', {}, { name: REQUIRED }],
		['POST /user-api-keys/', { name: 'x'.repeat(51), expiry_date: '2026-13-01', ip_range: ['10.0.0.0'] }, { name: ['Ensure this field has no more than 50 characters.'], expiry_date: ['Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'], ip_range: { 0: ['10.0.0.0 is not a valid subnet in CIDR notation.'] } }],
		['PATCH /user-config/', [], { non_field_errors: ['Invalid data. Expected a dictionary.'] }],
		['POST /user-change-email/', { current_password: 'wrong', new_email: 'new@example.org' }, { current_password: ['Invalid password.'] }],
		['POST /user-password-set/', { current_password: 'simulated-password', new_password: 'short' }, { new_password: ['This password is too short. It must contain at least 8 characters.'] }],
		['POST /user-register/', {}, { email: REQUIRED, password: REQUIRED }],
		['POST /user-register/', { email: 'user@example.org', password: 'long-enough' }, { email: ['user with this email address already exists.'] }],
		['POST /user-register/', { email: 'new@example.org', password: 'long-enough', invitation_token: 'x' }, { invitation_token: ['Invalid invitation token.'] }],
		['POST /user-activate/', { uid: 'x', token: 'x' }, { uid: ["Invalid user id or user doesn't exist."] }],
		['POST /user-password-reset-confirm/', { uid: 'x', token: 'x', new_password: 'long-enough' }, { uid: ["Invalid user id or user doesn't exist."] }],
		['POST /user-activate-resend/', {}, { email: REQUIRED }],
		['POST /user-password-reset/', { email: 'x' }, { email: ['Enter a valid email address.'] }],
		['POST /jwt-verify/', {}, { token: REQUIRED }],
		['POST /jwt-logout/', { refresh: null }, { refresh: ['This field may not be null.'] }],
		['POST /mfa-setup/', { device_type: 'phone' }, { device_type: ['"phone" is not a valid choice.'] }],
		['POST /mfa-validate/', { token: '123456' }, { token: ['Invalid OTP token. Please make sure you entered it correctly.'] }],
		['POST /social-signup/', { provider: 'other' }, { provider: ['"other" is not a valid choice.'], code: REQUIRED }],
		['POST /social-disconnect/', { provider: 'basespace' }, { provider: ['Social account is not connected.'] }],
		['POST /array-data-upload-form/', { project_id: UNKNOWN }, { project_id: [`Invalid pk "${UNKNOWN}" - object does not exist.`] }],
		['POST /array-data-upload-form/', { redirect_on_success: 'x', expires_in: 1 }, { redirect_on_success: ['Enter a valid URL.'], expires_in: ['Ensure this value is greater than or equal to 60.'] }],
		['POST /sample-kit-form/', {}, { project_id: REQUIRED }],
		['POST /firstmile-s3-role-element/', { external_id: 'x', s3_bucket: 'x'.repeat(65) }, { external_id: ['Must be a valid UUID.'], s3_bucket: ['Ensure this field has no more than 64 characters.'] }],
		['POST /firstmile-validate-illumina-samplesheet/', {}, { illumina_samplesheet: ['No file was submitted.'] }],
		['POST /explorer-session-start/', {}, { id: REQUIRED }],
		['POST /explorer-session-start/', { id: UNKNOWN }, { id: [`Instance ${UNKNOWN} does not exist.`] }],
	])('%s %j', async (line, body, errors) => {
		const path = line.replace('{project}', project).replace('{sample}', sample).replace('{user}', simulator.info.userId);
		const { status, json } = await api(path, body);
		expect([status, json]).toEqual([400, errors]);
	});

	it.each<[string, string]>([
		['PUT /project-subscriptions/x', 'PUT'],
		['POST /uploads/', 'POST'],
		['POST /user/', 'POST'],
		['GET /mfa-setup/', 'GET'],
	])('%s: another verb', async (line, verb) => {
		expect(await api(line)).toMatchObject({ status: 405, json: { detail: `Method "${verb}" not allowed.` } });
	});

	it.each(['GET /project-shares', 'GET /uploads', 'POST /invitations', 'GET /roles/project/'])('%s: another slash', async (line) => {
		expect((await api(line)).status).toBe(404);
	});

	it.each(['PATCH /organization/', 'POST /organization-users/', `PATCH /organization-users/${UNKNOWN}`, 'POST /invitations/', `DELETE /invitations/${UNKNOWN}`])('%s is for owners', async (line) => {
		expect(await as(await member(), line, {})).toMatchObject({ status: 403, json: { detail: 'You do not have permission to perform this action.' } });
	});
});

describe('subscriptions', () => {
	it('event types', async () => {
		const { json } = await api('GET /project-subscription-event-types/?offset=0&limit=200');
		expect(json.meta).toEqual({ count: 7, next: null, previous: null });
		expect(json.results[0]).toEqual({ key: 'analysis_complete_v2', description: expect.any(String) });
	});

	it('are made, given a secret, shown and deleted', async () => {
		const given = { target: 'https://example.org/hook', event_types: ['samples_restored', 'samples_restored'] };
		const created = await api(`POST /project-subscriptions/${project}`, given);
		expect(created).toMatchObject({ status: 201, json: { id: UUID, name: expect.stringContaining('Subscription'), target: given.target, event_types: ['samples_restored'] } });
		const { id, name } = created.json;
		const shown = { id, name, project, target: given.target, protocol: 'webhook', event_types: ['samples_restored'], has_secret: false };
		expect((await api(`GET /project-subscription-details/${id}`)).json).toEqual(shown);
		const secret = await api(`POST /project-subscription-secret/${id}`);
		expect([secret.status, secret.json]).toEqual([200, { secret: expect.stringMatching(/^.{1,32}$/) }]);
		expect((await api(`POST /project-subscription-secret/${id}`)).json).not.toEqual(secret.json);
		expect(await rowsOf(`GET /project-subscriptions/${project}`)).toEqual([{ ...shown, has_secret: true }]);
		expect(await rowsOf(`GET /project-subscriptions/${simulator.info.projects.cattle}`)).toEqual([]);
		expect(await api(`DELETE /project-subscription-details/${id}`)).toMatchObject({ status: 204, text: '' });
		expect((await api(`DELETE /project-subscription-details/${id}`)).status).toBe(404);
	});
});

describe('projects', () => {
	it('counts samples', async () => {
		const { json } = await api(`GET /project-stats/${project}?hidden_status=all`);
		expect(json).toEqual({
			counts: { total_samples: 9, running_samples: 1, scheduled_samples: 0, succeeded_samples: 5, failed_samples: 2, kit_processing_samples: 0 },
			total_size: expect.any(Number),
			failed_counts: { failed: 1 },
			failed_qc_counts: { format: 1 },
		});
		expect((await api(`GET /project-stats/${project}?status=failed`)).json.counts.total_samples).toBe(2);
		expect((await api(`GET /project-stats/${project}?archive_status=archived&search=pilot`)).json.counts.total_samples).toBe(1);
		expect((await api(`GET /project-stats/${project}?created_before=2020-01-01T00:00:00Z`)).json.counts.total_samples).toBe(0);
	});

	it('quality controls: types and a histogram', async () => {
		const types = await rowsOf(`GET /project-qc-types/${project}`);
		expect(types).toContainEqual({ key: 'bases', type: expect.any(String), name: expect.any(String), description_markdown: expect.any(String), display_type: expect.any(String), display_only_if_failed: false });
		const { bin_edges, hist } = (await api(`GET /project-quality-control-histogram/${project}?qc_type=bases`)).json;
		expect([bin_edges.length, hist.length]).toEqual([11, 10]);
		expect(hist[0]).toBe(1);
		expect(hist[9]).toBeGreaterThan(3);
		expect([bin_edges[0], bin_edges[10]]).toEqual([0, 3_300_000]);
		const limited = (await api(`GET /project-quality-control-histogram/${project}?qc_type=bases&number_of_results=2`)).json;
		expect(limited.hist.reduce((sum: number, one: number) => sum + one)).toBe(2);
		expect((await api(`GET /project-quality-control-histogram/${project}?qc_type=bases&status=failed&search=failed-qc`)).json.bin_edges[0]).toBe(-0.5);
		expect((await api(`GET /project-quality-control-histogram/${project}?qc_type=other`)).json).toEqual({ bin_edges: [], hist: [] });
	});

	it('users and their roles', async () => {
		const { userId } = simulator.info;
		const users = await rowsOf(`GET /project-users/${project}`);
		expect(users).toHaveLength(2);
		expect(users[0]).toEqual({ id: userId, email: simulator.info.email, is_active: true, name: expect.any(String), roles: { organization: { id: UUID, name: 'owner' } }, is_support: false });
		expect(await rowsOf(`GET /project-users/${project}?only_explicit_roles=true`)).toEqual([]);
		const { status, json: role } = await api(`POST /project-users/${project}`, { user: userId, role: 'viewer' });
		expect([status, role]).toEqual([201, { id: UUID, name: 'viewer' }]);
		expect(await rowsOf(`GET /project-users/${project}?only_explicit_roles=true`)).toMatchObject([{ id: userId, roles: { project: role } }]);
		expect((await api(`GET /project-roles/${role.id}`)).json).toEqual(role);
		const other = (await api(`POST /project-users/${project}`, { user: userId, role: 'analyst' })).json;
		expect((await api(`GET /project-roles/${role.id}`)).status).toBe(404);
		expect((await api(`DELETE /project-roles/${other.id}`)).status).toBe(204);
		expect(await rowsOf(`GET /project-users/${project}?only_explicit_roles=true`)).toEqual([]);
		expect(await rowsOf(`GET /project-organization-users/${project}?search=mfa`)).toMatchObject([{ email: simulator.info.mfa.email, has_mfa_device: true }]);
		for (const list of [`project-users/${project}`, `project-organization-users/${project}`, 'organization-users/']) expect(await rowsOf(`GET /${list}?search=${userId}`)).toMatchObject([{ id: userId }]);
	});

	it.each(['organization', 'project'])('roles of an %s', async (scope) => {
		expect(await rowsOf(`GET /roles/${scope}`)).toContainEqual({ name: 'owner', permissions: expect.arrayContaining([expect.any(String)]) });
	});

	it('shares: made, shown, revoked, left', async () => {
		const given = { project, shared_with_user_emails: ['a@example.com', simulator.info.email], share_level: 'viewer' };
		const { status, json: share } = await api('POST /project-shares/', given);
		expect(status).toBe(201);
		expect(share).toEqual({
			id: UUID,
			project,
			shared_with_org: null,
			shared_with_org_name: null,
			shared_with_user_email: 'a@example.com',
			shared_by_user_email: simulator.info.email,
			share_level: 'viewer',
			last_status: { id: UUID, status: 'shared', note: '', created: DATE },
		});
		expect(await rowsOf('GET /project-shares/')).toMatchObject([{ shared_with_user_email: simulator.info.email }, share]);
		expect((await api(`GET /projects/${project}`)).json.is_shared).toBe(true);
		expect(await api(`POST /project-share-revoke/${share.id}`, { id: UNKNOWN })).toMatchObject({ status: 400, json: { id: [expect.any(String)] } });
		expect(await api(`POST /project-share-revoke/${share.id}`, { id: share.id })).toMatchObject({ status: 201, json: { id: share.id } });
		expect((await api(`POST /project-share-revoke/${share.id}`, { id: share.id })).status).toBe(400);
		expect((await api(`GET /project-shares/${share.id}`)).json.last_status.status).toBe('revoked');
		expect((await api(`GET /projects/${project}`)).json.is_shared).toBe(true);
		expect(await api('POST /project-share-exit/', { project_ids: [project] })).toMatchObject({ status: 200, json: { project_ids: [project] } });
		expect((await api('POST /project-share-exit/', { project_ids: [project] })).status).toBe(400);
		expect((await api(`GET /projects/${project}`)).json.is_shared).toBe(false);
	});

	it('of a user', async () => {
		const { json } = await api(`GET /user-projects/${simulator.info.userId}?limit=1&sort_by=name&sort_order=asc`);
		expect(json).toMatchObject({ meta: { count: 3, next: expect.stringContaining('offset=1') }, results: [{ name: 'Cattle 2026' }] });
		expect(await rowsOf(`GET /user-projects/${simulator.info.userId}?hidden_status=hidden`)).toHaveLength(1);
	});
});

describe('samples', () => {
	it('statuses and size', async () => {
		const statuses = await rowsOf(`GET /sample-statuses/${sample}`);
		expect(statuses).toEqual([{ status: 'succeeded', note: '', created: DATE }, { status: 'running', note: '', created: DATE }]);
		expect((await api(`GET /sample-stats/${sample}`)).json).toEqual({ total_size: expect.any(Number) });
	});

	it('ancestry, parentage and traits of those that have them', async () => {
		expect((await api(`GET /sample-ancestry/${sample}`)).json).toEqual({ ancestry: { value: expect.any(Object) }, metadata: { value: expect.any(Object) } });
		const parents = async (display: string) => (await api(`GET /sample-parentage/${sample}${display}`)).json;
		expect(await parents('')).toEqual(await parents('?display_results=matches'));
		const [matches, checks, all] = [await parents('?display_results=matches'), await parents('?display_results=checks'), await parents('?display_results=all')];
		expect(all).toEqual({ parentage_tested: true, parentage: [...matches.parentage, ...checks.parentage] });
		expect(matches.parentage).not.toEqual(checks.parentage);
		const scores = await rowsOf(`GET /sample-trait-scores/${sample}`);
		expect(scores.map((score: any) => score.risk)).toEqual(['high_risk', 'not_high_risk', null]);
		expect(scores[0]).toEqual({
			trait_score: { value: expect.any(Number), percentile: expect.any(Number) },
			trait_distribution: { value: expect.any(Object), version: expect.any(String) },
			trait: { key: expect.any(String) },
			trait_unit: { key: expect.any(String) },
			risk: 'high_risk',
		});
		const { failedQc } = simulator.info.samples;
		for (const line of ['GET /sample-ancestry', 'GET /sample-parentage', 'GET /sample-trait-scores', 'POST /sample-consumer-report']) expect((await api(`${line}/${failedQc}`)).status).toBe(404);
	});

	it('a consumer report by an address that ends', async () => {
		const now = simulator.clock.now();
		const { status, json } = await api(`POST /sample-consumer-report/${sample}`, { report_type: 'prs', expires_in: 120 });
		expect([status, json]).toEqual([201, { url: expect.any(String), expires_at: DATE }]);
		expect(Date.parse(json.expires_at) - now).toBeGreaterThanOrEqual(119_000);
		expect(Date.parse(json.expires_at) - now).toBeLessThan(180_000);
		expect((await send(json.url, 'GET ')).text).toContain('No person, no finding.');
		await simulator.clock.advance(119_000);
		expect((await send(json.url, 'GET ')).status).toBe(200);
		await simulator.clock.advance(1_000);
		expect((await send(json.url, 'GET ')).status).toBe(403);
		expect((await api(`POST /sample-consumer-report/${sample}`)).status).toBe(201);
	});

	it('restore groups', async () => {
		const { archived } = simulator.info.samples;
		const { restore_group_id } = (await api(`POST /project-restore-samples/${project}`, { sample_ids: [archived] })).json;
		const line = `GET /sample-restore-group/${restore_group_id}`;
		expect(await rowsOf(line)).toMatchObject([{ id: archived, archive_last_status: { status: 'restore_requested' } }]);
		expect(await rowsOf(`${line}?archive_status=available`)).toEqual([]);
		await simulator.clock.advance(2 * DAY + 2 * HOUR);
		expect(await rowsOf(line)).toMatchObject([{ id: archived, archive_last_status: { status: 'restored' } }]);
	});
});

describe('variants', () => {
	const variants = async (query: string, id = sample) => await api(`GET /sample-genomic-variants/${id}?${query}`);

	it('at a position', async () => {
		expect((await variants('chromosome=chr11&position=5000')).json).toEqual({
			meta: { count: 1, next: null, previous: null },
			results: [
				{
					chromosome: 'chr11',
					position: 5000,
					rsid: 'rs11005',
					ref: expect.stringMatching(/^[ACGT]$/),
					alt: [expect.stringMatching(/^[ACGT]$/)],
					genotype: expect.objectContaining({ GT: expect.stringMatching(/^[01]\|[01]$/), DS: expect.any(String), GP: expect.any(String) }),
					genotype_confidence: 0.98,
					quality: 30,
					info: expect.any(Object),
				},
			],
		});
		expect((await variants('chromosome=chr11&position=5001')).json.results).toEqual([]);
	});

	it('in a range, page by page', async () => {
		const { json } = await variants('chromosome=chrX&start_position=1500&end_position=101500&limit=40');
		expect(json.meta).toEqual({ count: 100, next: expect.stringContaining('end_position=101500&limit=40&offset=40&start_position=1500'), previous: null });
		expect(json.results.map(({ position }: any) => position)).toEqual(Array.from({ length: 40 }, (_, index) => 2000 + index * 1000));
	});

	it('by name', async () => {
		const { results } = (await variants('rsid=rs1001,rs25999,rs26001,rs1,rs999999999,x')).json;
		expect(results.map((one: any) => [one.chromosome, one.position])).toEqual([['chr1', 1000], ['chrM', 999_000]]);
		expect((await variants('rsid=rs2000')).json.results).toEqual((await variants('chromosome=chr1&start_position=1000000&end_position=1000000')).json.results);
	});

	it.each([
		'',
		'chromosome=chr1',
		'position=1000',
		'chromosome=chr1&start_position=1',
		'chromosome=chr1&position=1&rsid=rs1001',
		'chromosome=chr1&position=1&start_position=1&end_position=2',
		'chromosome=chr1&start_position=1&end_position=100002',
		'chromosome=chr1&start_position=2&end_position=1',
	])('%s: not exactly one way to ask, or too wide', async (query) => {
		expect(await variants(query)).toMatchObject({ status: 400, json: { non_field_errors: [expect.any(String)] } });
	});

	it.each([
		['chromosome=11&position=5', { chromosome: ['"11" is not a valid choice.'] }],
		['chromosome=chr11&position=x', { position: ['A valid integer is required.'] }],
		['chromosome=chr11&start_position=0&end_position=5', { start_position: ['A valid integer is required.'] }],
		[`rsid=${Array.from({ length: 51 }, (_, index) => `rs${1001 + index}`).join()}`, { rsid: ['At most 50 rsIDs are allowed.'] }],
	])('%s', async (query, errors) => {
		const { status, json } = await variants(query);
		expect([status, json]).toEqual([400, errors]);
	});

	it('a range of 100,000 and 50 names are allowed; a sample without a VCF has none', async () => {
		expect((await variants('chromosome=chr1&start_position=1&end_position=100001')).status).toBe(200);
		expect((await variants(`rsid=${Array.from({ length: 50 }, (_, index) => `rs${1001 + index}`).join()}`)).json.meta.count).toBe(50);
		expect((await variants('chromosome=chr1&position=1000', simulator.info.samples.failedQc)).status).toBe(404);
	});
});

describe('manifest templates', () => {
	it.each([
		['', '96_well', 97, 'H12'],
		['?template_type=96_well', '96_well', 97, 'H12'],
		['?template_type=384_well', '384_well', 385, 'P24'],
	])('CSV%s, for anybody', async (query, name, lines, last) => {
		const { status, headers, text } = await as(undefined, `GET /sample-manifests-csv-template/${query}`);
		expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([200, 'text/csv', `attachment; filename="sample_manifest_${name}.csv"`]);
		const rows = text.trimEnd().split('\r\n');
		expect([rows[0], rows[2], rows.length]).toEqual(['Plate ID,Well,Unique sample identifier,Buffer,Concentration if known (ng/ul),Species,Coverage', ',B1,,,,,', lines]);
		expect(rows.at(-1)).toBe(`,${last},,,,,`);
	});

	it('CSV for tubes', async () => {
		expect((await as(undefined, 'GET /sample-manifests-csv-template/?template_type=tube')).text).toContain('Unique sample identifier');
	});

	it('XLSX, which can be filled in and sent back', async () => {
		const { status, headers, bytes } = await as(undefined, 'GET /sample-manifests-xlsx-template/');
		expect([status, headers.get('content-type')]).toEqual([200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']);
		const form = new FormData();
		form.append('sample_manifest', new Blob([bytes as never]), 'empty.xlsx');
		const answer = await send(`${simulator.info.url}/api/v2`, `POST /project-sample-manifests/${project}`, { body: form, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });
		expect([answer.status, answer.json]).toEqual([400, { sample_manifest: ['The sample manifest has no samples.'] }]);
	});
});

describe('uploads', () => {
	const slot = async (name: string) => (await api('POST /uploads-post-data/', { destination_path: `gncv://spec/${name}` })).json;

	async function sendForm({ url, fields }: { url: string; fields: Record<string, string> }, content = '@read', change: Record<string, string | undefined> = {}): Promise<Answer> {
		const form = new FormData();
		for (const [name, value] of Object.entries({ ...fields, ...change })) if (value !== undefined) form.append(name, value);
		form.append('file', new Blob([content]), 'x.fastq.gz');
		return await send(url, 'POST ', { body: form });
	}

	it('list, with filters, and one', async () => {
		const first = await slot('a_R1.fastq.gz');
		const second = await slot('b_R1.fastq.gz');
		const { url, fields } = (await api('POST /uploads-presigned-post-data/', { destination_path: 'gncv://spec/b_R1.fastq.gz' })).json;
		expect((await sendForm({ url, fields }, '@read')).status).toBe(204);
		await simulator.clock.advance(60_000);
		expect((await rowsOf('GET /uploads/')).map((one: any) => one.id)).toEqual([second.id, first.id]);
		expect((await rowsOf('GET /uploads/?status=started')).map((one: any) => one.id)).toEqual([first.id]);
		expect((await rowsOf(`GET /uploads/?search=${second.id}`)).map((one: any) => one.id)).toEqual([second.id]);
		const { json } = await api(`GET /uploads/${second.id}`);
		expect(json).toEqual({
			id: second.id,
			last_status: { id: UUID, status: 'succeeded', note: '', created: DATE },
			file: { id: UUID, s3_path: expect.any(String), size: 5, download_url: expect.any(String), file_type: 'fastq-r1', checksum_sha256: '', shadow_mode: false },
			created: DATE,
			destination_path: 'gncv://spec/b_R1.fastq.gz',
			source: 'cli',
			user: simulator.info.userId,
			organization: simulator.info.organizationId,
		});
		expect((await send(json.file.download_url, 'GET ')).text).toBe('@read');
		expect((await api(`GET /uploads/${first.id}`)).json.file).toMatchObject({ size: null, download_url: null });
	});

	it('are deleted all or not at all, and leave their path blocked', async () => {
		const { id } = await slot('a_R1.fastq.gz');
		expect((await api('POST /uploads-delete-unassigned/', { upload_ids: [id, UNKNOWN] })).status).toBe(400);
		expect((await api(`GET /uploads/${id}`)).status).toBe(200);
		expect(await api('POST /uploads-delete-unassigned/', { upload_ids: [id] })).toMatchObject({ status: 200, json: { upload_ids: [id] } });
		expect((await api('POST /uploads-delete-unassigned/', { upload_ids: [id] })).status).toBe(400);
		expect((await api(`GET /uploads/${id}`)).status).toBe(404);
		expect(await rowsOf('GET /uploads/')).toEqual([]);
		const again = { destination_path: 'gncv://spec/a_R1.fastq.gz' };
		for (const line of ['POST /uploads-post-data/', 'POST /uploads-presigned-post-data/']) expect(await api(line, again)).toMatchObject({ status: 400, json: { destination_path: [expect.stringContaining('was deleted')] } });
	});

	it('assigned ones stay', async () => {
		const upload = (await api('POST /uploads-url/', { destination_path: 'gncv://spec/c_R1.fastq.gz', source_url: 'https://example.org/c_R1.fastq.gz' })).json;
		await api(`POST /project-samples/${project}`, { uploads: [{ client_id: 'c', fastq: { r1: { upload: upload.id } } }] });
		expect((await api('POST /uploads-delete-unassigned/', { upload_ids: [upload.id] })).status).toBe(400);
	});

	describe('presigned form', () => {
		const presigned = async () => (await api('POST /uploads-presigned-post-data/', { destination_path: 'gncv://spec/f_R1.fastq.gz' })).json;

		it('says where to and with which fields', async () => {
			const answer = await api('POST /uploads-presigned-post-data/', { destination_path: 'gncv://spec/f_R1.fastq.gz' });
			expect([answer.status, answer.json]).toEqual([201, { url: expect.stringContaining(simulator.info.url), fields: { key: expect.any(String), AWSAccessKeyId: expect.any(String), policy: expect.any(String), signature: expect.any(String) } }]);
		});

		it('takes the file, which the service notices', async () => {
			const form = await presigned();
			const answer = await sendForm(form, 'x'.repeat(3_000_000));
			expect([answer.status, answer.headers.get('etag')]).toEqual([204, expect.stringMatching(/^"[0-9a-f]{32}"$/)]);
			await simulator.clock.advance(60_000);
			expect(await rowsOf('GET /uploads/')).toMatchObject([{ last_status: { status: 'succeeded' }, file: { size: 3_000_000 } }]);
			expect(await rowsOf('GET /sample-sheet/?search=gncv://spec/')).toMatchObject([{ client_id: 'f' }]);
		});

		it.each<[string, Record<string, string | undefined>, number]>([
			['another key', { key: 'organization/x' }, 403],
			['another signature', { signature: 'x' }, 403],
			['another policy', { policy: Buffer.from('{}').toString('base64') }, 403],
			['no signature', { signature: undefined }, 403],
			['another access key', { AWSAccessKeyId: 'x' }, 403],
			['no key', { key: undefined }, 400],
		])('refuses %s', async (_what, change, status) => {
			const answer = await sendForm(await presigned(), 'x'.repeat(3_000_000), change);
			expect([answer.status, answer.text]).toEqual([status, expect.stringContaining('<Error><Code>')]);
			await simulator.clock.advance(60_000);
			expect(await rowsOf('GET /uploads/')).toMatchObject([{ last_status: { status: 'started' } }]);
		});

		it('wants the fields before the file, and a form', async () => {
			const { url, fields } = await presigned();
			const form = new FormData();
			form.append('file', new Blob(['x']), 'x.fastq.gz');
			for (const [name, value] of Object.entries(fields as Record<string, string>)) form.append(name, value);
			expect((await send(url, 'POST ', { body: form })).status).toBe(400);
			const empty = new FormData();
			empty.append('key', fields.key);
			expect((await send(url, 'POST ', { body: empty })).status).toBe(400);
			expect((await send(url, 'POST ', { json: fields })).status).toBe(400);
		});

		it('ends after an hour', async () => {
			const form = await presigned();
			await simulator.clock.advance(HOUR);
			expect((await sendForm(form)).status).toBe(403);
		});
	});
});

describe('imports', () => {
	it('biosamples become samples', async () => {
		const given = { project_id: project, basespace_bio_samples: [{ basespace_id: '123', client_id: 'bio-1' }, { basespace_id: '124', client_id: 'bio-2' }], metadata: { a: 1 } };
		const { status, json } = await api('POST /basespace-biosamples-import/', given);
		expect([status, json]).toEqual([202, { ...given, basespace_bio_samples: given.basespace_bio_samples.map((one) => ({ ...one, sample: UUID })) }]);
		expect((await api(`GET /samples/${json.basespace_bio_samples[1].sample}`)).json).toMatchObject({ client_id: 'bio-2', project });
		expect((await api(`GET /sample-metadata/${json.basespace_bio_samples[1].sample}`)).json).toEqual({ metadata: { a: 1 } });
	});

	it.each([
		['basespace-projects-autoimport', { identifier: 'x' }],
		['s3-uri-autoimport', { s3_uri: 's3://bucket/prefix' }],
	])('%s: deleted', async (path, body) => {
		const { id } = (await api(`POST /${path}/`, { project_id: project, ...body })).json;
		expect(await api(`DELETE /${path}/${id}`)).toMatchObject({ status: 204, text: '' });
		expect((await api(`DELETE /${path}/${id}`)).status).toBe(404);
		expect(await rowsOf(`GET /${path}/`)).toEqual([]);
	});

	it('the role and the external id for S3 belong to the user', async () => {
		for (const line of ['GET /s3-role/', 'DELETE /s3-role/', 'GET /s3-external-id/']) expect((await api(line)).status).toBe(404);
		const role = { role_arn: 'arn:aws:iam::123456789012:role/x' };
		expect(await api('POST /s3-role/', role)).toMatchObject({ status: 201, json: role });
		expect((await api('GET /s3-role/')).json).toEqual(role);
		expect((await as(await member(), 'GET /s3-role/')).status).toBe(404);
		expect((await api('DELETE /s3-role/')).status).toBe(204);
		expect((await api('GET /s3-role/')).status).toBe(404);
		const { status, json } = await api('POST /s3-external-id/');
		expect([status, json]).toEqual([201, { external_id: UUID }]);
		expect((await api('GET /s3-external-id/')).json).toEqual(json);
	});

	it('the newest pipeline', async () => {
		const newest = (await rowsOf('GET /pipeline/?sort_by=created&sort_order=desc&limit=1'))[0];
		expect((await api('GET /pipeline-latest/')).json).toEqual((await api(`GET /pipeline/${newest.id}`)).json);
	});
});

describe('organization', () => {
	it('name, users and roles', async () => {
		expect((await api('PATCH /organization/', { name: 'Other Genomics' })).json).toEqual((await api('GET /organization/')).json);
		expect((await api('GET /organization/')).json.name).toBe('Other Genomics');
		const [, second] = await rowsOf('GET /organization-users/');
		expect((await api(`GET /organization-roles/${second.roles.organization.id}`)).json).toEqual(second.roles.organization);
		const { status, json } = await api('POST /organization-users/', { user: second.id, role: 'owner' });
		expect([status, json]).toEqual([201, { ...second.roles.organization, name: 'owner' }]);
		const changed = { is_active: false, name: 'Renamed' };
		expect((await api(`PATCH /organization-users/${second.id}`, changed)).json).toEqual({ ...second, ...changed, roles: { organization: json } });
		const { email, password, code } = simulator.info.mfa;
		expect((await as(undefined, 'POST /jwt-create/', { email, password, otp_token: code })).status).toBe(401);
	});

	it('invitations: made, listed, revoked, expired', async () => {
		const { status, json: first } = await api('POST /invitations/', { email: 'New@example.org' });
		expect(status).toBe(201);
		expect(first).toEqual({
			id: UUID,
			email: 'new@example.org',
			last_status: { id: UUID, status: 'pending', created: DATE, actor: { id: simulator.info.userId, name: expect.any(String) } },
			expires: DATE,
			role: 'member',
		});
		const second = (await api('POST /invitations/', { email: 'other@example.org', role: 'owner' })).json;
		expect((await rowsOf('GET /invitations/')).map((one: any) => one.id)).toEqual([second.id, first.id]);
		expect(await api(`DELETE /invitations/${second.id}`)).toMatchObject({ status: 204, text: '' });
		expect((await api(`DELETE /invitations/${second.id}`)).status).toBe(404);
		expect((await rowsOf('GET /invitations/?status=revoked')).map((one: any) => one.id)).toEqual([second.id]);
		await simulator.clock.advance(8 * DAY);
		expect((await rowsOf('GET /invitations/?status=expired')).map((one: any) => one.id)).toEqual([first.id]);
		expect(await rowsOf('GET /invitations/?status=pending')).toEqual([]);
		expect(await rowsOf('GET /invitations/?status=all')).toHaveLength(2);
	});

	it('an invitation by its token', async () => {
		const shown = (await api(`GET /invitations-token/${INVITATION_TOKEN}`)).json;
		expect(shown).toEqual({ token: INVITATION_TOKEN, last_status: { id: UUID, status: 'pending', created: DATE, actor: expect.any(Object) }, expires: DATE, organization: { id: UUID, name: 'Another Laboratory' }, role: 'member' });
		expect((await as(await member(), `PATCH /invitations-token/${INVITATION_TOKEN}`, {})).status).toBe(403);
		expect((await api(`PATCH /invitations-token/${INVITATION_TOKEN}`, { organization: { name: 'x' }, role: 'owner' })).json).toMatchObject({ last_status: { status: 'accepted', actor: { id: simulator.info.userId } }, organization: shown.organization, role: 'member' });
		expect(await api(`PATCH /invitations-token/${INVITATION_TOKEN}`, {})).toMatchObject({ status: 400, json: ['Invitation is no longer pending.'] });
		expect(await rowsOf('GET /invitations/')).toEqual([]);
	});
});

describe('user', () => {
	it.each(['PUT', 'PATCH'])('%s name', async (verb) => {
		expect((await api(`${verb} /user/`, { name: verb, email: 'ignored@example.org' })).json).toMatchObject({ name: verb, email: simulator.info.email });
		expect((await api('GET /user/')).json.name).toBe(verb);
	});

	it('API keys', async () => {
		const { status, json: created } = await api('POST /user-api-keys/', { name: 'n8n', expiry_date: '2099-12-31', ip_range: ['10.0.0.0/8', '2001:db8::/32'] });
		expect(status).toBe(201);
		expect(created).toEqual({ expiry_date: '2099-12-31', id: UUID, key: expect.any(String), name: 'n8n', prefix: expect.any(String), ip_range: ['10.0.0.0/8', '2001:db8::/32'] });
		expect((await as(`Api-Key ${created.key}`, 'GET /user/')).json.id).toBe(simulator.info.userId);
		const listed = (await rowsOf('GET /user-api-keys/')).find(({ id }: any) => id === created.id);
		const { key: _, ...withoutKey } = created;
		expect(listed).toEqual({ ...withoutKey, revoked: false, has_expired: false });
		expect((await api(`PATCH /user-api-keys/${created.id}`, { name: 'other', ip_range: null })).json).toEqual({ ...listed, name: 'other', ip_range: null });
		expect((await as(await member(), `PATCH /user-api-keys/${created.id}`, { revoked: true })).status).toBe(404);
		expect((await api(`PATCH /user-api-keys/${created.id}`, { revoked: true })).json.revoked).toBe(true);
		expect((await as(`Api-Key ${created.key}`, 'GET /user/')).status).toBe(401);
		expect((await rowsOf('GET /user-api-keys/')).some(({ id }: any) => id === created.id)).toBe(false);
		expect((await api(`PATCH /user-api-keys/${created.id}`, { revoked: false })).status).toBe(404);
	});

	it('an API key ends after its last day', async () => {
		const today = new Date(simulator.clock.now()).toISOString().slice(0, 10);
		const { key, id } = (await api('POST /user-api-keys/', { name: 'short', expiry_date: today })).json;
		expect((await as(`Api-Key ${key}`, 'GET /user/')).status).toBe(200);
		await simulator.clock.advance(DAY);
		expect((await as(`Api-Key ${key}`, 'GET /user/')).status).toBe(401);
		expect((await rowsOf('GET /user-api-keys/')).find((one: any) => one.id === id)).toMatchObject({ has_expired: true, expiry_date: today });
	});

	it('configuration: free keys', async () => {
		expect((await api('GET /user-config/')).json).toEqual({});
		await api('PATCH /user-config/', { a: 1, b: { c: [] } });
		expect((await api('PATCH /user-config/', { a: null, d: 'x' })).json).toEqual({ a: null, b: { c: [] }, d: 'x' });
		expect((await api('GET /user-config/')).json).toEqual({ a: null, b: { c: [] }, d: 'x' });
	});
});

describe('account', () => {
	const mails = async () => (await control('GET /gencove/mails')).json;
	const logIn = async (email: string, password: string) => await as(undefined, 'POST /jwt-create/', { email, password });

	it('registers, activates and logs in', async () => {
		const login = { email: 'new@example.org', password: 'long-enough' };
		const { status, json } = await as(undefined, 'POST /user-register/', { ...login, name: 'New', organization_name: 'Lab' });
		expect([status, json]).toEqual([201, { email: login.email, id: UUID, name: 'New' }]);
		expect((await logIn(login.email, login.password)).status).toBe(401);
		const [{ token: early }] = await mails();
		expect(await as(undefined, 'POST /user-activate-resend/', { email: login.email })).toMatchObject({ status: 200, json: { email: login.email } });
		const [, { to, about, uid, token }] = await mails();
		expect([to, about]).toEqual([login.email, 'activation']);
		expect(await as(undefined, 'POST /user-activate/', { uid, token: early })).toMatchObject({ status: 400, json: { token: ['Invalid token for given user.'] } });
		expect(await as(undefined, 'POST /user-activate/', { uid, token })).toMatchObject({ status: 200, json: {} });
		expect(await as(undefined, 'POST /user-activate/', { uid, token })).toMatchObject({ status: 403, json: { detail: 'Stale token for given user.' } });
		expect((await logIn(login.email, login.password)).status).toBe(200);
	});

	it('registers with an invitation', async () => {
		await api('POST /invitations/', { email: 'invited@example.org' });
		const [{ about, token: invitation_token }] = await mails();
		expect(about).toBe('invitation');
		expect((await as(undefined, 'POST /user-register/', { email: 'invited@example.org', password: 'long-enough', invitation_token })).status).toBe(201);
		expect(await rowsOf('GET /invitations/?status=accepted')).toHaveLength(1);
		expect((await as(undefined, 'POST /user-register/', { email: 'second@example.org', password: 'long-enough', invitation_token })).status).toBe(400);
	});

	it('resets a password', async () => {
		const { email } = simulator.info;
		expect((await as(undefined, 'POST /user-password-reset/', { email: 'nobody@example.org' })).status).toBe(200);
		await as(undefined, 'POST /user-password-reset/', { email });
		const [{ to, uid, token }] = await mails();
		expect([to, (await mails()).length]).toEqual([email, 1]);
		const confirm = async (given: object) => await as(undefined, 'POST /user-password-reset-confirm/', { uid, token, new_password: 'another-one', ...given });
		expect(await confirm({ token: 'x' })).toMatchObject({ status: 400, json: { token: ['Invalid token for given user.'] } });
		expect(await confirm({})).toMatchObject({ status: 200, json: {} });
		expect((await confirm({})).status).toBe(400);
		expect((await logIn(email, 'another-one')).status).toBe(200);
	});

	it('sets password and address', async () => {
		const { email, password } = simulator.info;
		expect((await api('POST /user-password-set/', { current_password: 'wrong', new_password: 'another-one' })).status).toBe(400);
		expect(await api('POST /user-password-set/', { current_password: password, new_password: 'another-one' })).toMatchObject({ status: 200, json: {} });
		expect(await api('POST /user-change-email/', { current_password: 'another-one', new_email: simulator.info.mfa.email })).toMatchObject({ status: 400, json: { new_email: [expect.any(String)] } });
		expect((await api('POST /user-change-email/', { current_password: 'another-one', new_email: 'moved@example.org' })).json).toEqual({ new_email: 'moved@example.org' });
		expect((await logIn(email, 'another-one')).status).toBe(401);
		expect((await logIn('moved@example.org', 'another-one')).status).toBe(200);
	});

	it('verifies and ends tokens', async () => {
		const { email, password } = simulator.info;
		const { access, refresh } = (await logIn(email, password)).json;
		for (const token of [access, refresh]) expect(await api('POST /jwt-verify/', { token })).toMatchObject({ status: 200, json: {} });
		expect(await api('POST /jwt-verify/', { token: 'x' })).toMatchObject({ status: 401, json: { code: 'token_not_valid' } });
		expect(await api('POST /jwt-logout/', { refresh })).toMatchObject({ status: 200, json: {} });
		expect((await api('POST /jwt-logout/', { refresh })).status).toBe(401);
		expect((await as(undefined, 'POST /jwt-refresh/', { refresh })).status).toBe(401);
	});

	it('second factor: set up, confirmed, taken away', async () => {
		const { email, password } = simulator.info;
		expect((await api('GET /mfa-status/')).json).toEqual({ has_mfa_device: false });
		expect((await api('DELETE /mfa-disable/')).status).toBe(404);
		expect((await api('POST /mfa-setup/', { device_type: 'yubikey' })).json).toEqual({ secret: '', config_url: '' });
		const { status, json } = await api('POST /mfa-setup/', { device_type: 'generator' });
		expect([status, json]).toEqual([201, { secret: expect.any(String), config_url: expect.stringMatching(/^otpauth:/) }]);
		expect((await api('POST /mfa-validate/', { token: '000000' })).status).toBe(400);
		const validated = await api('POST /mfa-validate/', { token: simulator.info.mfa.code });
		expect([validated.status, validated.json]).toEqual([201, { backup_tokens: expect.arrayContaining([expect.any(String)]) }]);
		expect((await api('GET /mfa-status/')).json).toEqual({ has_mfa_device: true });
		expect((await logIn(email, password)).json).toEqual({ otp_token: ['Please enter your OTP token.'] });
		expect(await api('DELETE /mfa-disable/')).toMatchObject({ status: 204, text: '' });
		expect((await logIn(email, password)).status).toBe(200);
	});

	it('accounts elsewhere, and bills', async () => {
		const provider = async () => (await rowsOf('GET /social-providers/?name=basespace'))[0];
		expect(await provider()).toEqual({ name: 'basespace', authorization_uri: expect.stringMatching(/^https:/), accounts: [] });
		expect(await rowsOf('GET /social-providers/?name=other')).toEqual([]);
		expect(await api('POST /social-signup/', { provider: 'basespace', code: 'x' })).toMatchObject({ status: 200, json: { provider: 'basespace', code: 'x' } });
		expect((await provider()).accounts).toEqual([{ id: UUID, created: DATE, social_account_id: expect.any(String), auth_time: DATE }]);
		expect(await api('POST /social-disconnect/', { provider: 'basespace' })).toMatchObject({ status: 200, json: { provider: 'basespace' } });
		expect((await provider()).accounts).toEqual([]);
		expect(await api('POST /billing-portal/')).toMatchObject({ status: 201, json: { billing_portal_url: expect.stringMatching(/^https:/) } });
	});

	it('leaves no secret in the journal', async () => {
		await as(undefined, 'POST /user-register/', { email: 'new@example.org', password: 'long-enough' });
		await api('POST /mfa-validate/', { token: '123456' });
		const bodies = JSON.stringify((await control('GET /journal')).json.entries);
		expect(bodies).toContain('new@example.org');
		expect(bodies).not.toMatch(/long-enough|123456/);
	});
});

describe('consumers', () => {
	const address = {
		recipient_address_name: 'Simulated Person',
		recipient_address_line1: '1 Example Street',
		recipient_address_city: 'Example',
		recipient_address_postal_code: '12345',
		recipient_address_state_region: 'EX',
		recipient_address_country_code: 'US',
		recipient_phone: '+1 555 0100',
		recipient_email: 'person@example.org',
	};
	const statusOf = async (id: string) => (await api(`GET /samples/${id}`)).json.last_status.status;

	it('order kits', async () => {
		const { status, json } = await api('POST /sample-kit/', { ...address, project_id: project, metadata: { a: 1 }, test_mode: true });
		expect([status, json]).toEqual([201, { sample_id: UUID }]);
		expect((await api(`GET /samples/${json.sample_id}`)).json.project).toBe(project);
		expect((await api(`GET /sample-metadata/${json.sample_id}`)).json).toEqual({ metadata: { a: 1 } });
		expect((await api(`GET /project-stats/${project}`)).json.counts.kit_processing_samples).toBe(1);
	});

	it('need a whole address', async () => {
		const { json } = await api('POST /sample-kit/', {});
		expect(Object.keys(json).sort()).toEqual([...Object.keys(address), 'project_id'].sort());
		for (const code of ['usa', 'us', 'XX']) expect((await api('POST /sample-kit/', { ...address, project_id: project, recipient_address_country_code: code })).json).toEqual({ recipient_address_country_code: [`"${code}" is not a valid choice.`] });
		expect((await api('POST /sample-kit/', { ...address, project_id: project, recipient_address_line1: 'x'.repeat(51) })).json).toEqual({ recipient_address_line1: ['Ensure this field has no more than 50 characters.'] });
	});

	it.each([
		['sample-kit-form', 'consumer_awaiting_kit_order'],
		['array-data-upload-form', 'consumer_awaiting_array_data'],
	])('%s: a link to a form', async (path, state) => {
		const now = simulator.clock.now();
		const { status, json } = await api(`POST /${path}/`, { project_id: project, redirect_on_success: 'https://example.org/ok', redirect_on_failure: 'https://example.org/no', expires_in: 60 });
		expect([status, json]).toEqual([201, { sample_id: UUID, url: expect.stringMatching(/^https:/), expires_at: DATE }]);
		expect(Date.parse(json.expires_at) - now).toBeLessThan(90_000);
		expect(await statusOf(json.sample_id)).toBe(state);
	});

	it('array data needs no project', async () => {
		const { sample_id } = (await api('POST /array-data-upload-form/', {})).json;
		expect(await statusOf(sample_id)).toBe('consumer_awaiting_array_data');
	});
});

describe('FirstMile and Explorer', () => {
	it('where runs are put', async () => {
		expect((await api('GET /firstmile-s3-role-element/')).json).toEqual({ role_arn: '', external_id: null, aws_region: 'us-east-1', s3_bucket: '', s3_prefix: '' });
		const given = { role_arn: 'arn', external_id: UNKNOWN, s3_bucket: 'bucket', s3_prefix: 'runs/' };
		const { status, json } = await api('POST /firstmile-s3-role-element/', { ...given, aws_region: 'ignored' });
		expect([status, json]).toEqual([201, { ...given, aws_region: 'us-east-1' }]);
		expect((await api('GET /firstmile-s3-role-element/')).json).toEqual(json);
	});

	const check = async (text: string, part = 'illumina_samplesheet') => {
		const form = new FormData();
		form.append(part, new Blob([text]), 'SampleSheet.csv');
		return await send(`${simulator.info.url}/api/v2`, 'POST /firstmile-validate-illumina-samplesheet/', { body: form, headers: { authorization: `Api-Key ${simulator.info.apiKey}` } });
	};

	it('a sample sheet that is right', async () => {
		const sheet = `[Header]\nDate,2026\n\n[Data]\r\nSample_ID,Gencove_Project_ID\r\ns1,${project}\r\ns2,${project.toUpperCase()}\r\n,\r\n[Other]\nx,y\n`;
		expect(await check(sheet)).toMatchObject({ status: 201, text: '' });
		expect((await control('GET /journal')).json.entries.at(-1).body).toEqual([{ name: 'illumina_samplesheet', filename: 'SampleSheet.csv', size: sheet.length }]);
	});

	it.each([
		['[Header]\n', 'Section [Data] is missing.'],
		['[Data]\nSample_ID\ns1\n', 'Column Gencove_Project_ID is missing in section [Data].'],
		[`[Data]\nSample_ID,Gencove_Project_ID\ns1,${UNKNOWN}\n`, `Row 1: "${UNKNOWN}" is not a valid Gencove project ID.`],
		['[Data]\nSample_ID,Gencove_Project_ID\ns1\n', 'Row 1: "" is not a valid Gencove project ID.'],
	])('%j is not', async (sheet, error) => {
		const { status, json } = await check(sheet);
		expect([status, json]).toEqual([400, { illumina_samplesheet: [error] }]);
	});

	it('wants the part by its name', async () => {
		expect((await check('[Data]', 'file')).json).toEqual({ illumina_samplesheet: ['No file was submitted.'] });
	});

	it('costs by month', async () => {
		const reports = await rowsOf('GET /explorer-cost-reporting/');
		expect(reports[0]).toEqual({
			id: UUID,
			start_date: expect.stringMatching(/^\d{4}-\d\d-01$/),
			end_date: expect.stringMatching(/^\d{4}-\d\d-(28|29|30|31)$/),
			report_amount: expect.stringMatching(/^\d+\.\d\d$/),
			is_current_report: true,
			report_is_finalized: false,
			last_updated: DATE,
			files: [],
		});
		expect(reports.map((one: any) => one.report_is_finalized)).toEqual([false, true, true]);
		expect((await api('GET /explorer-cost-reporting/?limit=1&offset=1')).json.results).toEqual([{ ...reports[1], last_updated: DATE }]);
	});

	it('a session of a running instance', async () => {
		const [{ id }] = await rowsOf('GET /explorer-instances/');
		expect((await api('POST /explorer-session-start/', { id })).json).toEqual({ id: [`Instance ${id} is not in running status.`] });
		await api('POST /explorer-start-instances/', { instance_ids: [id] });
		await simulator.clock.advance(5 * 60_000);
		const { status, json, headers } = await api('POST /explorer-session-start/', { id });
		expect([status, json]).toEqual([202, { explorer_url: expect.stringMatching(/^https:/), expires_in: expect.any(Number) }]);
		expect(headers.get('set-cookie')).toMatch(/^user_session=.+; HttpOnly/);
	});
});
