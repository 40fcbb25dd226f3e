import type { IDataObject } from 'n8n-workflow';

import { program, request, type Resource } from '../../shared/operation';
import type { Watch } from '../../shared/wait';
import { fetchFile, fileOfType, type GencoveFile } from '../downloads';
import { projectId } from '../fields';
import { lookAt } from '../states';

/** Gencove knows a merge by its project, which its answers do not name. */
const withProject = (merge: IDataObject, { projectId: project }: { projectId: string }): IDataObject => ({ ...merge, project });

const merging: Watch = {
	noun: 'merge',
	end: 'Completion',
	async look(connection, { project }) {
		const merge = (await connection.send('GET project-merge-vcfs/{project}', { path: { project } })) as IDataObject;
		return lookAt({ ...merge, project });
	},
};

const create = request({
	name: 'Create',
	action: 'Create merged VCF',
	description: 'Have the VCF files of all samples of a project merged into one',
	request: 'POST project-merge-vcfs/{projectId}',
	watch: merging,
	fields: { projectId },
	unwrap: withProject,
});

const getStatus = request({
	name: 'Get Status',
	action: 'Get status of merged VCF',
	description: 'Retrieve how far the last merge of a project is, and whether samples have come since',
	request: 'GET project-merge-vcfs/{projectId}',
	fields: { projectId },
	unwrap: withProject,
});

const download = program({
	name: 'Download',
	action: 'Download merged VCF',
	description: 'Fetch the merged VCF file of a project',
	effect: 'read',
	filesOut: true,
	fields: { projectId },
	async run(call) {
		const find = async () => {
			const { files = [] } = (await call.connection.send('GET projects/{projectId}', { path: call.values })) as { files?: GencoveFile[] };
			return fileOfType(files, 'impute-vcf-merged');
		};
		return await fetchFile(call, await find(), find);
	},
});

const waitForCompletion = program({
	name: 'Wait for Completion',
	action: 'Wait for completion of merged VCF',
	description: 'Wait until the last merge of a project has ended',
	effect: 'read',
	fields: { projectId },
	watch: merging,
	alwaysWaits: true,
	run: async ({ values }) => ({ json: { project: values.projectId } }),
});

export const mergedVcf: Resource = { name: 'Merged VCF', operations: { create, download, getStatus, waitForCompletion } };
