import type { IDataObject } from 'n8n-workflow';
import { IFlowCallbackTrigger } from '../../nodes/IFlow/IFlowCallbackTrigger.node.ts';
import { Bench, byId } from './iflow.mts';
import { WebhookTrigger } from './trigger.mts';

const bench = new Bench();
beforeAll(async () => await bench.open());
beforeEach(async () => await bench.reset());
afterAll(async () => await bench.close());

const called = (parameters: IDataObject = {}) => new WebhookTrigger(new IFlowCallbackTrigger(), bench.credential(), parameters);
const delivery = (body: unknown) => ({ rawBody: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json' } });

/** The ID of the run of the seeds that has succeeded. */
const idOf = async (run: string) => String((await bench.json('run', 'get', { runId: byId(run) }))[0].id);

it('starts with the run as iFlow shows it, whatever the callback says, and once', async () => {
	const trigger = called();
	await trigger.activate();
	const run_id = await idOf('demo-reporter-0003');
	const forged = { run_id, status: 'failed', outputs: [{ name: 'report', url: 'http://127.0.0.1:1/signed?secret' }] };
	const { status, started } = await trigger.receive(delivery(forged));
	expect(status).toBe(200);
	expect(started).toMatchObject([{ id: run_id, status: 'succeeded', analysis_id: 'demo-reporter-0003' }]);
	expect(JSON.stringify(started)).not.toContain('signed');
	// the same end in another body, as when it is sent again with fresh links
	expect(await trigger.receive(delivery({ run_id, status: 'succeeded' }))).toMatchObject({ status: 200 });
	expect((await trigger.receive(delivery({ run_id, status: 'succeeded' }))).started).toBeUndefined();
	await trigger.deactivate();
});

it('gives the outputs, too, and leaves out an outcome that is not wanted', async () => {
	const run_id = await idOf('demo-reporter-0003');
	expect((await called({ includeOutputs: true }).receive(delivery({ run_id }))).started).toMatchObject([{ outputs: expect.arrayContaining([expect.objectContaining({ name: 'report' })]) }]);
	const failed = called({ outcome: 'failed', projectId: byId(bench.simulator.info.projectId) });
	expect(await failed.receive(delivery({ run_id }))).toMatchObject({ status: 200 });
	expect((await failed.receive(delivery({ run_id: await idOf('always-fails-0001') }))).started).toMatchObject([{ status: 'failed' }]);
});

it('refuses what tells of no run, and of one that iFlow does not know', async () => {
	const trigger = called();
	expect(await trigger.receive(delivery({ hello: 1 }))).toMatchObject({ status: 422 });
	expect(await trigger.receive({ rawBody: undefined, headers: {} })).toMatchObject({ status: 401 });
	expect(await trigger.receive(delivery({ run_id: '44444444-aaaa-4bbb-8ccc-999999999999' }))).toMatchObject({ status: 401 });
});

it('has a callback for a run that goes on sent again, so that a forged one keeps back nothing', async () => {
	const trigger = called();
	const run_id = await idOf('demo-reporter-0002');
	expect(await trigger.receive(delivery({ run_id }))).toMatchObject({ status: 503 });
	await bench.control('POST', `runs/${run_id}`, { status: 'succeeded' });
	expect((await trigger.receive(delivery({ run_id }))).started).toMatchObject([{ id: run_id }]);
});
