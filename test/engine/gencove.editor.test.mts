import { randomUUID } from 'node:crypto';
import { Bench, byId } from './gencove.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const MEMBER = '10000000-0000-4000-8000-000000000002';
const shown = bench.shown.bind(bench);
const projectId = () => bench.simulator.info.projects.human;
const one = async (...args: Parameters<Bench['json']>) => (await bench.json(...args))[0];

it('lists users by name and address, and searches them', async () => {
	expect(await shown('searchUsers')).toHaveLength(2);
	expect(await shown('searchUsers', {}, 'mfa')).toEqual([['Simulated Member (mfa@example.org)', MEMBER]]);
	bench.simulator.state.users[1].name = '';
	expect(await shown('searchUsers', {}, 'mfa')).toEqual([['mfa@example.org', MEMBER]]);
});

it('lists roles by their names, and those of users by their IDs', async () => {
	expect(await shown('searchOrganizationRoles')).toEqual([['owner', 'owner'], ['member', 'member']]);
	expect(await shown('searchProjectRoles', {}, 'view')).toEqual([['viewer', 'viewer']]);
	const roles = await shown('searchRolesOfUsers', {}, 'owner');
	expect(roles).toEqual([['Simulated Owner (user@example.org): owner', expect.any(String)]]);
	expect(await bench.json('organization', 'getRole', { roleId: byId(String(roles[0][1])) })).toMatchObject([{ name: 'owner' }]);

	expect(await shown('searchRolesInProject', { projectId: projectId() })).toEqual([]);
	const role = await one('projectAccess', 'addUser', { projectId: byId(projectId()), userId: byId(MEMBER), role: byId('analyst') });
	expect(await shown('searchRolesInProject', { projectId: projectId() })).toEqual([['Simulated Member (mfa@example.org): analyst', role.id]]);
});

it('lists invitations that are pending, shares and API keys', async () => {
	const invitation = await one('organization', 'createInvitation', { email: 'new@example.org' });
	expect(await shown('searchInvitations', {}, 'NEW')).toEqual([['new@example.org (member)', invitation.id]]);
	await bench.json('organization', 'deleteInvitation', { invitationId: byId(String(invitation.id)) });
	expect(await shown('searchInvitations')).toEqual([]);

	const share = await one('projectAccess', 'createShare', { projectId: byId(projectId()), emails: 'a@example.org', shareLevel: 'viewer' });
	expect(await shown('searchShares')).toEqual([[`a@example.org: ${projectId()} (shared)`, share.id]]);

	const key = await one('user', 'createApiKey', { name: 'of the lab' });
	expect(await shown('searchApiKeys', {}, 'of the lab')).toEqual([[`of the lab (${String(key.prefix)}...)`, key.id]]);
});

it('lists the subscriptions of a project and what was sent to one', async () => {
	expect(await shown('searchSubscriptions', { projectId: projectId() })).toEqual([]);
	const [mail] = await bench.json('subscription', 'create', { projectId: byId(projectId()), target: 'lab@example.org', eventTypes: ['samples_restored'], additionalFields: { name: 'Lab' } });
	expect(await shown('searchSubscriptions', { projectId: projectId() }, 'lab')).toEqual([['Lab (lab@example.org)', mail.id]]);
	await bench.json('subscription', 'sendTest', { subscriptionId: byId(String(mail.id)) });
	expect(await shown('searchNotifications', { subscriptionId: mail.id })).toEqual([[expect.stringMatching(/^\d{4}-.*, samples_restored$/), expect.any(String)]]);
	await expect(shown('searchNotifications')).rejects.toMatchObject({ message: '"Subscription" is empty', description: 'Choose "Subscription" first' });
	await expect(shown('searchSubscriptions', { projectId: randomUUID() })).rejects.toMatchObject({ httpCode: '404' });
});

it('finds uploads by a part of their path', async () => {
	for (const name of ['A', 'B']) await bench.json('upload', 'createSlot', { destinationPath: `gncv://plate7/${name}_R1.fastq.gz` });
	expect(await shown('searchUploads', {}, 'plate7/b')).toEqual([['gncv://plate7/B_R1.fastq.gz', expect.any(String)]]);
});

it('lists the instances of Explorer', async () => {
	expect(await shown('searchInstances')).toEqual([[expect.stringMatching(/ \(stopped\)$/), expect.any(String)]]);
	expect(await shown('searchInstances', {}, 'running')).toEqual([]);
});
