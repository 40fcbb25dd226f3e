import { GenoExTrigger } from '../../nodes/GenoEx/GenoExTrigger.node.ts';
import { Bench } from './genoex.mts';
import { Polling } from './trigger.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const ALL = { extractionType: 'a', quality: 'ignore' };
const UNKNOWN = '3f2b8c1e-5a4d-4e6f-9b7a-0c1d2e3f4a5b';
const watching = (jobIds: unknown[], emitOn = 'both') => new Polling(new GenoExTrigger(), bench.credential(), { jobIds: jobIds.join(', '), emitOn });
const start = async () => (await bench.json('extraction', 'start', ALL))[0].job_id;
const pass = async () => await bench.simulator.clock.advance(60_000);
const looks = () => bench.arrived('gde_job_status').length;

it('tells each job that has ended once, also one that had ended before, and asks no more for it', async () => {
	const before = await start();
	await pass();
	const open = await start();
	const trigger = watching([before, open]);
	expect(await trigger.poll()).toMatchObject([{ job_id: before, job_status: 'FINISHED', finished: true, succeeded: true }]);
	expect(looks()).toBe(2);
	expect(await trigger.poll()).toBeUndefined();
	expect(looks()).toBe(3);
	await pass();
	expect(await trigger.poll()).toMatchObject([{ job_id: open }]);
	expect(await trigger.poll()).toBeUndefined();
	expect(looks()).toBe(4);
});

it.each([['failed', 'FAILED'], ['finished', 'FINISHED']])('tells only what is wanted: %s', async (emitOn, status) => {
	await bench.control('POST', 'outcomes', [{ status: 'FAILED', error: 'No genotypes' }]);
	const jobs = [await start(), await start()];
	await pass();
	expect(await watching(jobs, emitOn).poll()).toMatchObject([{ job_status: status }]);
});

it('is not kept back by a job that is not known, and fails when none is', async () => {
	const job = await start();
	await pass();
	expect(await watching([UNKNOWN, job]).poll()).toMatchObject([{ job_id: job }]);
	await expect(watching([UNKNOWN]).poll()).rejects.toThrow(/^GenoEx refused: /);
	const both = watching([UNKNOWN, job]);
	await both.poll();
	await expect(both.poll()).rejects.toThrow(/^GenoEx refused: /);
});

it('shows the jobs as they are in a manual run, and remembers nothing', async () => {
	const trigger = watching([await start()]);
	expect(await trigger.poll('manual')).toMatchObject([{ finished: false, succeeded: false }]);
	await pass();
	expect(await trigger.poll('manual')).toMatchObject([{ finished: true }]);
	expect(trigger.state).toEqual({});
	expect(await trigger.poll()).toMatchObject([{ finished: true }]);
});

it('forgets the jobs that it is no longer to watch', async () => {
	const job = await start();
	await pass();
	const trigger = watching([job]);
	await trigger.poll();
	expect(Object.keys(trigger.state.ended as object)).toEqual([job]);
});
