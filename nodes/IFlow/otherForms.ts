import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Outgoing } from '../shared/operation';
import type { Connection } from '../shared/request';
import { isUuid } from './names';
import { everyRow } from './pages';

/** The word for runs that a server knows, by the credential of the execution. */
const words = new WeakMap<ICredentialDataDecryptedObject, string>();

const RUNS = /^compute\/runs\b/;

/** The request with the word for runs that the server is known to have (contract, decision L2). */
export function withKnownWord(outgoing: Outgoing, credential: ICredentialDataDecryptedObject): Outgoing {
	const word = credential.runsPath === 'analyses' ? 'analyses' : words.get(credential);
	return word && RUNS.test(outgoing.path) ? { ...outgoing, path: outgoing.path.replace(RUNS, `compute/${word}`) } : outgoing;
}

/** Things of the miner service in a path: 'orders/CASE-17/samples/P-001'. */
const NAMED = /\b(orders|subjects|samples)\/([^/]+)/g;

const detailOf = (body: unknown): unknown => (body as IDataObject | undefined)?.detail;

/** What a path answers that the server does not have: nothing was done. */
const isMissingPath = (status: number, body: unknown) => status === 404 && detailOf(body) === 'Not Found';

/** Whether a server does not know what the path names, or cannot read it; a refused body is no reason to ask again. */
function isUnknownName(status: number, body: unknown): boolean {
	const findings = detailOf(body);
	return status === 404 || (status === 422 && Array.isArray(findings) && findings.some((finding: IDataObject) => Array.isArray(finding?.loc) && finding.loc[0] === 'path'));
}

/**
 * The same request as an older server takes it, where its refusal says so: runs are analyses there (contract, decision L2),
 * and things are known by their UUIDs alone (trap T22). Undefined where there is no other form.
 */
export async function otherForm(outgoing: Outgoing, { status, body }: { status: number; body: unknown }, connection: Connection): Promise<Outgoing | undefined> {
	const { credential } = connection;
	if (RUNS.test(outgoing.path) && isMissingPath(status, body) && credential.apiLayout !== 'gateway' && credential.runsPath !== 'runs') {
		words.set(credential, 'analyses');
		return withKnownWord(outgoing, credential);
	}
	if (!outgoing.path.startsWith('miner/') || outgoing.query.lookup === 'uuid' || !isUnknownName(status, body)) return undefined;
	const path = await byUuids(outgoing, connection);
	return path === outgoing.path ? undefined : { ...outgoing, path };
}

/** The path with the UUIDs of what it names, where they are found. */
async function byUuids({ path, headers }: Outgoing, connection: Connection): Promise<string> {
	let found = path;
	for (const [named, list, segment] of path.matchAll(NAMED)) {
		// where the list is not to be had, the first refusal is what is told
		const uuid = await uuidOf(connection, list, decodeURIComponent(segment), headers).catch(() => undefined);
		if (uuid !== undefined) found = found.replace(named, `${list}/${uuid}`);
	}
	return found;
}

async function uuidOf(connection: Connection, list: string, name: string, headers: Outgoing['headers']): Promise<string | undefined> {
	if (isUuid(name)) return undefined;
	for await (const row of everyRow(connection, `GET miner/${list}`, { query: { search: name }, headers })) {
		if (namesOf(row).includes(name)) return String(row.id);
	}
	return undefined;
}

/** Names that a thing goes by, beside its UUID. */
const namesOf = ({ order_id: order, subject_id: subject, sample_id: sample, display_id: displayed, name }: IDataObject): unknown[] => [order, subject, sample, displayed, name];
