import { start } from '../../simulators/genoex/simulator.mts';
import { itemsOf } from '../../test/n8n/rest.mts';
import { importExample, show, value, type Demo } from './demo.mts';

export async function genoEx(): Promise<Demo> {
	const { info, close } = await start();
	return {
		service: 'GenoEx',
		url: info.url,
		about: 'records of genotypes into a zip, submitted, taken in by a job; rejected rows apart',
		stop: close,

		async prepare(rest) {
			const { url, username, password, apiVersion } = info;
			return await importExample(rest, 'genoex-submit-and-report', 'genoExApi', 'GenoEx (simulated)', { url, username, password, apiVersion });
		},

		async run(rest, { id }) {
			const execution = await rest.run(id, { trigger: 'Start', timeoutMs: 180_000 });
			const [zip] = itemsOf(execution, 'Build Zip');
			const [job] = itemsOf(execution, 'Submit and Wait');
			show('zip', `${value(zip, 'fileName')}, ${value(zip, 'records')} records`);
			show('job', `${value(job, 'job_id')}, ${value(job, 'job_status')}`);
			for (const rejected of itemsOf(execution, 'Rejected Before Sending')) show('rejected', value(rejected, 'row'));
			if (job.json.succeeded !== true) throw new Error('GenoEx did not take the genotypes in');
		},
	};
}
