import { start } from '../../simulators/iflow/simulator.mts';
import { itemsOf } from '../../test/n8n/rest.mts';
import { importExample, show, value, type Demo } from './demo.mts';

export async function iFlow(): Promise<Demo> {
	const { info, close } = await start();
	return {
		service: 'iFlow',
		url: info.url,
		about: 'a subject, its sample and an order, variants uploaded, a pipeline run on them, its report in hand',
		stop: close,

		async prepare(rest) {
			const { urlTemplate, accessToken, projectId } = info;
			const credential = { environment: 'custom', domain: '', urlTemplate, accessToken, projectId, apiLayout: 'services', runsPath: 'auto', internalToken: '' };
			return await importExample(rest, 'iflow-sample-to-report', 'iFlowApi', 'iFlow (simulated)', credential);
		},

		async run(rest, { id }) {
			const execution = await rest.run(id, { trigger: 'Start', timeoutMs: 180_000 });
			const [sample] = itemsOf(execution, 'Create Sample');
			const [upload] = itemsOf(execution, 'Upload to Sample');
			const [order] = itemsOf(execution, 'Create Order');
			const [run] = itemsOf(execution, 'Submit and Wait');
			const [report] = itemsOf(execution, 'Download Report');
			show('sample', `${value(sample, 'sample_id')} of ${value(sample, 'subject_display_id')}, ${value(upload, 'storage_path')}`);
			show('order', `${value(order, 'order_id')}, ${value(order, 'status')}`);
			show('run', `${value(run, 'analysis_id')}, ${value(run, 'status')}`);
			show('report', `${value(report, 'fileName')}, ${value(report, 'fileSize')} bytes`);
			if (run.json.succeeded !== true || report.binary === undefined) throw new Error('The run did not come out well');
		},
	};
}
