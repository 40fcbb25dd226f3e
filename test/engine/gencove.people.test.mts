import { randomUUID } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';
import { Bench, byId } from './gencove.mts';

const MEMBER = '10000000-0000-4000-8000-000000000002';
const INVITATION_TOKEN = 'simulatedinvitation0000000000001';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const one = async (...args: Parameters<typeof json>) => {
	const items = await json(...args);
	expect(items).toHaveLength(1);
	return items[0];
};
const control = async (path: string) => (await (await fetch(`${bench.simulator.info.control}/gencove/${path}`)).json()) as IDataObject[];
/** What the user reads of an error: the rest of it holds the parameters of the node. */
const wordsOf = (error: { message: string; description?: string } | undefined) => `${error?.message} ${error?.description}`;
const lastQuery = (call: string) => bench.arrived(call).at(-1)?.query;
const inProject = () => ({ projectId: byId(bench.simulator.info.projects.human) });
const ofMember = { userId: byId(MEMBER) };

describe('the organization', () => {
	it('is shown and renamed', async () => {
		expect(Object.keys(await one('organization', 'get'))).toHaveLength(10);
		expect(await one('organization', 'get', { simplify: false })).toMatchObject({ roles: { organization: { name: 'owner' } } });
		expect(await one('organization', 'update', { name: 'Other Genomics' })).toMatchObject({ name: 'Other Genomics' });
		expect(bench.sent('PATCH organization/')).toEqual([{ name: 'Other Genomics' }]);
	});

	it('lists its users, changes them and gives them roles', async () => {
		expect(await json('organization', 'getUsers', { filters: { search: 'mfa' } })).toMatchObject([{ id: MEMBER }]);
		expect(lastQuery('GET organization-users/')).toMatchObject({ search: ['mfa'] });
		expect(await one('organization', 'updateUser', { ...ofMember, additionalFields: { isActive: false, name: 'New Name' } })).toMatchObject({ id: MEMBER, is_active: false, name: 'New Name' });
		const role = await one('organization', 'addUserRole', { ...ofMember, role: byId('owner') });
		expect(bench.sent('POST organization-users/')).toEqual([{ user: MEMBER, role: 'owner' }]);
		expect(await one('organization', 'getRole', { roleId: byId(String(role.id)) })).toEqual({ id: role.id, name: 'owner' });
	});

	it('lists the roles there are', async () => {
		expect((await json('organization', 'getManyRoles')).map(({ name }) => name)).toEqual(['owner', 'member']);
		expect((await json('organization', 'getManyRoles', { appliesTo: 'project', returnAll: true })).map(({ name }) => name)).toContain('viewer');
	});

	it('invites, and takes invitations back', async () => {
		const invitation = await one('organization', 'createInvitation', { email: 'new@example.org', additionalFields: { role: byId('owner') } });
		expect(bench.sent('POST invitations/')).toEqual([{ email: 'new@example.org', role: 'owner' }]);
		await one('organization', 'createInvitation', { email: 'other@example.org' });
		expect(await json('organization', 'getManyInvitations', { filters: { status: 'pending' } })).toHaveLength(2);
		expect(lastQuery('GET invitations/')).toMatchObject({ status: ['pending'] });
		expect(await one('organization', 'deleteInvitation', { invitationId: byId(String(invitation.id)) })).toEqual({ deleted: true });
		expect(await json('organization', 'getManyInvitations', { filters: { status: 'revoked' } })).toMatchObject([{ id: invitation.id }]);
	});

	it('is joined by an invitation', async () => {
		const token = { token: INVITATION_TOKEN };
		const { organization, role } = await one('organization', 'getInvitationByToken', token);
		const { name } = organization as IDataObject;
		expect(await one('organization', 'acceptInvitationByToken', { ...token, additionalFields: { organizationName: name, invitedAs: role } })).toMatchObject({ last_status: { status: 'accepted' } });
		expect(bench.sent('PATCH invitations-token/{token}')).toEqual([{ organization: { name }, role }]);
		const { error } = await bench.run('organization', 'acceptInvitationByToken', token);
		expect(error?.message).toContain('no longer pending');
	});

	it('says what is wrong, and names the field', async () => {
		const { error } = await bench.run('organization', 'updateUser', { userId: byId(randomUUID()), additionalFields: { name: 'x' } });
		expect(error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"User"') });
		const refused = await bench.run('organization', 'addUserRole', { ...ofMember, role: byId('king') });
		expect(refused.error?.message).toContain('role: "king" is not a valid choice');
		const hidden = await bench.run('organization', 'getInvitationByToken', { token: 'a-token-that-is-wrong' });
		expect(hidden.error).toMatchObject({ httpCode: '404' });
		expect(wordsOf(hidden.error)).not.toContain('a-token-that-is-wrong');
	});
});

describe('access to projects', () => {
	it('is given to users and taken from them', async () => {
		const role = await one('projectAccess', 'addUser', { ...inProject(), ...ofMember, role: byId('analyst') });
		expect(bench.sent('POST project-users/{project_id}')).toEqual([{ user: MEMBER, role: 'analyst' }]);
		expect(await json('projectAccess', 'getUsers', { ...inProject(), filters: { onlyExplicitRoles: true, search: 'mfa' } })).toMatchObject([{ id: MEMBER, roles: { project: { name: 'analyst' } } }]);
		expect(lastQuery('GET project-users/{project_id}')).toMatchObject({ only_explicit_roles: ['true'], search: ['mfa'] });
		expect(await json('projectAccess', 'getOrganizationUsers', { ...inProject(), filters: { search: 'mfa' } })).toMatchObject([{ id: MEMBER }]);
		const ofRole = { roleId: byId(String(role.id)) };
		expect(await one('projectAccess', 'getRole', ofRole)).toEqual(role);
		expect(await one('projectAccess', 'deleteRole', ofRole)).toEqual({ deleted: true });
		expect(await json('projectAccess', 'getUsers', { ...inProject(), filters: { onlyExplicitRoles: true } })).toEqual([]);
		const { error } = await bench.run('projectAccess', 'getRole', ofRole);
		expect(error).toMatchObject({ httpCode: '404', description: expect.stringContaining('"Role of User"') });
	});

	it('is shared with others, and revoked', async () => {
		const share = await one('projectAccess', 'createShare', { ...inProject(), emails: 'a@example.org, b@example.org', shareLevel: 'analyst' });
		expect(bench.sent('POST project-shares/')).toEqual([{ project: bench.simulator.info.projects.human, shared_with_user_emails: ['a@example.org', 'b@example.org'], share_level: 'analyst' }]);
		const shareId = byId(String(share.id));
		expect(await json('projectAccess', 'getManyShares')).toHaveLength(2);
		expect(await one('projectAccess', 'getShare', { shareId })).toMatchObject({ share_level: 'analyst', last_status: { status: 'shared' } });
		expect(await one('projectAccess', 'revokeShare', { shareId })).toEqual({ id: share.id });
		expect(await one('projectAccess', 'getShare', { shareId })).toMatchObject({ last_status: { status: 'revoked' } });
		const { error } = await bench.run('projectAccess', 'revokeShare', { shareId });
		expect(error?.message).toContain('cannot be revoked');
	});

	it('that others gave is given up', async () => {
		await one('projectAccess', 'createShare', { ...inProject(), emails: bench.simulator.info.email, shareLevel: 'viewer' });
		const project_ids = [bench.simulator.info.projects.human];
		expect(await one('projectAccess', 'exitShares', inProject())).toEqual({ project_ids });
		expect(bench.sent('POST project-share-exit/')).toEqual([{ project_ids }]);
		const { error } = await bench.run('projectAccess', 'exitShares', inProject());
		expect(error?.message).toContain('must be shared with you');
	});
});

describe('the user', () => {
	it('is shown and renamed', async () => {
		expect(await one('user', 'get')).toMatchObject({ email: bench.simulator.info.email });
		expect(await one('user', 'update', { name: 'Ada' })).toMatchObject({ name: 'Ada' });
		expect(bench.sent('PATCH user/')).toEqual([{ name: 'Ada' }]);
	});

	it('has projects', async () => {
		const filters = { hiddenStatus: 'all', permission: 'basespace_biosamples_import', search: 'cat', sortBy: 'name', sortOrder: 'desc', status: 'completed' };
		const projects = await json('user', 'getProjectsOfUser', { ...ofMember, filters });
		expect(lastQuery('GET user-projects/{user_id}')).toMatchObject({ hidden_status: ['all'], additional_permission: ['basespace_biosamples_import'], search: ['cat'], sort_by: ['name'], sort_order: ['desc'], status: ['completed'] });
		expect(projects.every((project) => Object.keys(project).length <= 10)).toBe(true);
		expect((await json('user', 'getProjectsOfUser', ofMember)).length).toBeGreaterThan(1);
	});

	it('has API keys, which are shown once', async () => {
		const made = await one('user', 'createApiKey', { name: 'n8n', additionalFields: { expiryDate: '2099-12-31', ipRange: '192.0.2.0/24, 198.51.100.7/32' } });
		expect(bench.sent('POST user-api-keys/')).toEqual([{ name: 'n8n', expiry_date: '2099-12-31', ip_range: ['192.0.2.0/24', '198.51.100.7/32'] }]);
		expect(made).toMatchObject({ name: 'n8n', api_key: expect.stringMatching(/.{16,}/) });
		expect(made).not.toHaveProperty('key');
		const listed = await json('user', 'getManyApiKeys');
		expect(listed).toEqual(expect.arrayContaining([expect.objectContaining({ id: made.id, revoked: false })]));
		expect(JSON.stringify(listed)).not.toContain(made.api_key);

		const apiKeyId = byId(String(made.id));
		expect(await one('user', 'revokeApiKey', { apiKeyId, revoked: false, additionalFields: { name: 'renamed', ipRange: ['192.0.2.0/25'] } })).toMatchObject({ name: 'renamed', ip_range: ['192.0.2.0/25'], revoked: false });
		expect(await one('user', 'revokeApiKey', { apiKeyId })).toMatchObject({ revoked: true });
		expect(bench.sent('PATCH user-api-keys/{api_key_id}')).toEqual([{ revoked: false, name: 'renamed', ip_range: ['192.0.2.0/25'] }, { revoked: true }]);
		const { error } = await bench.run('user', 'createApiKey', { name: 'n8n', additionalFields: { ipRange: 'everywhere' } });
		expect(error?.message).toContain('CIDR');
	});

	it('has a config', async () => {
		expect(await one('user', 'updateConfig', { config: '{ "theme": "dark" }' })).toEqual({ theme: 'dark' });
		await one('user', 'updateConfig', { config: { rows: 50 } });
		expect(await one('user', 'getConfig')).toEqual({ theme: 'dark', rows: 50 });
		expect(bench.sent('PATCH user-config/')).toEqual([{ theme: 'dark' }, { rows: 50 }]);
	});
});

describe('the account', () => {
	const email = 'new@example.org';
	const mailed = async () => (await control('mails')).at(-1) as { uid: string; token: string };

	it('is registered, activated, and gets another password', async () => {
		const additionalFields = { fullName: 'New User', organizationName: 'New Lab' };
		expect(await one('account', 'register', { email, password: 'first-password', additionalFields })).toMatchObject({ email, name: 'New User' });
		await one('account', 'resendActivation', { email });
		expect(await one('account', 'activate', { ...(await mailed()) })).toEqual({ activated: true });
		expect(await one('account', 'requestPasswordReset', { email })).toEqual({ email });
		expect(await one('account', 'confirmPasswordReset', { ...(await mailed()), newPassword: 'second-password' })).toEqual({ success: true });
		const credential = bench.credential({ authentication: 'password', email, password: 'second-password' });
		expect(await one('user', 'get', {}, { credential })).toMatchObject({ email });
		// what anybody may call gets no credential
		for (const call of ['register', 'activate', 'activate-resend', 'password-reset', 'password-reset-confirm']) expect(bench.arrived(`POST user-${call}/`).map(({ authorized }) => authorized)).toEqual([false]);
	});

	it('is registered by an invitation', async () => {
		await one('account', 'register', { email, password: 'first-password', additionalFields: { invitationToken: INVITATION_TOKEN } });
		expect(bench.sent('POST user-register/')[0]).toHaveProperty('invitation_token');
	});

	it('changes its email and password', async () => {
		const { password: currentPassword } = bench.simulator.info;
		expect(await one('account', 'changeEmail', { currentPassword, newEmail: email })).toEqual({ new_email: email });
		expect(await one('account', 'setPassword', { currentPassword, newPassword: 'other-password' })).toEqual({ success: true });
		expect(await one('user', 'get')).toMatchObject({ email });
		const { error } = await bench.run('account', 'setPassword', { currentPassword: 'not-the-password', newPassword: 'a-new-one' });
		expect(error?.message).toMatch(/^Gencove refused the request: /);
		expect(wordsOf(error)).not.toContain('not-the-password');
	});

	it('tells whether a token is good, and ends log-ins', async () => {
		const { email: own, password, url } = bench.simulator.info;
		const answer = await fetch(`${url}/api/v2/jwt-create/`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: own, password }) });
		const { refresh } = (await answer.json()) as { refresh: string };
		expect(await one('account', 'verifyToken', { token: refresh })).toEqual({ valid: true });
		expect(await one('account', 'logout', { refreshToken: refresh })).toEqual({ loggedOut: true });
		expect(await one('account', 'verifyToken', { token: refresh })).toEqual({ valid: false });
		const { error } = await bench.run('account', 'logout', { refreshToken: refresh });
		expect(error?.message).toContain('token_not_valid');
		expect(wordsOf(error)).not.toContain(refresh);
		const wrongKey = await bench.run('account', 'verifyToken', { token: refresh }, { credential: bench.credential({ apiKey: 'wrong-key' }) });
		expect(wrongKey.error?.message).toMatch(/^Gencove did not accept the credential/);
	});

	it('gets a second factor and loses it', async () => {
		expect(await one('account', 'getMfaStatus')).toEqual({ has_mfa_device: false });
		expect(await one('account', 'setUpMfa')).toMatchObject({ secret: expect.stringMatching(/.+/), config_url: expect.stringContaining('otpauth://') });
		await one('account', 'setUpMfa', { deviceType: 'yubikey' });
		expect(bench.sent('POST mfa-setup/')).toEqual([{ device_type: 'generator' }, { device_type: 'yubikey' }]);
		expect(await one('account', 'validateMfa', { code: bench.simulator.info.mfa.code })).toMatchObject({ backup_tokens: expect.arrayContaining([expect.any(String)]) });
		expect(await one('account', 'getMfaStatus')).toEqual({ has_mfa_device: true });
		expect(await one('account', 'disableMfa')).toEqual({ deleted: true });
		const { error } = await bench.run('account', 'validateMfa', { code: '999999' });
		expect(error?.message).toContain('Invalid OTP token');
	});

	it('is linked to accounts at other services', async () => {
		const provider = 'basespace';
		expect(await one('account', 'socialSignUp', { provider, authorizationCode: 'a-code-of-basespace' })).toEqual({ provider });
		expect(bench.sent('POST social-signup/')[0]).toMatchObject({ provider, code: expect.any(String) });
		const filters = { providerName: provider };
		expect(await json('account', 'getSocialProviders', { filters })).toMatchObject([{ name: provider, accounts: [{}] }]);
		expect(lastQuery('GET social-providers/')).toMatchObject({ name: [provider] });
		expect(await one('account', 'socialDisconnect', { provider })).toEqual({ provider });
		const { error } = await bench.run('account', 'socialDisconnect', { provider });
		expect(error?.message).toContain('not connected');
	});

	it('has a page with bills', async () => {
		expect(await one('account', 'getBillingPortalLink')).toEqual({ billing_portal_url: expect.stringMatching(/^https:/) });
	});

	it('has a place where sequencers put their runs', async () => {
		const additionalFields = { externalId: randomUUID(), roleArn: 'arn:aws:iam::123456789012:role/gencove', bucket: 'lab-runs', prefix: 'novaseq/' };
		await one('account', 'setFirstMileS3Role', { additionalFields });
		expect(bench.sent('POST firstmile-s3-role-element/')).toEqual([{ external_id: additionalFields.externalId, role_arn: additionalFields.roleArn, s3_bucket: 'lab-runs', s3_prefix: 'novaseq/' }]);
		expect(await one('account', 'getFirstMileS3Role')).toMatchObject({ s3_bucket: 'lab-runs', s3_prefix: 'novaseq/' });
	});

	it('has sample sheets of sequencers looked at', async () => {
		const sheet = (project: string) => Buffer.from(`[Header]\n[Data]\nSample_ID,Gencove_Project_ID\nS1,${project}\n`);
		const run = async (project: string) => await bench.run('account', 'validateFirstMileSamplesheet', { inputField: 'data' }, { items: [await bench.engine.itemWithFile(sheet(project), 'SampleSheet.csv')] });
		expect((await run(bench.simulator.info.projects.human)).outputs[0]).toMatchObject([{ json: { valid: true } }]);
		expect(bench.arrived('POST firstmile-validate-illumina-samplesheet/')[0].body).toMatchObject([{ name: 'illumina_samplesheet', filename: 'SampleSheet.csv' }]);
		expect((await run('nobody')).error?.message).toContain('not a valid Gencove project ID');
	});
});

describe('kits and forms for persons', () => {
	const RECIPIENT = {
		recipientName: 'Jane Doe',
		addressLine1: '1 Main Street',
		city: 'New York',
		postalCode: '10001',
		stateRegion: 'NY',
		countryCode: 'US',
		phone: '+1 212 555 0100',
		email: 'jane@example.org',
	};
	const metadata = { study: 7 };
	const form = { expiresIn: 1200, metadata, redirectOnFailure: 'https://lab.example.org/sorry', redirectOnSuccess: 'https://lab.example.org/thanks' };
	const sentForm = { expires_in: 1200, metadata, redirect_on_failure: form.redirectOnFailure, redirect_on_success: form.redirectOnSuccess };

	it('a kit is sent', async () => {
		const additionalFields = { addressLine2: 'Floor 2', addressLine3: 'Room 3', instructions: 'Ring twice', metadata, testMode: true };
		expect(await one('consumer', 'createKitOrder', { ...inProject(), ...RECIPIENT, additionalFields })).toEqual({ sample_id: expect.any(String) });
		expect(bench.sent('POST sample-kit/')).toEqual([{
			project_id: bench.simulator.info.projects.human,
			recipient_address_name: 'Jane Doe',
			recipient_address_line1: '1 Main Street',
			recipient_address_line2: 'Floor 2',
			recipient_address_line3: 'Room 3',
			recipient_address_city: 'New York',
			recipient_address_postal_code: '10001',
			recipient_address_state_region: 'NY',
			recipient_address_country_code: 'US',
			recipient_phone: '+1 212 555 0100',
			recipient_email: 'jane@example.org',
			recipient_instructions: 'Ring twice',
			metadata,
			test_mode: true,
		}]);
	});

	it('no message repeats who it is for', async () => {
		const { error } = await bench.run('consumer', 'createKitOrder', { ...inProject(), ...RECIPIENT, countryCode: 'Atlantis' });
		expect(error?.message).toMatch(/country_code: .*not a valid choice/);
		expect(wordsOf(error)).not.toMatch(/Atlantis|Jane/);
	});

	it('links to forms are made', async () => {
		const link = { sample_id: expect.any(String), url: expect.stringMatching(/^https:/), expires_at: expect.any(String) };
		expect(await one('consumer', 'kitFormLink', { ...inProject(), additionalFields: { ...form, testMode: true } })).toEqual(link);
		expect(bench.sent('POST sample-kit-form/')).toEqual([{ project_id: bench.simulator.info.projects.human, ...sentForm, test_mode: true }]);
		expect(await one('consumer', 'arrayDataFormLink', { additionalFields: { ...form, formProjectId: byId(bench.simulator.info.projects.human) } })).toEqual(link);
		await one('consumer', 'arrayDataFormLink');
		expect(bench.sent('POST array-data-upload-form/')).toEqual([{ project_id: bench.simulator.info.projects.human, ...sentForm }, {}]);
		const { error } = await bench.run('consumer', 'kitFormLink', { ...inProject(), additionalFields: { expiresIn: 5 } });
		expect(error?.description).toContain('from 60 up to 3600');
	});
});
