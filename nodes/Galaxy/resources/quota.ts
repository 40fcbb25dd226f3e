import type { IDataObject } from 'n8n-workflow';

import { choice, flag, list, text } from '../../shared/field';
import { program, request, type OutputItem, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { deletedQuotaId, optionalDeletedQuotaId, quotaId } from '../fields';

const amountText = { placeholder: 'e.g. 20 GB', description: 'A size such as "20 GB" or "1 TiB", or "unlimited"' } as const;

const details = {
	operator: choice('Operator', [
		{ name: 'Add to the Other Quotas', value: 'add' },
		{ name: 'Exactly This Much', value: 'exact' },
		{ name: 'Take From the Other Quotas', value: 'subtract' },
	], { place: 'none', description: 'How the amount counts among all quotas of a user' }),
	defaultFor: choice('Default For', [
		{ name: 'Nobody', value: 'no' },
		{ name: 'Registered Users', value: 'registered' },
		{ name: 'Unregistered Users', value: 'unregistered' },
	], { description: 'Who has this quota without being named; such a quota has no users and groups of its own' }),
	inUsers: list('Users', { placeholder: 'e.g. ada@example.org', description: 'Comma-separated list of email addresses or user IDs' }),
	inGroups: list('Groups', { placeholder: 'e.g. Sequencing Lab', description: 'Comma-separated list of names or IDs of groups' }),
};

/** Galaxy's signs; n8n takes a value that begins with "=" for an expression. */
const SIGNS: Record<string, string> = { add: '+', exact: '=', subtract: '-' };

const signOf = (operator?: string) => operator && SIGNS[operator];

/** Sends a quota. A user or group that there is none of is a fault to Galaxy, not a refusal. */
async function save(connection: Connection, line: string, { path, body }: { path?: IDataObject; body: Record<string, string | string[] | undefined> }): Promise<unknown> {
	return await connection.send(line, { path, body }).catch((cause: Problem) => {
		if (cause.status !== 500 || (body.in_users ?? body.in_groups) === undefined) throw cause;
		const { message, description, ...more } = cause;
		throw new Problem(message, { ...more, description: `Galaxy may not know one of "Users" or "Groups": give them as the server spells them. ${description}` });
	});
}

const create = program({
	name: 'Create',
	action: 'Create quota',
	description: 'Say how much disk space users may take (administrators only)',
	fields: {
		name: text('Name', { required: true, placeholder: 'e.g. Sequencing Lab' }),
		description: text('Description', { required: true, placeholder: 'e.g. Space for the runs of this year' }),
		amount: text('Amount', { required: true, ...amountText }),
		...details,
		quotaSourceLabel: text('Quota Source Label', { description: 'The storage that it is for, where the server has several with quotas of their own' }),
	},
	async run({ connection, values: { name, description, amount, operator, defaultFor, inUsers, inGroups, quotaSourceLabel } }) {
		const body = { name, description, amount, operation: signOf(operator), default: defaultFor, in_users: inUsers, in_groups: inGroups, quota_source_label: quotaSourceLabel };
		return { json: (await save(connection, 'POST api/quotas', { body })) as OutputItem['json'] };
	},
});

const get = request({
	name: 'Get',
	action: 'Get quota',
	description: 'Retrieve a disk quota with its users and groups (administrators only)',
	request: 'GET api/quotas/{quotaId}',
	fields: { quotaId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many quotas',
	description: 'Retrieve a list of the disk quotas that are not deleted (administrators only)',
	request: 'GET api/quotas',
	pages: wholeList,
	fields: {},
});

const getDeleted = program({
	name: 'Get Deleted',
	action: 'Get deleted quotas',
	description: 'Retrieve one deleted disk quota, or a list of them (administrators only)',
	effect: 'read',
	fields: { quotaId: optionalDeletedQuotaId },
	async run({ connection, values: { quotaId: id } }) {
		const found = id === '' ? await connection.send('GET api/quotas/deleted') : await connection.send('GET api/quotas/deleted/{id}', { path: { id } });
		return [found as IDataObject].flat().map((json) => ({ json }));
	},
});

/** Galaxy takes no description without a name, no operator without an amount, and "=" where an amount comes alone. */
async function completed(connection: Connection, id: string, { name, description, amount, operation }: Record<string, string | undefined>) {
	const isComplete = (description === undefined || name !== undefined) && (amount === undefined) === (operation === undefined);
	if (isComplete) return { name, description, amount, operation };
	const now = (await connection.send('GET api/quotas/{id}', { path: { id } })) as { name: string; bytes: number; operation: string };
	const isAmountGiven = (amount ?? operation) !== undefined;
	return {
		name: name ?? now.name,
		description,
		amount: isAmountGiven ? (amount ?? (now.bytes < 0 ? 'unlimited' : String(now.bytes))) : undefined,
		operation: isAmountGiven ? (operation ?? now.operation) : undefined,
	};
}

const update = program({
	name: 'Update',
	action: 'Update quota',
	description: 'Change a disk quota, or replace its users or groups (administrators only)',
	fields: { quotaId, name: text('Name'), description: text('Description'), amount: text('Amount', amountText), ...details },
	async run({ connection, values: { quotaId: id, name, description, amount, operator, defaultFor, inUsers, inGroups } }) {
		const changed = await completed(connection, id, { name, description, amount, operation: signOf(operator) });
		const body = { ...changed, default: defaultFor, in_users: inUsers, in_groups: inGroups };
		return { json: { id, message: (await save(connection, 'PUT api/quotas/{id}', { path: { id }, body })) as string } };
	},
});

const remove = request({
	name: 'Delete',
	action: 'Delete quota',
	description: 'Remove a disk quota; it can be brought back. One that is a default must no longer be one (administrators only).',
	request: 'DELETE api/quotas/{quotaId}',
	destructive: true,
	fields: { quotaId, purge: flag('Purge', { default: false, place: 'body', description: 'Whether to take its users and groups away, too' }) },
	unwrap: (message: string) => ({ deleted: true, message }),
});

const undelete = request({
	name: 'Undelete',
	action: 'Undelete quota',
	description: 'Bring a deleted disk quota back (administrators only)',
	request: 'POST api/quotas/deleted/{quotaId}/undelete',
	fields: { quotaId: deletedQuotaId },
	unwrap: (message: string) => ({ message }),
});

const purge = request({
	name: 'Purge',
	action: 'Purge quota',
	description: 'Take the users and groups of a deleted disk quota away for good (administrators only)',
	request: 'POST api/quotas/{quotaId}/purge',
	destructive: true,
	fields: { quotaId: deletedQuotaId },
	unwrap: (message: string) => ({ message }),
});

export const quota: Resource = { name: 'Quota', operations: { create, delete: remove, get, getAll, getDeleted, purge, undelete, update } };
