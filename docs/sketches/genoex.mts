import { text } from '../../nodes/shared/field.ts';
import { request, type Api } from '../../nodes/shared/operation.ts';
import { Problem } from '../../nodes/shared/problem.ts';
import { multipart } from '../../nodes/shared/transfer.ts';

// api.ts: the credential travels in the form, success is told inside the answer, a zip by its first bytes
export const api: Pick<Api, 'prepare' | 'accept' | 'isFile'> = {
	prepare({ body, parts, ...outgoing }, { username, password, version }) {
		const data = { parameters: { version, ...(body as object) }, auth: { username, pw: password } };
		return { ...outgoing, body: multipart({ data: JSON.stringify(data) }, parts), parts: [] };
	},
	accept(answer) {
		const { status, status_message, return_values } = (answer ?? {}) as Record<string, unknown>;
		if (status !== true) throw new Problem(String(status_message ?? 'GenoEx sent an answer that is not known'));
		return return_values;
	},
	isFile: (head) => head.subarray(0, 2).toString('latin1') === 'PK',
};

export const download = request({
	name: 'Download', action: 'Download extraction', description: 'Fetch the zip of a finished extraction',
	request: 'POST gde_download',
	effect: 'read',
	fields: { jobId: text('Job ID', { wire: 'job_id', required: true }) },
	file: ({ jobId }) => ({ name: `genoex-706-${jobId}.zip`, mimeType: 'application/zip' }),
});
