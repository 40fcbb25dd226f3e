import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	IExecuteFunctions,
	INodeCredentialTestResult,
	SSHCredentials,
} from 'n8n-workflow';

import { clock } from '../shared/clock';
import { inputFile, text } from '../shared/field';
import { program } from '../shared/operation';
import { Problem } from '../shared/problem';
import { uploadBySftp as upload } from '../shared/sftp';
import type { Watch } from '../shared/wait';
import { fileLook } from './states';

const CREDENTIAL = 'galateaBioSftpApi';

const simplify = ['id', 'src_file_name', 'src_short_file_path', 'status', 'check_information', 'sample_alias', 'genome_type', 'amount_of_samples', 'file_size_bytes', 'created_at'];

/** A file that came by SFTP has no ID until the service has registered it: names repeat, so its path tells it. */
const look: Watch['look'] = async (connection, launch) => {
	const path = String(launch.src_short_file_path);
	const answer = (await connection.send('GET data/files', { query: { file: path.slice(path.lastIndexOf('/') + 1) } })) as { results: IDataObject[] };
	const file = answer.results.find(({ src_short_file_path }) => src_short_file_path === path);
	return file ? fileLook(file) : { json: launch, state: 'not registered yet', outcome: 'running' };
};

/** The service shows paths without slashes at their ends. */
const withoutOuterSlashes = (path: string) => path.replace(/^\/+|\/+$/g, '');

/** The name of a folder or file; throws a Problem for a path: the SFTP server has folders, but none in them. */
function oneName(label: 'Folder' | 'File Name', given: string): string {
	const name = withoutOuterSlashes(given);
	if (!['', '.', '..'].includes(name) && !name.includes('/')) return name;
	throw new Problem(`"${label}" is not the name of one ${label === 'Folder' ? 'folder' : 'file'}`, {
		description: `Give "${label}" as a name without slashes in it: files lie in folders such as 2026-03-31, and folders in no others`,
	});
}

const validation: Watch = { noun: 'file', end: 'Validation', look };

export const findBySftpPath = program({
	name: 'Find by SFTP Path',
	action: 'Find file by SFTP path',
	description: 'Wait until a file that was sent by SFTP is registered and checked, which takes 4 to 10 minutes',
	effect: 'read',
	simplify,
	watch: validation,
	alwaysWaits: true,
	fields: { sftpPath: text('SFTP Path', { required: true, placeholder: 'e.g. 2026-03-31/sample-1.vcf.gz', description: 'Folder and name of the file on the SFTP server' }) },
	run: async ({ values }) => ({ json: { src_short_file_path: withoutOuterSlashes(values.sftpPath) } }),
});

export const uploadBySftp = program({
	name: 'Upload by SFTP',
	action: 'Upload file by SFTP',
	description: 'Send a genotype file of any size, and wait until it is registered and checked if you want',
	simplify,
	watch: validation,
	fields: {
		inputField: inputFile('Input Data Field Name', { required: true, placeholder: 'e.g. data', hint: 'The name of the input field that holds the file to upload' }),
		folder: text('Folder', { placeholder: 'e.g. 2026-03-31', description: 'Folder on the SFTP server, which is made if need be. Today\'s date when left empty.' }),
		fileName: text('File Name', { placeholder: 'e.g. sample-1.vcf.gz', description: 'Its name there; it should be unique. The name of the file when left empty.' }),
	},
	async run({ context, values, inputFile: open }) {
		const file = await open(values.inputField);
		const folder = oneName('Folder', values.folder ?? new Date(clock.now()).toISOString().slice(0, 10));
		const name = oneName('File Name', values.fileName ?? file.name);
		await upload(context, sshCredentials(await credentialOf(context)), folder, { ...file, name });
		return { json: { src_file_name: name, src_short_file_path: `${folder}/${name}`, file_size_bytes: file.size } };
	},
});

const credentialOf = async (context: IExecuteFunctions) => await context.getCredentials(CREDENTIAL);

function sshCredentials(credential: ICredentialDataDecryptedObject): SSHCredentials {
	const { host, port, user, authentication, password, privateKey, passphrase } = credential as Record<string, string>;
	const server = { sshHost: host, sshPort: Number(port), sshUser: user };
	return authentication === 'password'
		? { ...server, sshAuthenticateWith: 'password', sshPassword: password }
		: { ...server, sshAuthenticateWith: 'privateKey', privateKey, ...(passphrase && { passphrase }) };
}

/** The button "Test" of the SFTP credential: logs in. */
export async function testSftp(this: ICredentialTestFunctions, { data }: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const client = await this.helpers.getSSHClient(sshCredentials(data as ICredentialDataDecryptedObject)).catch((cause: Error) => cause);
	if (client instanceof Error) return { status: 'Error', message: `The SFTP server did not let n8n in: ${client.message}` };
	return { status: 'OK', message: 'Logged in' };
}
