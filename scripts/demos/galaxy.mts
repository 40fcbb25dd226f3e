import { startGalaxy } from '../../simulators/galaxy/server/server.mts';
import { itemsOf } from '../../test/n8n/rest.mts';
import { paths } from '../setup.mjs';
import { importExample, show, value, type Demo } from './demo.mts';

export async function galaxy(): Promise<Demo> {
	console.log('Galaxy, a real one, starts ...');
	const { info, stop } = await startGalaxy(paths().galaxy);
	return {
		service: 'Galaxy',
		url: info.url,
		about: 'a history made, a text uploaded, a tool run on it, the result in hand',
		stop,

		async prepare(rest) {
			return await importExample(rest, 'galaxy-upload-run-download', 'galaxyApi', 'Galaxy (of the demonstration)', { url: info.url, authentication: 'apiKey', apiKey: info.user.key });
		},

		async run(rest, { id }) {
			const execution = await rest.run(id, { trigger: 'Start', timeoutMs: 180_000 });
			const [dataset] = itemsOf(execution, 'Upload Regions');
			const [result] = itemsOf(execution, 'Download Result');
			show('dataset', `${value(dataset, 'name')}, ${value(dataset, 'state')}`);
			const lines = (await rest.binary(result.binary?.data.id as string)).toString('utf8').trim().split('\n');
			show('result', `${value(result, 'fileName')}, ${lines.length} lines`);
			if (lines.length !== 2) throw new Error('The result is not that of the tool');
		},
	};
}
