import { inputFile, text } from '../../nodes/shared/field.ts';
import { program } from '../../nodes/shared/operation.ts';
import { chunks } from '../../nodes/shared/transfer.ts';
import { batchesOf, completion, signed, uploadId } from './helpers.mts';

const PART = 16 << 20;

export const upload = program({
	name: 'Upload', action: 'Upload reads', description: 'Send reads of any size and assign them to a project',
	fields: { projectId: text('Project', { required: true }), path: text('Path', { required: true }), inputField: inputFile('Input Data Field Name', { required: true }) },
	async run({ connection, values, inputFile: open }) {
		const file = await open(values.inputField);
		const slot = (await connection.send('POST api/v2/uploads-post-data/', { body: { destination_path: values.path } })) as { id: string };
		const bucket = async (method: 'POST' | 'PUT', query: string, body?: Uint8Array) => {
			const { url, headers } = signed(method, slot, query);
			return await connection.outside(method, url, { headers, body });
		};
		const session = uploadId((await bucket('POST', 'uploads')).body);
		const tags: Array<string | undefined> = [];
		for await (const part of chunks(file, PART)) tags.push((await bucket('PUT', `partNumber=${tags.length + 1}&uploadId=${session}`, part)).headers.etag);
		await bucket('POST', `uploadId=${session}`, completion(tags));
		const { results } = (await connection.send('GET api/v2/sample-sheet/', { query: { search: values.path } })) as { results: object[] };
		for (const uploads of batchesOf(results, 200)) await connection.send('POST api/v2/project-samples/{projectId}', { path: values, body: { uploads } as never });
		return { json: { ...slot, assigned: results.length } };
	},
});
