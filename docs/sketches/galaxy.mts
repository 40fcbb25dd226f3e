import { inputFile, text } from '../../nodes/shared/field.ts';
import { program } from '../../nodes/shared/operation.ts';
import { chunks } from '../../nodes/shared/transfer.ts';
import { base64 } from './helpers.mts';

const tus = { 'Tus-Resumable': '1.0.0' };

export const upload = program({
	name: 'Upload', action: 'Upload dataset', description: 'Send a file of any size into a history',
	fields: { historyId: text('History', { required: true }), inputField: inputFile('Input Data Field Name', { required: true }) },
	async run({ connection, values, inputFile: open }) {
		const file = await open(values.inputField);
		const about = { 'Upload-Length': String(file.size), 'Upload-Metadata': `filename ${base64(file.name)},filetype ${base64(file.mimeType)}` };
		const { headers } = await connection.exchange('POST api/upload/resumable_upload', { headers: { ...tus, ...about } });
		const session = headers.location?.split('/').pop();
		let offset = 0;
		for await (const body of chunks(file, 10_000_000)) {
			const at = { ...tus, 'Upload-Offset': String(offset), 'content-type': 'application/offset+octet-stream' };
			await connection.send('PATCH api/upload/resumable_upload/{session}', { path: { session }, headers: at, body, repeat: 'safe' });
			offset += body.length;
		}
		const targets = [{ destination: { type: 'hdas' }, elements: [{ src: 'files', name: file.name }] }];
		const body = { history_id: values.historyId, targets, 'files_0|file_data': { session_id: session, name: file.name } };
		return { json: (await connection.send('POST api/tools/fetch', { body })) as object as Record<string, string> };
	},
});
