import { GalateaBioPollingTrigger } from '../../nodes/GalateaBio/GalateaBioPollingTrigger.node.ts';
import { Bench, byId } from './galateabio.mts';
import { Polling } from './trigger.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const polling = (event: string) => new Polling(new GalateaBioPollingTrigger(), bench.credential(), { event });
const upload = async (name: string) => await bench.json('file', 'upload', {}, { items: [await bench.engine.itemWithFile(Buffer.from('x'), name)] });
const pass = async () => await bench.simulator.clock.advance(60_000);
const names = (rows: Array<{ src_file_name?: unknown }> | undefined) => rows?.map(({ src_file_name }) => src_file_name);

describe('the polling trigger', () => {
	it('starts nothing for what has ended before, and everything afterwards once', async () => {
		await upload('before.vcf.gz');
		await pass();
		const trigger = polling('fileValidated');
		expect(await trigger.poll()).toBeUndefined();
		await upload('a.vcf.gz');
		await upload('not-valid.vcf.gz');
		expect(await trigger.poll()).toBeUndefined();
		await pass();
		expect(names(await trigger.poll())).toEqual(['a.vcf.gz', 'not-valid.vcf.gz']);
		expect(await trigger.poll()).toBeUndefined();
		await upload('b.vcf.gz');
		await pass();
		expect(names(await trigger.poll())).toEqual(['b.vcf.gz']);
	});

	it('misses nothing that was open when it was switched on, however long it takes', async () => {
		await upload('open.vcf.gz');
		const [{ id }] = await bench.json('file', 'getAll');
		const trigger = polling('fileValidated');
		expect(await trigger.poll()).toBeUndefined();
		await bench.simulator.clock.advance(10 * 24 * 3600_000);
		await upload('later.vcf.gz');
		await pass();
		expect((await trigger.poll())?.map((row) => row.id)).toContain(id);
	});

	it('looks for orders, too', async () => {
		const trigger = polling('orderFinished');
		expect(await trigger.poll()).toBeUndefined();
		const [order] = await bench.json('order', 'submit', { sourceFileId: byId(await bench.validFile()), model: byId('skywalker-2.1') });
		await pass();
		expect(await trigger.poll()).toMatchObject([{ id: order.id, status: 'Completed' }]);
	});

	it('reads all pages, and says nothing twice when a row is not listed for once', async () => {
		const trigger = polling('fileValidated');
		await trigger.poll();
		await fetch(`${bench.simulator.info.control}/galateabio/seed`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ files: 250 }) });
		await upload('open.vcf.gz');
		expect(await trigger.poll()).toHaveLength(250);
		bench.simulator.faults.add({ kind: 'status', status: 200, path: '/data/files', body: { count: 0, next: null, previous: null, results: [] } });
		expect(await trigger.poll()).toBeUndefined();
		expect(await trigger.poll()).toBeUndefined();
		expect(JSON.stringify(trigger.state).length).toBeLessThan(50_000);
	});

	it('gives the newest one when it is tried by hand, and notes nothing', async () => {
		await upload('old.vcf.gz');
		await pass();
		await upload('new.vcf.gz');
		await pass();
		const trigger = polling('fileValidated');
		expect(names(await trigger.poll('manual'))).toEqual(['new.vcf.gz']);
		expect(trigger.state).toEqual({});
	});

	it('keeps what it noted when a poll fails, and says why', async () => {
		const trigger = polling('fileValidated');
		await trigger.poll();
		await upload('a.vcf.gz');
		await pass();
		bench.simulator.faults.add({ kind: 'status', status: 403 });
		await expect(trigger.poll()).rejects.toThrow('GalateaBio does not allow this');
		expect(names(await trigger.poll())).toEqual(['a.vcf.gz']);
	});
});
