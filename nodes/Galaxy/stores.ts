import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { choice, flag, json, text, type Field, type Fields } from '../shared/field';
import { program, type Call, type Operation } from '../shared/operation';
import { place } from '../shared/place';
import { api } from './api';
import { needTaskQueue, preparedFile, preparedFileOf, task } from './tasks';

/** The fields are put together here, so that the compiler cannot know them all. */
const declare = program as (operation: object) => Operation;

/** The kinds of archives that Galaxy calls model stores. */
const FORMATS = [
	{ name: 'BagIt (Tar)', value: 'bag.tar' },
	{ name: 'BagIt (Tgz)', value: 'bag.tgz' },
	{ name: 'BagIt (Zip)', value: 'bag.zip' },
	{ name: 'RO-Crate (Zip)', value: 'rocrate.zip' },
	{ name: 'Tar', value: 'tar' },
	{ name: 'Tar.gz', value: 'tar.gz' },
	{ name: 'Tgz', value: 'tgz' },
];

/** What an archive is to hold. `more` are kinds of archives that only some things can be exported as. */
export const exportFields = (more: INodePropertyOptions[] = []) => ({
	modelStoreFormat: choice('Format', [...more, ...FORMATS].sort((a, b) => a.name.localeCompare(b.name, 'en')), { default: 'tar.gz', description: 'The kind of archive' }),
	includeDeleted: flag('Include Deleted', { description: 'Whether to put deleted datasets in, too' }),
	includeFiles: flag('Include Files', { description: 'Whether to put the data in, not only what is known of it; by default it is put in' }),
	includeHidden: flag('Include Hidden', { description: 'Whether to put hidden datasets in, too' }),
});

/** Where in a file source of Galaxy an archive goes. */
export const targetFields = {
	targetUri: text('Target', { required: true, placeholder: 'e.g. gxfiles://my-storage/run-7.tar.gz', description: 'Path in a file source of Galaxy that may be written to' }),
	ignoreErrors: flag('Ignore Errors', { description: 'Whether to go on where old datasets do not tell how they were made; the archive may be incomplete then' }),
};

/** What goes out of them, under Galaxy's own names. */
export const exportBody = ({ modelStoreFormat, includeDeleted, includeFiles, includeHidden }: IDataObject) =>
	({ model_store_format: modelStoreFormat as string, include_deleted: includeDeleted as boolean, include_files: includeFiles as boolean, include_hidden: includeHidden as boolean });

export const targetBody = ({ targetUri, ignoreErrors, ...values }: IDataObject) => ({ ...exportBody(values), target_uri: targetUri as string, ignore_errors: ignoreErrors as boolean });

/** A file that was prepared; Galaxy names it. */
export const downloadPrepared = async ({ download }: Pick<Call, 'download'>, ended: IDataObject) => {
	const { json: file, binary } = await download(...preparedFileOf(ended), { name: 'galaxy-export', mimeType: 'application/octet-stream' });
	return { json: { ...ended, ...file }, binary };
};

/**
 * The operations that export one thing as an archive: to a file, and to a file source of Galaxy. Both need the server's task queue.
 *
 * @param noun the thing in lower case: 'invocation'
 * @param path of one of them: 'api/invocations/{invocationId}'
 * @param fields by which it is chosen; those that stand in the path under their names
 * @param more kinds of archives that only this can be exported as, and fields that only they have
 */
export function storeExports(noun: string, path: string, fields: Record<string, Field>, more: { formats?: INodePropertyOptions[]; fields?: Fields } = {}): { toFile: Operation; toSource: Operation } {
	const fileFields = { ...fields, ...exportFields(more.formats), ...more.fields };
	const sourceFields = { ...fileFields, ...targetFields };
	const start = async ({ connection, values }: Call, call: string, own: Fields) => {
		await needTaskQueue(connection);
		const { body } = place(own, values as IDataObject, 'POST', api.spelling);
		return { json: (await connection.send(`POST ${path}/${call}`, { path: values, body })) as IDataObject };
	};
	return {
		toFile: declare({
			name: 'Export',
			action: `Export ${noun}`,
			description: 'Make an archive of it, wait for that, and download it',
			fields: fileFields,
			watch: preparedFile,
			alwaysWaits: true,
			filesOut: true,
			run: async (call: Call) => await start(call, 'prepare_store_download', fileFields),
			finish: downloadPrepared,
		}),
		toSource: declare({
			name: 'Export to File Source',
			action: `Export ${noun} to file source`,
			description: 'Let Galaxy write an archive of it into a file source',
			fields: sourceFields,
			watch: task,
			run: async (call: Call) => await start(call, 'write_store', sourceFields),
		}),
	};
}

/** Where the archive is that is to be imported. */
export const storeFields = {
	storeFrom: choice('Archive Given As', [{ name: 'Address', value: 'uri' }, { name: 'JSON', value: 'dict' }], { place: 'none', default: 'uri' }),
	storeContentUri: text('Archive Address', { required: true, shownFor: { storeFrom: ['uri'] }, placeholder: 'e.g. https://example.org/run-7.rocrate.zip', description: 'URL, or path in a file source of Galaxy; from the FTP directory of a user the file is taken away' }),
	storeDict: json('Archive JSON', { required: true, shownFor: { storeFrom: ['dict'] }, description: 'Content of the archive in Galaxy\'s own form, without data' }),
	discardedData: choice('Discarded Data', [
		{ name: 'Allow', value: 'allow', description: 'Datasets without data may be in it' },
		{ name: 'Forbid', value: 'forbid', description: 'Every dataset must have its data' },
		{ name: 'Force', value: 'force', description: 'No data is taken over' },
	], { description: 'What to do with datasets whose data is not in the archive' }),
	modelStoreFormat: choice('Format', FORMATS, { description: 'The kind of archive, where its name does not tell' }),
};
