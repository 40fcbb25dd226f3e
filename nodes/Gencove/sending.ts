import type { IDataObject } from 'n8n-workflow';

import { clock } from '../shared/clock';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import type { InputFile } from '../shared/transfer';
import { folderBeside, pathOf } from './destinations';
import { Bucket } from './storage';
import { putFile } from './storing';
import type { StorageKeys } from './signing';

/** The place of a file in the upload area, and of its bytes in the storage. */
interface Slot extends IDataObject {
	id: string;
	destination_path: string;
	s3: { bucket: string; object_name: string };
	last_status: { status: string } | null;
}

/** Tries and pauses for a slot whose status is not known yet, ms. */
const SLOT_TRIES = 10;
const SLOT_PAUSE = 1000;

/** A file, and the name that it gets. */
interface Named {
	file: InputFile;
	name: string;
}

/** Sends files of reads into the upload area; keys to the storage are asked for once. */
export class Sender {
	private readonly buckets = new Map<string, Bucket>();

	constructor(private readonly connection: Connection) {}

	/**
	 * Sends files into a folder. Those that are there already are not sent again (`skipped`); where another file has the
	 * place of one, all go into a folder beside, so that a pair stays together. Gives the folder, and the uploads as
	 * Gencove shows them.
	 */
	async send(files: Named[], folder: string): Promise<{ folder: string; uploads: IDataObject[] }> {
		const wanted = await this.slots(files, folder);
		const used = wanted.some(({ isTaken }) => isTaken) ? folderBeside(folder) : folder;
		const slots = used === folder ? wanted : await this.slots(files, used);
		const uploads: IDataObject[] = [];
		for (const { slot, file, isThere } of slots) uploads.push(isThere ? { ...slot, skipped: true } : await this.fill(slot, file));
		return { folder: used, uploads };
	}

	private async slots(files: Named[], folder: string) {
		const found = [];
		for (const { file, name } of files) {
			const slot = await this.slot(pathOf(folder, name));
			const isThere = slot.last_status?.status === 'succeeded';
			found.push({ slot, file, isThere, isTaken: isThere && !(await this.isSame(slot, file)) });
		}
		return found;
	}

	/** The slot of a path; the same one every time, so the call may be repeated. */
	private async slot(path: string): Promise<Slot> {
		for (let tries = 1; ; tries++) {
			const slot = (await this.connection.send('POST uploads-post-data/', { body: { destination_path: path }, repeat: 'safe' })) as Slot;
			if (slot.last_status) return slot;
			if (tries === SLOT_TRIES) throw new Problem(`Gencove has not made ready the place of "${path}"`, { description: 'Run the node again' });
			await clock.sleep(SLOT_PAUSE, this.connection.signal);
		}
	}

	/** By size; a file whose size is not told may be another one, so it is not taken for the same. */
	private async isSame({ id }: Slot, { size }: InputFile): Promise<boolean> {
		const { file } = (await this.connection.send('GET uploads/{id}', { path: { id } })) as { file?: { size?: number | string | null } };
		return Boolean(file?.size) && Number(file?.size) === size;
	}

	private async fill(slot: Slot, file: InputFile): Promise<IDataObject> {
		const { bucket: name, object_name: key } = slot.s3;
		const bucket = this.buckets.get(name) ?? new Bucket(this.connection, name, async () => (await this.connection.send('POST upload-credentials/', { repeat: 'safe' })) as StorageKeys);
		this.buckets.set(name, bucket);
		await putFile(bucket, key, file);
		return { ...slot, skipped: false };
	}
}
