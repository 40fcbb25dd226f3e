import type { IDataObject } from 'n8n-workflow';

import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { uploaded } from '../../datasets';
import { filesWanted } from '../../upload/elements';
import { fetchData } from '../../upload/fetch';
import { uploadFields, type UploadValues } from '../../upload/fields';
import { planOf } from '../../upload/plan';

/** The input fields with the files that are wanted: all of them, or as many as elements say. */
function inputFieldsOf({ source, inputFields, elements }: UploadValues): string[] {
	if (source === 'file') return inputFields;
	const wanted = source === 'elements' ? filesWanted([elements].flat() as IDataObject[]) : 0;
	if (wanted === 0 || wanted === inputFields.length) return wanted === 0 ? [] : inputFields;
	throw new Problem(`The elements want ${wanted} files, and there are ${inputFields.length}`, { description: 'Name one field in "Input Data Field Names" for each element with the src "files"' });
}

/** Headers by which Galaxy gets at an address may be a key to it. */
const secretsIn = (headers: unknown): string[] => Object.values((headers ?? {}) as IDataObject).map(String);

export const upload = program({
	name: 'Upload',
	action: 'Upload dataset',
	description: 'Put data of any size into a history or a library: files of the item, text, what an address leads to, or files of the server',
	simplify: ['id', 'name', 'hid', 'history_id', 'state', 'file_ext', 'file_size', 'collection_type', 'populated_state', 'misc_info'],
	watch: uploaded,
	fields: uploadFields,
	async run({ connection, values, inputFile }) {
		const files = await Promise.all(inputFieldsOf(values).map(async (name) => await inputFile(name)));
		const target = planOf(values, files.map(({ name }) => name));
		const body = { history_id: values.historyId, auto_decompress: values.autoDecompress, targets: [target] as never };
		const { outputs, jobs } = await fetchData(connection, body, files, secretsIn(values.requestHeaders));
		// what goes into a library is known by its job alone
		return (outputs.length > 0 ? outputs : jobs).map((json) => ({ json }));
	},
});
