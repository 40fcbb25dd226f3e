import { newUser, unique, type Account } from './accounts.mts';
import { Bench, byId } from './galaxy.mts';

jest.setTimeout(60_000);

const bench = new Bench();
let ada: Account;
let userId: ReturnType<typeof byId>;

beforeAll(async () => {
	await bench.open();
	ada = await newUser(bench);
	userId = byId(ada.id);
});
beforeEach(async () => {
	await bench.reset();
	bench.login = 'admin';
});
afterAll(async () => await bench.close());

const json = bench.json.bind(bench);

const FORM = '/information/inputs$';
const sent = () => bench.arrived('PUT users/{user_id}/information/inputs').at(-1)?.body;

describe('the information of a user', () => {
	it('keeps what is not given, and takes addresses', async () => {
		const set = async (additionalFields: object) => await json('user', 'setInformation', { userId, additionalFields });
		expect(await set({ addresses: [{ desc: 'Lab', city: 'Berlin' }, { desc: 'Office', country: 'Germany' }] })).toEqual([{ message: 'User information has been saved.' }]);
		const username = unique('ada');
		await set({ username });
		const [found] = await json('user', 'getInformation', { userId });
		expect(found).toMatchObject({ email: ada.email, username, addresses: expect.arrayContaining([expect.objectContaining({ desc: 'Lab', city: 'Berlin', state: '' }), expect.objectContaining({ desc: 'Office', country: 'Germany' })]) });
		const email = `${unique('ada')}@example.org`;
		await set({ email, addresses: '{"desc": "Home"}' });
		expect(await json('user', 'getInformation', { userId })).toMatchObject([{ email, username, addresses: [{ desc: 'Home' }] }]);
		expect(sent()).toEqual({ email, username, 'address_0|desc': 'Home' });
	});

	it('with fields that the form does not have is refused before anything is sent', async () => {
		const wrong = async (additionalFields: object) => (await bench.run('user', 'setInformation', { userId, additionalFields })).error;
		expect(await wrong({ otherValues: { colour: 'red' } })).toMatchObject({ message: 'The form has no field "colour"', description: expect.stringContaining('email, username') });
		expect(await wrong({ addresses: [{ desc: 'Lab', town: 'Berlin' }] })).toMatchObject({ message: 'An address has no "town"', description: expect.stringContaining('desc, name, institution') });
		expect(await wrong({ userType: 'Student' })).toMatchObject({ message: 'The server has no user type "Student"', description: 'It has none at all' });
		expect(sent()).toBeUndefined();
	});

	it('has the forms and preferences of the server (a form by a fault: the test server has none)', async () => {
		const field = (name: string, value: unknown) => ({ name, type: 'text', value });
		const info = {
			name: 'info',
			type: 'conditional',
			test_param: { name: 'form_id', value: 'aaaaaaaaaaaaaaaa', data: [{ label: 'Student', value: 'aaaaaaaaaaaaaaaa' }, { label: 'Teacher', value: 'bbbbbbbbbbbbbbbb' }] },
			cases: [{ value: 'aaaaaaaaaaaaaaaa', inputs: [field('year', '2')] }, { value: 'bbbbbbbbbbbbbbbb', inputs: [field('subject', 'Biology'), field('room', null)] }],
		};
		const preferences = { name: 'extra_user_preferences', type: 'section', inputs: [field('language', 'English'), field('news', 'weekly')] };
		const address = { name: 'address', type: 'repeat', inputs: [field('id', undefined), field('desc', undefined)], cache: [[field('id', 'cccccccccccccccc'), field('desc', 'Lab')]] };
		const form = { inputs: [field('email', ada.email), field('username', 'ada'), info, preferences, address] };
		bench.simulator.faults.add({ method: 'GET', path: FORM, kind: 'status', status: 200, body: form, times: 2 });
		bench.simulator.faults.add({ method: 'PUT', path: FORM, kind: 'status', status: 200, body: { message: 'User information has been saved.' }, times: 2, after: true });
		await json('user', 'setInformation', { userId, additionalFields: { otherValues: { 'extra_user_preferences|news': 'daily', 'info|year': '3' } } });
		const kept = { email: ada.email, username: 'ada', 'extra_user_preferences|language': 'English', 'address_0|id': 'cccccccccccccccc', 'address_0|desc': 'Lab' };
		expect(sent()).toEqual({ ...kept, 'info|form_id': 'aaaaaaaaaaaaaaaa', 'info|year': '3', 'extra_user_preferences|news': 'daily' });
		await json('user', 'setInformation', { userId, additionalFields: { userType: 'Teacher' } });
		expect(sent()).toEqual({ ...kept, 'info|form_id': 'bbbbbbbbbbbbbbbb', 'info|subject': 'Biology', 'extra_user_preferences|news': 'weekly' });
	});
});

describe('default permissions', () => {
	interface Form {
		inputs: Array<{ name: string; value: number[] }>;
	}
	const rolesOf = async (name: string) => {
		const [{ inputs }] = (await json('user', 'getDefaultPermissions', { userId: byId(ada.id) })) as unknown as Form[];
		return inputs.find((input) => input.name === name)?.value;
	};

	it('are set by the names of roles', async () => {
		const own = await rolesOf('DATASET_MANAGE_PERMISSIONS');
		expect(own).toHaveLength(1);
		const [{ email }] = await json('user', 'get', { userId });
		expect(await json('user', 'setDefaultPermissions', { userId, accessRoles: email })).toEqual([{ message: 'Permissions have been saved.' }]);
		expect(await rolesOf('DATASET_ACCESS')).toEqual(own);
		// nobody may take the right to manage away by leaving it out
		await json('user', 'setDefaultPermissions', { userId });
		expect([await rolesOf('DATASET_ACCESS'), await rolesOf('DATASET_MANAGE_PERMISSIONS')]).toEqual([[], own]);
		await json('user', 'setDefaultPermissions', { userId, additionalFields: { manageRoles: String(own?.[0]) } });
		expect(bench.arrived('PUT users/{user_id}/permissions/inputs').at(-1)?.body).toEqual({ DATASET_ACCESS: [], DATASET_MANAGE_PERMISSIONS: own });
	});

	it('of roles that the user does not have are refused before anything is sent', async () => {
		const { error } = await bench.run('user', 'setDefaultPermissions', { userId, accessRoles: 'nobody' });
		expect(error).toMatchObject({ message: 'The user has no role "nobody"', description: expect.stringContaining('@example.org') });
		expect(bench.arrived('PUT users/{user_id}/permissions/inputs')).toHaveLength(0);
	});
});

describe('toolbox filters', () => {
	const switchedOn = async () => {
		const [{ inputs }] = (await json('user', 'getToolboxFilters', { userId })) as unknown as Array<{ inputs: Array<{ name: string; inputs?: Array<{ name: string; value: boolean }> }> }>;
		return inputs.flatMap(({ name, inputs: filters = [] }) => filters.filter(({ value }) => value).map((filter) => `${name}|${filter.name}`));
	};

	it('are switched on and off, and the others stay as they are', async () => {
		expect(await json('user', 'setToolboxFilters', { userId, additionalFields: { enable: 'examples:restrict_encode,toolbox_section_filters|examples:restrict_text' } })).toEqual([{ message: 'Toolbox filters have been saved.' }]);
		expect(await switchedOn()).toEqual(['toolbox_tool_filters|examples:restrict_encode', 'toolbox_section_filters|examples:restrict_text', 'toolbox_label_filters|examples:restrict_encode']);
		await json('user', 'setToolboxFilters', { userId, additionalFields: { disable: 'examples:restrict_encode' } });
		expect(await switchedOn()).toEqual(['toolbox_section_filters|examples:restrict_text']);
	});

	it('that the server does not have are refused before anything is sent', async () => {
		const { error } = await bench.run('user', 'setToolboxFilters', { userId, additionalFields: { enable: 'nothing' } });
		expect(error).toMatchObject({ message: 'The server has no toolbox filter "nothing"', description: expect.stringContaining('toolbox_section_filters|examples:restrict_text') });
		expect(bench.arrived('PUT users/{user_id}/toolbox_filters/inputs')).toHaveLength(0);
	});
});

describe('custom builds', () => {
	it('are added by the lengths of their chromosomes, and removed', async () => {
		expect(await json('user', 'addCustomBuild', { userId, key: 'lambda1', name: 'Phage Lambda', lengths: 'chr1 48502\nchr2 17' })).toEqual([{ success: true }]);
		expect(bench.arrived('PUT users/{user_id}/custom_builds/{key}')[0].body).toEqual({ name: 'Phage Lambda', 'len|type': 'text', 'len|value': 'chr1 48502\nchr2 17' });
		expect(await json('user', 'getCustomBuilds', { userId })).toMatchObject([{ id: 'lambda1', name: 'Phage Lambda', count: '2' }]);
		const { error } = await bench.run('user', 'addCustomBuild', { userId, key: 'lambda1', name: 'Again', lengths: 'chr1 1' });
		expect(error?.message).toMatch(/already a custom build with that key/);
		expect(await json('user', 'deleteCustomBuild', { userId, key: 'lambda1' })).toEqual([{ deleted: true, message: 'Deleted lambda1.' }]);
		expect(await json('user', 'getCustomBuilds', { userId })).toEqual([]);
	});
});

describe('favorites', () => {
	it('are added and removed', async () => {
		expect(await json('user', 'addFavorite', { userId, objectId: 'cat1' })).toMatchObject([{ tools: ['cat1'] }]);
		expect(await json('user', 'removeFavorite', { userId, objectId: 'cat1' })).toMatchObject([{ tools: [] }]);
		const { error } = await bench.run('user', 'removeFavorite', { userId, objectType: 'tags', objectId: 'name:a/b' });
		expect(error?.message).toMatch(/not in the list of favorites/);
		expect(bench.arrived().at(-1)?.path).toMatch(/favorites\/tags\/name(:|%3A)a\/b$/);
	});
});
