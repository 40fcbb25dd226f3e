import { choice, flag, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { importJob, oneFolder } from '../../libraries';

export const importFromServerDirectory = request({
	name: 'Import From Server Directory',
	action: 'Import library datasets from server directory',
	description: 'Put files that lie on the server into a folder of a data library; a job does it',
	request: 'POST api/libraries/datasets',
	watch: importJob,
	fields: {
		...{ libraryId: oneFolder.libraryId, folderId: { ...oneFolder.folderId, place: 'body' as const, wire: 'encoded_folder_id' } },
		source: choice('Source', [
			{ name: 'Any Path on the Server', value: 'admin_path', description: 'Administrators only' },
			{ name: 'File in My Import Directory', value: 'userdir_file' },
			{ name: 'File in the Import Directory', value: 'importdir_file', description: 'Administrators only' },
			{ name: 'Folder in My Import Directory', value: 'userdir_folder' },
			{ name: 'Folder in the Import Directory', value: 'importdir_folder', description: 'Administrators only' },
		], { default: 'userdir_folder' }),
		path: text('Path', { required: true, placeholder: 'e.g. run-7', description: 'Below the import directory, but for any path on the server' }),
		fileType: text('File Type', { placeholder: 'e.g. fastqsanger.gz', description: 'The datatype in Galaxy\'s words; without it Galaxy finds it out' }),
		genomeBuild: text('Genome Build', { wire: 'dbkey', placeholder: 'e.g. hg38' }),
		linkData: flag('Link to Files', { description: 'Whether to link to the files, instead of copying them' }),
		preserveDirs: flag('Keep Folders', { description: 'Whether folders become folders of the library; else all files stand right in the folder' }),
		tagUsingFilenames: flag('Tag by File Names', { description: 'Whether the names of the files become tags' }),
	},
});
