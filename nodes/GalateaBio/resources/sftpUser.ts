import type { IDataObject } from 'n8n-workflow';

import { id, text } from '../../shared/field';
import { deleted, program, type Resource } from '../../shared/operation';
import { created, objectIn } from '../api';
import { ID_PLACEHOLDER } from '../placeholders';
import { organizationId, organizationPath } from './organization';

const sftpUserId = id('SFTP User ID', { place: 'none', placeholder: ID_PLACEHOLDER });
const publicKey = text('SSH Public Key', { required: true, placeholder: 'e.g. ssh-ed25519 AAAA...', description: 'The public key, as one line' });

const USERS = 'organizations/{organizationId}/sftp_users';

const getAll = program({
	name: 'Get Many',
	action: 'Get many SFTP users',
	description: 'Retrieve the accounts that may upload by SFTP',
	effect: 'read',
	fields: { organizationId },
	async run({ connection, values }) {
		const users = await connection.send(`GET ${USERS}`, { path: await organizationPath(connection, values.organizationId) });
		return (users as IDataObject[]).map((json) => ({ json }));
	},
});

const create = program({
	name: 'Create',
	action: 'Create SFTP user',
	description: 'Make an account that may upload by SFTP',
	fields: { publicKey, organizationId },
	async run({ connection, values }) {
		const path = await organizationPath(connection, values.organizationId);
		return { json: created(await connection.send(`POST ${USERS}`, { path, body: { ssh_public_body_key: values.publicKey } }), 'SFTP user') };
	},
});

const remove = program({
	name: 'Delete',
	action: 'Delete SFTP user',
	description: 'Remove an account that may upload by SFTP',
	destructive: true,
	fields: { sftpUserId, organizationId },
	async run({ connection, values }) {
		const path = { ...(await organizationPath(connection, values.organizationId)), sftpUserId: values.sftpUserId };
		await connection.send(`DELETE ${USERS}/{sftpUserId}`, { path });
		return { json: deleted() };
	},
});

const addSshKey = program({
	name: 'Add SSH Key',
	action: 'Add SSH key to SFTP user',
	description: 'Let an account log in with another key',
	fields: { sftpUserId, publicKey, organizationId },
	async run({ connection, values }) {
		const path = { ...(await organizationPath(connection, values.organizationId)), sftpUserId: values.sftpUserId };
		const body = { ssh_public_body_key: values.publicKey };
		return { json: objectIn(await connection.send(`POST ${USERS}/{sftpUserId}/ssh_keys`, { path, body })) ?? { added: true } };
	},
});

const deleteSshKey = program({
	name: 'Delete SSH Key',
	action: 'Delete SSH key of SFTP user',
	description: 'Let an account no longer log in with a key',
	destructive: true,
	fields: { sftpUserId, sshKeyId: id('SSH Key ID', { place: 'none' }), organizationId },
	async run({ connection, values }) {
		const { sftpUserId: user, sshKeyId } = values;
		const path = { ...(await organizationPath(connection, values.organizationId)), sftpUserId: user, sshKeyId };
		await connection.send(`DELETE ${USERS}/{sftpUserId}/ssh_keys/{sshKeyId}`, { path });
		return { json: deleted() };
	},
});

export const sftpUser: Resource = { name: 'SFTP User', operations: { addSshKey, create, delete: remove, deleteSshKey, getAll } };
