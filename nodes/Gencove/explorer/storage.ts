import type { IDataObject } from 'n8n-workflow';

import { Kept } from '../../shared/kept';
import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { everyRow } from '../api';
import type { StorageKeys } from '../signing';
import { Bucket } from '../storage';
import { bucketOf, EVERYBODY, named } from './paths';

/** An object in Explorer's storage, or a folder: the beginning of keys. */
export interface Place {
	bucket: Bucket;
	key: string;
	/** The path of a key in the same bucket, as the user names them. */
	pathOf(key: string): string;
}

/** Until the end of the execution: what is kept goes away with its connection. */
const FOR_GOOD = Infinity;

const storages = new WeakMap<Connection, ExplorerStorage>();

/** The storage of a connection; what it has learned counts for all items of the execution. */
export function storageOf(connection: Connection): ExplorerStorage {
	const storage = storages.get(connection) ?? new ExplorerStorage(connection);
	storages.set(connection, storage);
	return storage;
}

/** Explorer's storage, where paths begin with a name instead of a bucket. */
class ExplorerStorage {
	private readonly ids = new Kept<string, string>(FOR_GOOD);
	private readonly buckets = new Kept<string, Bucket>(FOR_GOOD);

	constructor(private readonly connection: Connection) {}

	/** Finds what a path names; throws a Problem where it names nothing. */
	async place(path: string): Promise<Place> {
		const { root, rest, ...whose } = named(path);
		const { bucket, base } = await this.home(whose);
		return {
			bucket: await this.buckets.get(bucket, async () => await this.open(bucket)),
			key: `${base}${rest}`,
			pathOf: (key) => `${root}${key.slice(base.length)}`,
		};
	}

	/** The bucket where the files of an owner are, and how their keys begin. */
	private async home(whose: { owner: string; bucket?: string; who?: string }): Promise<{ bucket: string; base: string }> {
		if (whose.bucket !== undefined) return { bucket: whose.bucket, base: '' };
		if (whose.owner === 'gencove') return EVERYBODY;
		const bucket = bucketOf(await this.id('GET organization/'));
		if (whose.who === undefined) return { bucket, base: 'shared/files/' };
		return { bucket, base: `users/${await this.userId(whose.who)}/files/` };
	}

	private async userId(who: string): Promise<string> {
		if (who === 'me') return await this.id('GET user/');
		return who.includes('@') ? await this.ids.get(who, async () => await this.idOfEmail(who)) : who;
	}

	private async id(line: string): Promise<string> {
		return await this.ids.get(line, async () => String(((await this.connection.send(line)) as IDataObject).id));
	}

	private async idOfEmail(email: string): Promise<string> {
		for await (const user of everyRow(this.connection, 'GET organization-users/', { query: { search: email } })) {
			if (String(user.email).toLowerCase() === email.toLowerCase()) return String(user.id);
		}
		throw new Problem(`Your organization has no user with the email address "${email}"`, { description: 'Check "Path"' });
	}

	private async open(name: string): Promise<Bucket> {
		const fresh = async () => (await this.connection.send('POST explorer-data-credentials/', { repeat: 'safe' })) as StorageKeys & { region_name?: string };
		const first = [await fresh()];
		const region = first[0].region_name;
		const bucket = new Bucket(this.connection, name, async () => first.pop() ?? (await fresh()), undefined, region);
		// so that those who come at the same time do not ask for keys of their own
		await bucket.signing();
		return bucket;
	}
}
