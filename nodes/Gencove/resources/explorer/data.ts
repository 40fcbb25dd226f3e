import { createHash } from 'node:crypto';

import { clock } from '../../../shared/clock';
import { choice, flag, inputFile, number, optionsOf, text } from '../../../shared/field';
import { program, type OutputItem } from '../../../shared/operation';
import type { ByteStream } from '../../../shared/transfer';
import { Problem } from '../../../shared/problem';
import { copy } from '../../explorer/copying';
import { entriesAt } from '../../explorer/listing';
import { explainedFor, fileAt, withObjects } from '../../explorer/objects';
import { storageOf } from '../../explorer/storage';
import { presignedQuery } from '../../signing';
import { putFile } from '../../storing';

const PATHS = 'Begins with e://users/me/, e://users/ and the ID or email of a user, e://org/, e://gencove/ or s3:// and a bucket';

const path = text('Path', { place: 'none', required: true, placeholder: 'e.g. e://users/me/results/sample.vcf.gz', description: PATHS });
const everythingBelow = flag('Everything Below', { place: 'none', description: 'Whether the path is a folder, and all that is below it is meant' });

const nameOf = (key: string) => key.split('/').pop() ?? '';

/** The path of a file that goes into a folder under its own name, or to a path as it is given. */
const inFolder = (folder: string, name: string) => (folder.endsWith('/') ? `${folder}${name}` : folder);

export const listData = program({
	name: 'List Data',
	action: 'List data of explorer',
	description: 'Retrieve a list of the files and folders whose paths begin as given',
	effect: 'read',
	fields: {
		folder: text('Path', { place: 'none', required: true, placeholder: 'e.g. e://users/me/results/', description: `${PATHS}; a folder ends with a slash` }),
		returnAll: flag('Return All', { place: 'none', default: false, description: 'Whether to return all results or only up to a given limit' }),
		limit: number('Limit', { place: 'none', default: 50, min: 1, description: 'Max number of results to return', shownFor: { returnAll: [false] } }),
		everythingBelow: flag('Everything Below', { place: 'none', description: 'Whether to list all files below, in place of the folders' }),
	},
	async run({ connection, values }) {
		const place = await storageOf(connection).place(values.folder);
		const items: OutputItem[] = [];
		for await (const { key, ...entry } of entriesAt(place, values.everythingBelow === true)) {
			items.push({ json: { path: place.pathOf(key), ...entry } });
			if (!values.returnAll && items.length >= values.limit) break;
		}
		return items;
	},
});

/** Seconds that a link may be good for (Amazon S3, "Sharing objects with presigned URLs"). */
const LONGEST_LINK = 7 * 86_400;

export const presignData = program({
	name: 'Get Presigned Link',
	action: 'Get presigned link to data of explorer',
	description: 'Make a link by which everybody can download a file for a while',
	effect: 'read',
	secretOutput: true,
	fields: {
		path,
		expiresIn: number('Expires In', { place: 'none', default: 3600, min: 1, max: LONGEST_LINK, whole: true, description: 'Seconds until the link is good no more; it ends before with the keys that Gencove gives out, which are good for some hours' }),
	},
	async run({ connection, values }) {
		const { bucket, key } = await fileAt(connection, values.path);
		const { keys, region } = await bucket.signing();
		const url = bucket.address(key);
		const query = presignedQuery({ method: 'GET', host: url.host, path: url.pathname, query: {} }, keys, region, clock.now(), values.expiresIn);
		const end = Math.min(clock.now() + values.expiresIn * 1000, Date.parse(keys.expiry_time));
		return { json: { path: values.path, presigned_url: `${url.href}?${query}`, expires_at: new Date(end).toISOString() } };
	},
});

export const downloadData = program({
	name: 'Download Data',
	action: 'Download data of explorer',
	description: 'Download a file from the storage of Explorer',
	effect: 'read',
	filesOut: true,
	fields: { path },
	async run({ connection, values, store }) {
		const { bucket, key } = await fileAt(connection, values.path);
		const { headers, body } = await bucket.send('GET', key, { encoding: 'stream' }).catch(explainedFor(values.path));
		const name = nameOf(key);
		const mimeType = headers['content-type'] ?? 'application/octet-stream';
		const size = Number(headers['content-length']);
		const binary = await store({ name, mimeType, size, content: body as ByteStream });
		return { json: { path: values.path, fileName: name, mimeType, fileSize: size }, binary };
	},
});

export const uploadData = program({
	name: 'Upload Data',
	action: 'Upload data to explorer',
	description: 'Put a file of the item into the storage of Explorer, in place of one that has the same path',
	destructive: true,
	fields: {
		inputField: inputFile('Input Data Field Name', { required: true, placeholder: 'e.g. data', hint: 'The name of the input field that holds the file to upload' }),
		target: text('Path', { place: 'none', required: true, placeholder: 'e.g. e://users/me/results/', description: `${PATHS}; at a slash at the end the name of the file is added` }),
	},
	async run({ connection, values, inputFile: open }) {
		const file = await open(values.inputField);
		const at = inFolder(values.target, file.name);
		const { bucket, key } = await fileAt(connection, at);
		await putFile(bucket, key, file);
		return { json: { path: at, fileName: nameOf(key), mimeType: file.mimeType, fileSize: file.size } };
	},
});

export const copyData = program({
	name: 'Copy Data',
	action: 'Copy data of explorer',
	description: 'Copy a file, or all that is below a folder, inside the storage of Explorer, in place of files that have the same paths',
	destructive: true,
	fields: {
		path,
		copyTo: text('Copy To', { place: 'none', required: true, placeholder: 'e.g. e://org/results/', description: `${PATHS}; at a slash at the end the name of the file is added` }),
		everythingBelow,
	},
	async run({ connection, values }) {
		const isFolder = values.everythingBelow === true;
		const from = isFolder ? values.path.replace(/\/?$/, '/') : values.path;
		return await withObjects(connection, from, isFolder, async (source) => {
			// a mark of a folder, as Amazon's console makes it: folders need none
			if (source.key.endsWith('/')) return { copiedTo: null };
			const below = source.pathOf(source.key).slice(from.length);
			const to = isFolder ? `${values.copyTo.replace(/\/?$/, '/')}${below}` : inFolder(values.copyTo, nameOf(source.key));
			await copy(source, await fileAt(connection, to)).catch(explainedFor(source.pathOf(source.key)));
			return { copiedTo: to };
		});
	},
});

/** The whole of a storage: what an expression leaves that came out empty. */
const ROOT = /^(e:\/\/(users\/[^/]+|[^/]+)|s3:\/\/[^/]+)\/*$/;

export const deleteData = program({
	name: 'Delete Data',
	action: 'Delete data of explorer',
	description: 'Remove a file, or all that is below a folder, from the storage of Explorer',
	destructive: true,
	fields: { path, everythingBelow },
	async run({ connection, values }) {
		if (values.everythingBelow === true && ROOT.test(values.path)) throw new Problem(`"${values.path}" names no folder`, { description: 'Give the path of a folder: all of a storage is not deleted at once' });
		return await withObjects(connection, values.path, values.everythingBelow === true, async ({ bucket, key }) => {
			await bucket.send('DELETE', key);
			return { deleted: true };
		});
	},
});

/** The tag by which Gencove's storage moves an object into the archive. */
const ARCHIVED = Buffer.from('<Tagging><TagSet><Tag><Key>Archive</Key><Value>DEEP_ARCHIVE</Value></Tag></TagSet></Tagging>');

/** Amazon wants a checksum with tags. */
const checksum = { 'x-amz-checksum-sha256': createHash('sha256').update(ARCHIVED).digest('base64') };

export const archiveData = program({
	name: 'Archive Data',
	action: 'Archive data of explorer',
	description: 'Move a file, or all that is below a folder, into the archive, from where it can be restored',
	fields: { path, everythingBelow },
	run: async ({ connection, values }) =>
		await withObjects(connection, values.path, values.everythingBelow === true, async ({ bucket, key }) => {
			await bucket.send('PUT', key, { query: { tagging: '' }, headers: checksum, body: ARCHIVED });
			return { archiveRequested: true };
		}),
});

export const restoreData = program({
	name: 'Restore Data',
	action: 'Restore data of explorer',
	description: 'Have a file, or all that is below a folder, brought back from the archive for some days',
	fields: {
		path,
		days: number('Days', { place: 'none', default: 30, min: 1, whole: true, description: 'How long it stays' }),
		tier: choice('Tier', optionsOf('Bulk', 'Expedited', 'Standard'), { place: 'none', default: 'Bulk', description: 'How fast it comes; the faster, the more it costs' }),
		everythingBelow,
	},
	async run({ connection, values }) {
		const { days, tier } = values;
		const body = Buffer.from(`<RestoreRequest><Days>${days}</Days><GlacierJobParameters><Tier>${tier}</Tier></GlacierJobParameters></RestoreRequest>`);
		return await withObjects(connection, values.path, values.everythingBelow === true, async ({ bucket, key }, { storageClass }) => {
			// below a folder there may be what never was in the archive
			if (storageClass === 'STANDARD') return { restoreRequested: false };
			await bucket.send('POST', key, { query: { restore: '' }, body });
			return { restoreRequested: true };
		});
	},
});
