import type { IDataObject } from 'n8n-workflow';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);
const failure = async (...args: Parameters<Bench['run']>) => (await bench.run(...args)).error;
const more = (additionalFields: IDataObject) => ({ additionalFields });
const admin = (changes: IDataObject = {}) => ({ credential: bench.credential({ accessToken: bench.simulator.info.adminToken, ...(changes as object) }) });
const paths = () => bench.arrived().map(({ method, path }) => `${method} ${path}`);

describe.each(LAYOUTS)('with %s', (layout) => {
	const through = async (operation: [string, string, IDataObject?]) => await bench.through(layout, operation[0], operation[1], operation[2] ?? {});
	const at = (path: string) => (layout === 'gateway' ? `/api${path.replace('/orgs', '/organizations')}` : `/admin/api/v1${path}`);

	it('organizations and projects are those that the user may see', async () => {
		const { organizationId, projectId } = bench.simulator.info;
		expect(await through(['organization', 'getAll'])).toEqual([{ id: organizationId, name: 'Sim Genomics', slug: 'sim-genomics' }, expect.objectContaining({ slug: 'sim-hospital' })]);
		expect((await through(['project', 'getAll'])).map(({ slug }) => slug)).toEqual(['sim-main', 'sim-other', 'sim-empty']);
		expect((await through(['project', 'getAll', { filters: { orgId: byId(organizationId) } }])).map(({ slug }) => slug)).toEqual(['sim-main', 'sim-other']);
		expect(await through(['project', 'get', { projectId: byId(projectId) }])).toMatchObject([{ slug: 'sim-main', org_name: 'Sim Genomics', bucket_name: 'sim-main' }]);
		expect(paths()).toEqual([at('/orgs'), at('/projects'), at('/projects'), at(`/projects/${projectId}`)].map((path) => `GET ${path}`));
		expect(bench.arrived().map(({ query }) => query.org_id)).toEqual([undefined, undefined, [organizationId], undefined]);
	});

	it('the user is the one of the token', async () => {
		expect(await through(['user', 'whoAmI'])).toEqual([{ email: 'n8n@machine.example.org', role: 'Contributor', name: 'n8n', is_machine_user: true, owner_email: 'person@example.org', orgs: ['Sim Genomics', 'Sim Hospital'], projects: ['Sim Main', 'Sim Other', 'Sim Empty'] }]);
		expect(paths()).toEqual([`GET ${at('/users/whoami')}`]);
	});

	it('the project that iFlow opens is chosen, and shown', async () => {
		const { otherProjectId, organizationId } = bench.simulator.info;
		expect(await through(['user', 'getDefaultContext'])).toEqual([{ project_id: null, project_name: null, org_id: null, org_name: null }]);
		const set = await through(['user', 'setDefaultContext', { chosenProjectId: byId(otherProjectId), ...more({ orgId: byId(organizationId) }) }]);
		expect(set).toEqual([{ project_id: otherProjectId, project_name: 'Sim Other', org_id: organizationId, org_name: 'Sim Genomics' }]);
		expect(await through(['user', 'getDefaultContext'])).toEqual(set);
		expect(bench.sent('PUT /admin/users/me/default-context')).toEqual([{ project_id: otherProjectId, org_id: organizationId }]);
	});

	it('the credentials of a project are masked, but for what opens nothing', async () => {
		const { projectId, otherProjectId } = bench.simulator.info;
		const get = async (id: string) => (await json('project', 'getCredentials', { projectId: byId(id) }, admin({ apiLayout: layout })))[0];
		expect(await get(projectId)).toEqual({
			backend: 'gcs', bucket_name: 'sim-main', prefix: null,
			service_account: { type: 'service_account', project_id: '•••', private_key_id: '•••', private_key: '•••', client_email: '•••' },
		});
		expect(await get(otherProjectId)).toEqual({ backend: 's3', bucket_name: 'sim-shared', prefix: 'tenant-b/', region: 'eu-central-1', access_key_id: '•••', secret_access_key: '•••' });
	});
});

it('the secrets of a project are given out when that is asked for', async () => {
	const parameters = { projectId: byId(bench.simulator.info.otherProjectId), ...more({ includeSecrets: true }) };
	expect(await json('project', 'getCredentials', parameters, admin())).toMatchObject([{ access_key_id: 'SIMULATEDACCESSKEY', secret_access_key: 'simulated-secret-access-key' }]);
});

it('secrets in lists, in numbers and deep down are masked, too', async () => {
	bench.simulator.faults.add({ kind: 'status', status: 200, body: { keys: ['opensesame', { pin: 1234, valid: true }], nothing: null, deep: { er: { token: 'opensesame', bucket_name: 'b' } } } });
	expect(await json('project', 'getCredentials', { projectId: byId('p') })).toEqual([{ keys: ['•••', { pin: '•••', valid: '•••' }], nothing: null, deep: { er: { token: '•••', bucket_name: 'b' } } }]);
});

it('who may not see the credentials of a project, or the project, is told', async () => {
	const { projectId, foreignProjectId } = bench.simulator.info;
	expect(await failure('project', 'getCredentials', { projectId: byId(projectId) })).toMatchObject({ message: 'iFlow does not allow this: Credentials are for administrators', httpCode: '403' });
	expect(await failure('project', 'get', { projectId: byId(foreignProjectId) })).toMatchObject({ message: 'iFlow did not find it: Project not found', description: expect.stringMatching(/^Check "Project"/) });
});

describe('the project that iFlow opens', () => {
	const set = async () => await json('user', 'setDefaultContext', { chosenProjectId: byId(bench.simulator.info.projectId) });

	it('is told also where iFlow answers with nothing', async () => {
		bench.simulator.faults.add({ method: 'PUT', kind: 'status', status: 204, body: '' });
		expect(await set()).toEqual([{ project_id: bench.simulator.info.projectId }]);
	});

	it('is set again after a failure, which does no harm', async () => {
		bench.simulator.faults.add({ method: 'PUT', kind: 'html', status: 502 });
		expect(await set()).toMatchObject([{ project_name: 'Sim Main' }]);
		expect(bench.arrived('PUT /admin/users/me/default-context').map(({ status }) => status)).toEqual([502, 200]);
	});

	it('must be one that the user may see', async () => {
		expect((await failure('user', 'setDefaultContext', { chosenProjectId: byId(bench.simulator.info.foreignProjectId) }))?.message).toBe('iFlow did not find it: Project not found');
		expect((await failure('user', 'setDefaultContext', { chosenProjectId: byId('sim-main') }))?.message).toBe('iFlow refused the request: project_id: Input should be a valid UUID');
	});
});

it('a token may have been pasted as it stands in a header', async () => {
	const { accessToken } = bench.simulator.info;
	for (const pasted of [`Bearer ${accessToken}`, `  bearer  ${accessToken}\n`]) {
		expect(await json('user', 'whoAmI', {}, { credential: bench.credential({ accessToken: pasted }) })).toMatchObject([{ is_machine_user: true }]);
	}
});
