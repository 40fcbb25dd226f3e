import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { GencoveApi } from '../../credentials/GencoveApi.credentials.ts';
import { GencoveLegacyApi } from '../../credentials/GencoveLegacyApi.credentials.ts';
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

	/** A credential of the first generation. */
	legacyCredential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, apiKey } = this.simulator.legacy.info;
		return { type: new GencoveLegacyApi(), data: { environment: 'custom', url, apiKey, ...changes } };
	}

	protected override credentialOf(resource: string) {
		return resource === 'legacy' ? this.legacyCredential() : this.credential();
	}

	override async reset(): Promise<void> {
		await super.reset();
		await fetch(`${this.simulator.legacy.info.control}/reset`, { method: 'POST' });
	}

	/** A call of the simulator's own control routes. */
	async control(path: string, body: object): Promise<void> {
		const { ok, status } = await fetch(`${this.simulator.info.control}/gencove/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
		if (!ok) throw new Error(`${path}: ${status}`);
	}

	/** Names and values that a searchable list shows; `chosen` are the other fields of the node. */
	async shown(list: keyof Gencove['methods']['listSearch'], chosen: IDataObject = {}, filter?: string): Promise<Array<[string, unknown]>> {
		const credentials: Record<string, NonNullable<RunOf['credential']>> = { gencoveApi: this.credential(), gencoveLegacyApi: this.legacyCredential() };
		// the means that n8n gives to it, as far as the node uses them
		const editor = {
			getCredentials: async (type: string) => credentials[type].data,
			getNode: () => ({ name: 'Gencove', type: 'gencove', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getCurrentNodeParameter: (name: string) => chosen[name],
			helpers: {
				async httpRequestWithAuthentication(type: string, options: IHttpRequestOptions) {
					const { type: { authenticate }, data } = credentials[type];
					const { url, method, headers } = await (authenticate as (data: unknown, options: IHttpRequestOptions) => Promise<IHttpRequestOptions>)(data, options);
					const answer = await fetch(url, { method, headers: headers as Record<string, string> });
					return { statusCode: answer.status, headers: {}, body: await answer.text() };
				},
			},
		} as unknown as ILoadOptionsFunctions;
		const { results } = await this.node().methods.listSearch[list].call(editor, filter);
		return results.map(({ name, value }) => [name, value]);
	}

	/** Requests of a call of the second generation that arrived, in order; of all calls without one: 'POST projects/'. */
	override arrived(call?: string) {
		return super.arrived(call?.replace(' ', ' /api/v2/'));
	}

	/** Requests of a call of the first generation that arrived: 'POST /projects'. */
	legacyArrived(call: string) {
		return super.arrived(call);
	}

	/** The bodies of the requests of a call that arrived. */
	sent(call: string): IDataObject[] {
		return this.arrived(call).map(({ body }) => body as IDataObject);
	}
}

/** A locator's value, by its ID. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
