import { start } from '../../simulators/gencove/simulator.mts';
import { itemsOf } from '../../test/n8n/rest.mts';
import { importExample, show, value, type Demo } from './demo.mts';

export async function gencove(): Promise<Demo> {
	const { info, close } = await start();
	return {
		service: 'Gencove',
		url: info.url,
		about: 'reads into the storage, a sample made of them, analyzed, its quality controls and files in hand',
		stop: close,

		async prepare(rest) {
			const credential = { environment: 'custom', url: info.url, authentication: 'apiKey', apiKey: info.apiKey, s3Endpoint: info.s3Endpoint };
			return await importExample(rest, 'gencove-reads-to-results', 'gencoveApi', 'Gencove (simulated)', credential);
		},

		async run(rest, { id }) {
			const execution = await rest.run(id, { trigger: 'Start', timeoutMs: 180_000 });
			const [upload] = itemsOf(execution, 'Upload and Run');
			const [sample] = itemsOf(execution, 'Wait for Completion');
			show('upload', (upload.json.uploads as Array<{ destination_path: string }>).map((one) => one.destination_path).join(', '));
			show('sample', `${value(sample, 'id')}, ${(sample.json.last_status as { status: string }).status}`);
			show('QC', `${itemsOf(execution, 'Quality Controls').length} quality controls`);
			const files = itemsOf(execution, 'Results');
			show('files', files.map((file) => value(file, 'fileType')).join(', '));
			if (sample.json.succeeded !== true || files.length === 0) throw new Error('The sample did not come out well');
		},
	};
}
