import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { GalateaBioApi } from '../../credentials/GalateaBioApi.credentials.ts';
import { GalateaBio } from '../../nodes/GalateaBio/GalateaBio.node.ts';
import { start, type Running } from '../../simulators/galateabio/simulator.mts';
import { ProviderBench } from './bench.mts';
import type { RunOf } from './engine.mts';

/** The GalateaBio node in n8n's engine, talking to a simulator. */
export class Bench extends ProviderBench<Running> {
	protected override start = async () => await start();
	protected override node = () => new GalateaBio();

	override credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, apiKey, login } = this.simulator.info;
		return { type: new GalateaBioApi(), data: { environment: 'custom', url, authentication: 'apiKey', apiKey, ...login, accessToken: '', webhookSecret: '', senderHost: '', ...changes } };
	}

	/** An uploaded and validated file, by its ID. */
	async validFile(name = 'sample.vcf.gz'): Promise<string> {
		const items = [await this.engine.itemWithFile(Buffer.from('##fileformat=VCFv4.2\n'), name)];
		const [file] = await this.json('file', 'upload', { waitForCompletion: true }, { items });
		return String(file.id);
	}
}

/** A locator's value, by its ID. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
