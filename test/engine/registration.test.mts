import { Bench } from './galateabio.mts';
import { Trigger } from './trigger.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const trigger = (changes = {}) => new Trigger(bench.credential(changes).data, ['fileValidated', 'orderFinished'], { registration: 'automatic' });
const webhooks = async () => (await bench.json('webhook', 'getAll')).map(({ webhook_action, remote_endpoint }) => [webhook_action, remote_endpoint]);
const OTHER = ['order_moved_to_completed_state', 'https://elsewhere.example.org/hook'];
const addOther = async () => await bench.json('webhook', 'set', { url: OTHER[1], event: OTHER[0] });

describe('a webhook that the trigger registers', () => {
	it.each([true, false])('is added once for each event and leaves the others alone; the service replaces the whole list: %s', async (replaces) => {
		bench.simulator.state.webhooksReplace = replaces;
		await addOther();
		const ours = trigger();
		await ours.activate();
		await ours.activate();
		const all = await webhooks();
		expect(all).toHaveLength(3);
		expect(all).toContainEqual(OTHER);
		expect(new Set(all.filter(([, url]) => url !== OTHER[1]).map(([action]) => action))).toEqual(new Set(['source_file_validation_completed', 'order_moved_to_completed_state']));
		bench.simulator.state.webhooksReplace = false;
	});

	it('is taken away again where the service replaces the whole list, and the others stay', async () => {
		bench.simulator.state.webhooksReplace = true;
		await addOther();
		const ours = trigger();
		await ours.activate();
		await ours.deactivate();
		expect(await webhooks()).toEqual([OTHER]);
		bench.simulator.state.webhooksReplace = false;
	});

	it('stays where the service has no way to take it away, without an error', async () => {
		const ours = trigger();
		await ours.activate();
		await ours.deactivate();
		expect(await webhooks()).toHaveLength(2);
	});

	it('needs an administrator, and says so', async () => {
		await expect(trigger({ apiKey: bench.simulator.info.member.apiKey }).activate()).rejects.toMatchObject({
			message: 'GalateaBio does not allow this: Forbidden',
			description: expect.stringContaining('administrator'),
		});
	});
});
