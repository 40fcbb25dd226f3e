import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { GencoveApi } from '../../credentials/GencoveApi.credentials.ts';
import { Gencove } from '../../nodes/Gencove/Gencove.node.ts';
import { start, type Running } from '../../simulators/gencove/simulator.mts';
import { ProviderBench } from './bench.mts';
import type { RunOf } from './engine.mts';

/** The Gencove node in n8n's engine, talking to a simulator. */
export class Bench extends ProviderBench<Running> {
	protected override start = async () => await start();
	protected override node = () => new Gencove();
	protected override get journals() {
		return [this.simulator.journal, this.simulator.legacy.journal];
	}

	override credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, apiKey, email, password, s3Endpoint } = this.simulator.info;
		return { type: new GencoveApi(), data: { environment: 'custom', url, authentication: 'apiKey', apiKey, email, password, accessToken: '', refreshToken: '', s3Endpoint, ...changes } };
	}

	/** Requests of a call of the second generation that arrived, in order; of all calls without one: 'POST projects/'. */
	override arrived(call?: string) {
		return super.arrived(call?.replace(' ', ' /api/v2/'));
	}

	/** The bodies of the requests of a call that arrived. */
	sent(call: string): IDataObject[] {
		return this.arrived(call).map(({ body }) => body as IDataObject);
	}
}

/** A locator's value, by its ID. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
