import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { clock } from '../../nodes/shared/clock.ts';
import { GenoEx } from '../../nodes/GenoEx/GenoEx.node.ts';
import { Bench } from './genoex.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => {
	await bench.reset();
	// what was kept by another test counts no more
	let later = Date.now();
	later += 3_600_000 * ++tests;
	clock.now = () => later;
});
afterAll(async () => await bench.close());

let tests = 0;
const { loadOptions } = new GenoEx().methods;

/** The means that n8n gives to a field that loads its options, as far as the node uses them. */
function editor(changes = {}): ILoadOptionsFunctions {
	return {
		getCredentials: async () => bench.credential(changes).data,
		getNode: () => ({ name: 'GenoEx', type: 'genoEx', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
		helpers: {
			async httpRequest({ url, body, headers, method }: { url: string; body: { stream(): AsyncIterable<Uint8Array>; type: string; size: number }; headers: object; method: string }) {
				const pieces: Uint8Array[] = [];
				for await (const piece of body.stream()) pieces.push(piece);
				const answer = await fetch(url, { method, body: Buffer.concat(pieces), headers: { ...headers, 'content-type': body.type } });
				return { statusCode: answer.status, headers: {}, body: await answer.text() };
			},
		},
	} as unknown as ILoadOptionsFunctions;
}

const values = (options: INodePropertyOptions[]) => options.map(({ value }) => value);

it('loads all lists by one call, sorted', async () => {
	const context = editor();
	const lists = await Promise.all(Object.values(loadOptions).map(async (load) => await load.call(context)));
	expect(lists.every((list) => list.length > 0)).toBe(true);
	expect(values(await loadOptions.getBreeds.call(context))).toEqual(values(await loadOptions.getBreeds.call(context)).toSorted());
	expect(bench.arrived('gde_get_parameters')).toHaveLength(1);
});

it('asks again after some minutes, and for another login', async () => {
	await loadOptions.getOrgs.call(editor());
	const { username, password } = bench.simulator.info.others[0];
	await loadOptions.getOrgs.call(editor({ username, password }));
	expect(bench.arrived('gde_get_parameters')).toHaveLength(2);
	const now = clock.now();
	clock.now = () => now + 5 * 60_000;
	await loadOptions.getOrgs.call(editor());
	expect(bench.arrived('gde_get_parameters')).toHaveLength(3);
});

it('shows the three genders when GenoEx cannot be asked, and why there is no other list', async () => {
	const wrong = editor({ password: 'wrong-password' });
	expect(values(await loadOptions.getGenders.call(wrong))).toEqual(['', 'F', 'M']);
	await expect(loadOptions.getBreeds.call(wrong)).rejects.toThrow(/^GenoEx refused: /);
	expect(await loadOptions.getBreeds.call(editor())).not.toEqual([]);
});

it('does not ask again for each list when GenoEx refuses, but 5 seconds later', async () => {
	const wrong = editor({ password: 'another-wrong-password' });
	for (const load of [loadOptions.getBreeds, loadOptions.getOrgs, loadOptions.getArrays]) await expect(load.call(wrong)).rejects.toThrow(/^GenoEx refused: /);
	expect(bench.arrived('gde_get_parameters')).toHaveLength(1);
	const now = clock.now();
	clock.now = () => now + 5_000;
	await expect(loadOptions.getBreeds.call(wrong)).rejects.toThrow(/^GenoEx refused: /);
	expect(bench.arrived('gde_get_parameters')).toHaveLength(2);
});
