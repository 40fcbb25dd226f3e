import { NodeHelpers, Workflow, type ICredentialDataDecryptedObject, type IDataObject, type INode } from 'n8n-workflow';
import { IFlowApi } from '../../credentials/IFlowApi.credentials.ts';
import { IFlowOAuth2Api } from '../../credentials/IFlowOAuth2Api.credentials.ts';
import { apiAddress } from '../../nodes/IFlow/address.ts';
import { Bench, byId, LAYOUTS } from './iflow.mts';

jest.setTimeout(60_000);

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

/** The value of an expression of a credential, as n8n's credential test resolves it. */
function resolved(expression: string, $credentials: ICredentialDataDecryptedObject): unknown {
	const node: INode = { id: '1', name: 'Test', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} };
	const workflow = new Workflow({ id: 'test', nodes: [node], connections: {}, active: false, nodeTypes: { getByName: () => undefined, getByNameAndVersion: () => ({ description: { properties: [] } }), getKnownTypes: () => ({}) } as never });
	return workflow.expression.getSimpleParameterValue(node, expression, 'internal', { $credentials }, undefined, '');
}

const PATTERN = 'https://{service}.{domain}';
const OF_OWN = { environment: 'custom', urlTemplate: PATTERN, apiLayout: 'services' };

const ADDRESSES: Array<[credential: IDataObject, projects: string]> = [
	[{ environment: 'production' }, 'https://admin.iflow.intelliseq.com/api/v1/projects'],
	[{ environment: 'staging' }, 'https://admin.stg.iflow.intelliseq.com/api/v1/projects'],
	[{ environment: 'development' }, 'https://admin.flow.labpgx.com/api/v1/projects'],
	[{ environment: 'production', apiLayout: 'gateway' }, 'https://api.iflow.intelliseq.com/projects'],
	// what was given for another server counts no more
	[{ environment: 'production', domain: 'lab.example.org', urlTemplate: 'http://lab.example.org' }, 'https://admin.iflow.intelliseq.com/api/v1/projects'],
	[{ ...OF_OWN, domain: 'lab.example.org' }, 'https://admin.lab.example.org/api/v1/projects'],
	[{ ...OF_OWN, domain: ' lab.example.org:8443 ' }, 'https://admin.lab.example.org:8443/api/v1/projects'],
	[{ ...OF_OWN, domain: 'https://compute.lab.example.org/api/v1/' }, 'https://admin.lab.example.org/api/v1/projects'],
	[{ ...OF_OWN, domain: 'HTTPS://Files.lab.example.org' }, 'https://admin.lab.example.org/api/v1/projects'],
	[{ ...OF_OWN, domain: 'admin.lab.example.org/' }, 'https://admin.lab.example.org/api/v1/projects'],
	[{ ...OF_OWN, domain: 'miner.lab.example.org', apiLayout: 'gateway' }, 'https://api.lab.example.org/projects'],
	[{ ...OF_OWN, domain: 'api.lab.example.org', apiLayout: 'gateway' }, 'https://api.lab.example.org/projects'],
	// a name that only begins like a service
	[{ ...OF_OWN, domain: 'administration.example.org' }, 'https://admin.administration.example.org/api/v1/projects'],
	[{ ...OF_OWN, domain: 'lab.example.org', urlTemplate: '' }, 'https://admin.lab.example.org/api/v1/projects'],
	[{ ...OF_OWN, domain: 'iflow.local', urlTemplate: 'http://{service}.{domain}/' }, 'http://admin.iflow.local/api/v1/projects'],
	[{ ...OF_OWN, domain: '', urlTemplate: ' http://127.0.0.1:4010/{service}// ' }, 'http://127.0.0.1:4010/admin/api/v1/projects'],
	[{ ...OF_OWN, domain: '', urlTemplate: 'http://127.0.0.1:4010/{service}', apiLayout: 'gateway' }, 'http://127.0.0.1:4010/api/projects'],
];

describe('an address', () => {
	it.each(ADDRESSES)('of %j is the same for the node and for both credential tests: %s', (credential, projects) => {
		const given = { apiLayout: 'services', domain: '', urlTemplate: PATTERN, ...credential } as ICredentialDataDecryptedObject;
		expect(apiAddress(given, 'admin/projects')).toBe(projects);
		for (const { test } of [new IFlowApi(), new IFlowOAuth2Api()]) {
			expect(resolved(test.request.url as string, given)).toBe(projects);
		}
	});

	it.each([
		['services', 'admin/orgs', 'https://admin.x.org/api/v1/orgs'],
		['gateway', 'admin/orgs', 'https://api.x.org/organizations'],
		['services', 'compute/runs/7', 'https://compute.x.org/api/v1/runs/7'],
		['gateway', 'compute/runs/7', 'https://api.x.org/analyses/7'],
		['gateway', 'files/files/download-url', 'https://api.x.org/files/download-url'],
		['gateway', 'miner/orders/runs/samples', 'https://api.x.org/orders/runs/samples'],
		// operators reach the service itself
		['gateway', '@compute/pipelines', 'https://compute.x.org/api/v1/pipelines'],
		['services', 'miner/openapi.json', 'https://miner.x.org/openapi.json'],
		['gateway', 'miner/openapi.json', 'https://api.x.org/openapi.json'],
	])('with %s of %s is %s', (apiLayout, path, address) => {
		expect(apiAddress({ ...OF_OWN, domain: 'x.org', apiLayout }, path)).toBe(address);
	});

	it.each([
		{ ...OF_OWN, domain: '' },
		{ ...OF_OWN, domain: ' / ' },
		{ ...OF_OWN, domain: 'x.org', urlTemplate: '{service}.{domain}' },
		{ ...OF_OWN, domain: 'x.org', urlTemplate: 'ftp://{service}.{domain}' },
		{ environment: 'elsewhere' },
	])('that cannot be made of %j is told in the words of the credential', async (changes) => {
		const { error } = await bench.run('order', 'getAll', {}, { credential: bench.credential(changes) });
		expect(error).toMatchObject({ message: 'The address of iFlow is not usable', description: expect.stringContaining('"Domain"') });
	});

	it('of the identity provider may end with a slash', () => {
		const { properties } = new IFlowOAuth2Api();
		const of = (name: string) => String(properties.find((property) => property.name === name)?.default).replace('$self', '$credentials');
		expect(resolved(of('authUrl'), { issuer: 'https://login.example.org/' })).toBe('https://login.example.org/oauth/v2/authorize');
		expect(resolved(of('accessTokenUrl'), { issuer: 'https://login.example.org' })).toBe('https://login.example.org/oauth/v2/token');
	});
});

/** The project that a request named: in its header, and in its query. */
const named = ({ headers, query }: ReturnType<Bench['arrived']>[number]) => [headers?.['x-project-id'], query.project_id?.[0]];

/** One call of each kind, and the matrix of the contract's section 2.3. */
const CALLS: Array<[call: string, resource: string, operation: string, parameters: IDataObject, inQuery: { services: boolean; gateway: boolean }]> = [
	['GET /miner/orders', 'order', 'getAll', {}, { services: false, gateway: false }],
	['GET /miner/labflows', 'labflow', 'getAll', {}, { services: false, gateway: false }],
	['GET /miner/samples/{id}', 'sample', 'get', { sampleId: byId('P 001-T') }, { services: false, gateway: false }],
	['GET /compute/runs', 'run', 'getAll', {}, { services: false, gateway: false }],
	['GET /compute/runs/{id}', 'run', 'get', { runId: byId('demo-reporter-0003') }, { services: false, gateway: false }],
	['GET /compute/pipelines', 'pipeline', 'getAll', {}, { services: true, gateway: true }],
	['GET /files/files', 'file', 'getAll', {}, { services: true, gateway: false }],
	['POST /files/files/upload-url', 'file', 'getUploadUrl', { path: 'uploads/a.txt' }, { services: true, gateway: false }],
];

describe.each(LAYOUTS)('the project, with %s,', (layout) => {
	it.each(CALLS)('is named where %s wants it', async (call, resource, operation, parameters, inQuery) => {
		const { projectId } = bench.simulator.info;
		await bench.through(layout, resource, operation, parameters);
		expect(bench.arrived(call).map(named)).toEqual([[projectId, inQuery[layout] ? projectId : undefined]]);
	});

	it('is never named to admin, also where one is chosen', async () => {
		const { projectId } = bench.simulator.info;
		await bench.through(layout, 'organization', 'getAll');
		await bench.through(layout, 'project', 'getAll');
		await bench.through(layout, 'project', 'get', { projectId: byId(projectId) });
		await bench.through(layout, 'user', 'whoAmI');
		await bench.through(layout, 'user', 'getDefaultContext');
		await bench.through(layout, 'user', 'setDefaultContext', { chosenProjectId: byId(projectId) });
		expect(bench.arrived()).toHaveLength(6);
		expect(bench.arrived().map(named)).toEqual(Array.from({ length: 6 }, () => [undefined, undefined]));
	});

	it('is that of the node before that of the credential, with the blanks around it dropped', async () => {
		const { otherProjectId, emptyProjectId } = bench.simulator.info;
		await bench.through(layout, 'order', 'getAll', { projectId: byId(` ${otherProjectId} `), limit: 1 });
		await bench.json('order', 'getAll', {}, { credential: bench.credential({ projectId: ` ${emptyProjectId} `, apiLayout: layout }) });
		expect(bench.arrived().map(named)).toEqual([[otherProjectId, undefined], [emptyProjectId, undefined]]);
	});

	it('is missed before anything is sent, but for what needs none', async () => {
		const credential = bench.credential({ projectId: ' ', apiLayout: layout });
		for (const [, resource, operation, parameters] of CALLS.filter(([call]) => call !== 'GET /compute/pipelines')) {
			const { error } = await bench.run(resource, operation, parameters, { credential });
			expect(error).toMatchObject({ message: 'No project is chosen', description: 'Choose "Project" in the node, or give "Project ID" in the iFlow credential' });
		}
		expect(bench.arrived()).toEqual([]);
		await bench.json('pipeline', 'getAll', {}, { credential });
		await bench.json('user', 'whoAmI', {}, { credential });
		expect(bench.arrived().map(named)).toEqual([[undefined, undefined], [undefined, undefined]]);
	});
});

it('a project that somebody else has is told, and where to choose another one', async () => {
	const { error } = await bench.run('order', 'getAll', { projectId: byId(bench.simulator.info.foreignProjectId) });
	expect(error).toMatchObject({ message: 'iFlow does not allow this: You do not have access to this project', description: expect.stringMatching(/^Ask an administrator .* "Project" in the node/) });
});

it('all fields of both credentials are shown for some choice, and the layout decides on the word for runs', () => {
	for (const { properties } of [new IFlowApi(), new IFlowOAuth2Api()]) {
		const shown = (values: IDataObject) => properties.filter((property) => NodeHelpers.displayParameter(values as never, property, null, null)).map(({ name }) => name);
		expect(shown({ environment: 'production', apiLayout: 'services' })).toEqual(expect.arrayContaining(['projectId', 'apiLayout', 'runsPath']));
		expect(shown({ environment: 'production', apiLayout: 'gateway' })).not.toEqual(expect.arrayContaining(['runsPath']));
		expect(shown({ environment: 'production', apiLayout: 'gateway' })).not.toEqual(expect.arrayContaining(['domain']));
		expect(shown({ environment: 'custom', apiLayout: 'gateway' })).toEqual(expect.arrayContaining(['domain', 'urlTemplate']));
	}
});
