import type { IDataObject } from 'n8n-workflow';

import { choice, text } from '../../shared/field';
import { gathering, program, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { checkProject } from '../assignment';
import { checkSource, folderOf, pathOf, readsName } from '../destinations';
import { lastPartOf } from '../downloads';
import { metadata } from '../fields';
import { destinationFolder, run, runProjectId } from './upload';

/** The last part of the path of an address; throws a Problem for one that Gencove cannot fetch. */
function nameIn(url: string): string {
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) throw new Problem('"URL" is no web address', { description: 'Give the address of the file with https:// in front' });
	const name = lastPartOf(parsed);
	checkSource(name);
	return name;
}

/** Tells Gencove where a file is; it fetches it when the analysis runs. The same path gives the same upload. */
async function fromAddress(connection: Connection, path: string, url: string): Promise<IDataObject> {
	return (await connection.send('POST uploads-url/', { body: { destination_path: path, source_url: url }, repeat: 'safe' })) as IDataObject;
}

const fromUrl = program({
	name: 'From URL',
	action: 'Import reads from URL',
	description: 'Have Gencove fetch a file of reads by its address, so that it does not pass through n8n',
	fields: {
		url: text('URL', { place: 'none', required: true, placeholder: 'e.g. https://example.org/S1_R1.fastq.gz', description: 'Address of the file, which Gencove must be able to reach when the analysis runs' }),
		runProjectId,
		clientId: text('Client ID', { place: 'none', description: 'Your name of the sample; the file is named by it. By default it keeps its name.' }),
		read: choice('Read', [{ name: 'First (R1)', value: 'R1' }, { name: 'Second (R2)', value: 'R2' }], { place: 'none', default: 'R1', description: 'Which reads of a pair the file holds, where "Client ID" is given' }),
		destinationFolder,
		metadata: { ...metadata, place: 'none' },
	},
	async run({ connection, values: { url, runProjectId: projectId, clientId, read, destinationFolder: given, metadata: data } }) {
		const name = nameIn(url);
		if (projectId !== '' && clientId !== undefined && read === 'R2') throw new Problem('Second reads alone make no sample', { description: 'For a pair use "FASTQ Map", or leave "Run in Project" empty and assign the uploads afterwards' });
		const folder = folderOf(given);
		await checkProject(connection, projectId);
		const upload = await fromAddress(connection, pathOf(folder, clientId === undefined ? name : readsName(clientId, read)), url);
		const samples = projectId === '' ? [] : await run(connection, projectId, folder, [upload], data);
		return { json: { ...upload, samples } };
	},
});

/** The columns of Gencove's own FASTQ maps. */
const COLUMNS = ['client_id', 'r_notation', 'url'] as const;

const fastqMap = gathering({
	name: 'FASTQ Map',
	action: 'Import reads by FASTQ map',
	description: 'Have Gencove fetch the files of all input items: each names its sample, R1 or R2, and the address; pairs become one sample',
	fields: { runProjectId, destinationFolder, metadata: { ...metadata, place: 'none' } },
	checker() {
		const seen = new Set<string>();
		return (json, item) => {
			for (const column of COLUMNS) if (!json[column]) throw new Problem(`Item ${item + 1} has no "${column}"`, { description: `Each item needs ${COLUMNS.join(', ')}` });
			nameIn(String(json.url));
			const name = readsName(String(json.client_id), String(json.r_notation));
			if (seen.size === seen.add(name).size) throw new Problem(`Item ${item + 1}: ${name} stands in an earlier item too`, { description: 'Each sample has one file of first reads, and one of second ones' });
		};
	},
	async gather({ connection, values: { runProjectId: projectId, destinationFolder: given, metadata: data } }, rows) {
		const folder = folderOf(given);
		await checkProject(connection, projectId);
		const uploads: IDataObject[] = [];
		for (const { client_id, r_notation, url } of rows) uploads.push(await fromAddress(connection, pathOf(folder, readsName(String(client_id), String(r_notation))), String(url)));
		const samples = projectId === '' ? [] : await run(connection, projectId, folder, uploads, data);
		return { json: { destination_folder: folder, uploads, samples } };
	},
});

export const imports: Resource = { name: 'Import', operations: { fastqMap, fromUrl } };
