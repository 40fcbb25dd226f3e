import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import type { Outgoing } from '../shared/operation';
import type { Connection } from '../shared/request';
import { listIn } from './pages';

/** The word for runs that a server knows, by the credential of the execution. */
const words = new WeakMap<ICredentialDataDecryptedObject, string>();

const RUNS = /^compute\/runs\b/;

/** The request with the word for runs that the server is known to have (contract, decision L2). */
export function withKnownWord(outgoing: Outgoing, credential: ICredentialDataDecryptedObject): Outgoing {
	const word = credential.runsPath === 'analyses' ? 'analyses' : words.get(credential);
	return word && RUNS.test(outgoing.path) ? { ...outgoing, path: outgoing.path.replace(RUNS, `compute/${word}`) } : outgoing;
}

/** A thing of the miner service that is not named by its UUID. */
const BY_NAME = /^(miner\/(?:orders|subjects|samples))\/([^/]+)(.*)$/;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** What a path answers that the server does not have: nothing was done. */
const isMissingPath = (status: number, body: unknown) => status === 404 && (body as IDataObject | undefined)?.detail === 'Not Found';

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
	const [, list, segment = '', rest] = BY_NAME.exec(outgoing.path) ?? [];
	const name = decodeURIComponent(segment);
	if (list === undefined || UUID.test(name) || outgoing.query.lookup === 'uuid' || (status !== 404 && status !== 422)) return undefined;
	const found = listIn(await connection.send(`GET ${list}`, { query: { search: name, limit: 100 }, headers: outgoing.headers })).rows.find((row) => namesOf(row).includes(name));
	return found ? { ...outgoing, path: `${list}/${String(found.id)}${rest}` } : undefined;
}

/** Names that a thing goes by, beside its UUID. */
const namesOf = ({ order_id: order, subject_id: subject, sample_id: sample, display_id: displayed, name }: IDataObject): unknown[] => [order, subject, sample, displayed, name];
