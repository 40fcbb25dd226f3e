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

/** Sends files of reads into the upload area; keys to the storage are asked for once. */
export class Sender {
	private keys: StorageKeys | undefined;

	constructor(private readonly connection: Connection) {}

	/**
	 * Sends a file into a folder. One that is there already is not sent again (`skipped`); where another one has its
	 * place, it goes into a folder beside. Gives the upload as Gencove shows it.
	 */
	async send(file: InputFile, folder: string, name: string): Promise<IDataObject> {
		const slot = await this.slot(pathOf(folder, name));
		if (slot.last_status?.status !== 'succeeded') return await this.fill(slot, file);
		if (await this.isSame(slot, file)) return { ...slot, skipped: true };
		return await this.fill(await this.slot(pathOf(folderBeside(folder), name)), file);
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

	/** By size, as far as Gencove tells it. */
	private async isSame({ id }: Slot, { size }: InputFile): Promise<boolean> {
		const { file } = (await this.connection.send('GET uploads/{id}', { path: { id } })) as { file?: { size?: number | string | null } };
		return !file?.size || size === undefined || Number(file.size) === size;
	}

	private async fill(slot: Slot, file: InputFile): Promise<IDataObject> {
		const bucket = new Bucket(this.connection, slot.s3.bucket, async () => await this.freshKeys());
		await putFile(bucket, slot.s3.object_name, file);
		return { ...slot, skipped: false };
	}

	private async freshKeys(): Promise<StorageKeys> {
		this.keys = (await this.connection.send('POST upload-credentials/', { repeat: 'safe' })) as StorageKeys;
		return this.keys;
	}
}
