import { choice, text } from '../../shared/field';
import { program, type OutputItem } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { fetchFile, fileOfType, type GencoveFile } from '../downloads';
import { projectId } from '../fields';

/** The types of the files that belong to a reference genome begin so. */
const GENOME = 'genome-';

const filesOf = async (connection: Connection, project: string) => ((await connection.send('GET projects/{projectId}', { path: { projectId: project } })) as { files?: GencoveFile[] }).files ?? [];

export const downloadFile = program({
	name: 'Download File',
	action: 'Download file of project',
	description: 'Fetch a file that belongs to all of a project: a merged or joint-called VCF, or the reference genome with its indexes, an item for each file',
	effect: 'read',
	filesOut: true,
	fields: {
		projectId: { ...projectId, place: 'none' as const },
		kind: choice('File', [
			{ name: 'Joint-Called VCF', value: 'jointcalled-vcf' },
			{ name: 'Merged VCF', value: 'impute-vcf-merged', description: 'Made by Merged VCF > Create' },
			{ name: 'Other', value: 'other', description: 'By its type' },
			{ name: 'Reference Genome', value: 'genome' },
		], { place: 'none', default: 'impute-vcf-merged' }),
		fileType: text('File Type', { place: 'none', required: true, placeholder: 'e.g. jointcalled-vcf_indexed', shownFor: { kind: ['other'] }, description: 'As it stands in the files of the project' }),
	},
	async run(call) {
		const { connection, values: { projectId: project, kind, fileType } } = call;
		const again = (type: string) => async () => fileOfType(await filesOf(connection, project), type);
		const files = await filesOf(connection, project);
		const wanted = kind === 'genome' ? files.filter(({ file_type: type }) => type.startsWith(GENOME)) : [fileOfType(files, kind === 'other' ? fileType : kind)];
		if (wanted.length === 0) throw new Problem('The project has no reference genome', { description: 'Choose another file, or ask Gencove for it' });
		const output: OutputItem[] = [];
		for (const file of wanted) output.push(await fetchFile(call, file, again(file.file_type)));
		return output;
	},
});
