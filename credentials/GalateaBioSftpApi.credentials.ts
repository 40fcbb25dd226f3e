import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const onlyFor = (authentication: string) => ({ displayOptions: { show: { authentication: [authentication] } } });

export class GalateaBioSftpApi implements ICredentialType {
	name = 'galateaBioSftpApi';

	displayName = 'GalateaBio SFTP API';

	icon = { light: 'file:../icons/galateabio.svg', dark: 'file:../icons/galateabio.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/galateabio.md#files-over-50-mb';

	properties: INodeProperties[] = [
		{
			displayName: 'GalateaBio hands out host, user and key. n8n does not check the key of the host: use it in networks that you trust.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{ displayName: 'Host', name: 'host', type: 'string', default: '', required: true, placeholder: 'e.g. sftp.example.org' },
		{ displayName: 'Port', name: 'port', type: 'number', default: 22 },
		{ displayName: 'User', name: 'user', type: 'string', default: '', required: true, placeholder: 'e.g. sftp-user-5c9a4f01' },
		{
			displayName: 'Log In With',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Password', value: 'password' },
				{ name: 'Private Key', value: 'privateKey' },
			],
			default: 'privateKey',
		},
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', ...onlyFor('password') },
		{ displayName: 'Private Key', name: 'privateKey', type: 'string', typeOptions: { password: true, rows: 4 }, default: '', ...onlyFor('privateKey') },
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Passphrase of the private key, if it has one',
			...onlyFor('privateKey'),
		},
	];
}
