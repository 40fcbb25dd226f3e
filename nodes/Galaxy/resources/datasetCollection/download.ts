import type { IDataObject } from 'n8n-workflow';

import { program } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { fileNameIn } from '../../../shared/transfer';
import { collection, readCollection } from '../../datasets';
import { oneCollection } from '../../fields';
import { downloadPrepared } from '../../stores';
import { needTaskQueue, preparedFile } from '../../tasks';

/** How the record begins with which a zip ends, and its bytes where no comment follows. */
const END_OF_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const END_SIZE = 22;

/**
 * A zip as it comes, refused when its end is missing: Galaxy says no length, so what broke off behind a proxy looks whole
 * (contract, section 9, 39).
 */
async function* whole(zip: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	let tail = Buffer.alloc(0);
	for await (const piece of zip) {
		tail = Buffer.concat([tail, piece.subarray(-END_SIZE)]).subarray(-END_SIZE);
		yield piece;
	}
	if (!tail.subarray(0, END_OF_ZIP.length).equals(END_OF_ZIP)) throw new Problem('The download is not complete', { description: 'The end of the zip is missing. Run the node again, or use "Download Prepared"' });
}

/** Throws a Problem for a collection that lacks datasets. */
async function checkBuilt(connection: Parameters<typeof readCollection>[0], id: string): Promise<void> {
	const { state, outcome, reason } = await collection.look(connection, { id });
	if (outcome === 'running') throw new Problem('The collection is not ready', { description: `A part of it is "${state}". Wait for it first, with "Wait"` });
	if (outcome === 'failed') throw new Problem(`The collection has no data that is whole: a part of it is "${state}"`, { description: reason ?? 'Look at its datasets, and at the jobs that made them' });
}

export const download = program({
	name: 'Download',
	action: 'Download dataset collection',
	description: 'Fetch all data of a collection as a zip',
	effect: 'read',
	filesOut: true,
	fields: oneCollection,
	async run({ connection, values: { collectionId }, store }) {
		await checkBuilt(connection, collectionId);
		const { headers, body } = await connection.stream('GET api/dataset_collections/{collectionId}/download', { path: { collectionId } });
		const name = fileNameIn(headers['content-disposition']) ?? 'galaxy-collection.zip';
		const binary = await store({ name, mimeType: 'application/zip', content: whole(body as AsyncIterable<Uint8Array>) });
		const [{ bytes: fileSize }] = Object.values(binary);
		return { json: { id: collectionId, fileName: name, mimeType: 'application/zip', fileSize }, binary };
	},
});

export const downloadWhenPrepared = program({
	name: 'Download Prepared',
	action: 'Download prepared dataset collection',
	description: 'Have the server put a large collection into a zip first, wait for that, and fetch it',
	watch: preparedFile,
	alwaysWaits: true,
	filesOut: true,
	fields: oneCollection,
	async run({ connection, values: { collectionId } }) {
		await needTaskQueue(connection);
		await checkBuilt(connection, collectionId);
		return { json: (await connection.send('POST api/dataset_collections/{collectionId}/prepare_download', { path: { collectionId } })) as IDataObject };
	},
	finish: downloadPrepared,
});
