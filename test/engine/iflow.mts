import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { IFlowApi } from '../../credentials/IFlowApi.credentials.ts';
import { IFlow } from '../../nodes/IFlow/IFlow.node.ts';
import { start, type Running } from '../../simulators/iflow/simulator.mts';
import { ProviderBench } from './bench.mts';
import type { RunOf } from './engine.mts';

/** The iFlow node in n8n's engine, talking to a simulator. */
export class Bench extends ProviderBench<Running> {
	protected override start = async () => await start();
	protected override node = () => new IFlow();

	/** A call of the simulator's own control routes. */
	async control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
		const response = await fetch(`${this.simulator.info.control}/iflow/${path}`, {
			method,
			...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
		return text === '' ? undefined : JSON.parse(text);
	}

	override credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { urlTemplate, accessToken, projectId } = this.simulator.info;
		return { type: new IFlowApi(), data: { environment: 'custom', domain: '', urlTemplate, apiLayout: 'services', runsPath: 'auto', accessToken, projectId, internalToken: '', ...changes } };
	}

	/** The same by the gateway. */
	gateway(changes: ICredentialDataDecryptedObject = {}) {
		return this.credential({ apiLayout: 'gateway', ...changes });
	}

	/** The bodies of the requests of a call that arrived. */
	sent(call: string): IDataObject[] {
		return this.arrived(call).map(({ body }) => body as IDataObject);
	}
}

/** A thing given by its ID, as the editor gives it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
