import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions, ILoadOptionsFunctions, ResourceMapperField } from 'n8n-workflow';
import { IFlowApi } from '../../credentials/IFlowApi.credentials.ts';
import { IFlow } from '../../nodes/IFlow/IFlow.node.ts';
import { start, type Running } from '../../simulators/iflow/simulator.mts';
import { ProviderBench } from './bench.mts';
import type { RunOf } from './engine.mts';

/** Both ways to reach iFlow: a host for each service, or one for all. */
export const LAYOUTS = ['services', 'gateway'] as const;

/** The iFlow node in n8n's engine, talking to a simulator. */
export class Bench extends ProviderBench<Running> {
	protected override start = async () => await start();
	protected override node = () => new IFlow();

	/** Operators, who have the internal token, create pipelines. */
	protected override credentialOf = (resource: string) => this.credential(resource === 'pipeline' ? { internalToken: this.simulator.info.internalToken } : {});

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

	/** Runs an operation by one of the layouts; gives the JSON of its items. */
	async through(layout: (typeof LAYOUTS)[number], ...[resource, operation, parameters]: Parameters<ProviderBench<Running>['json']>): Promise<IDataObject[]> {
		return await this.json(resource, operation, parameters, layout === 'gateway' ? { credential: { ...this.credentialOf(resource), data: { ...this.credentialOf(resource).data, apiLayout: layout } } } : {});
	}

	/** Names and values that a searchable list of the editor shows; `chosen` are the other fields of the node. */
	async shown(list: keyof IFlow['methods']['listSearch'], chosen: IDataObject = {}, filter?: string): Promise<Array<[string, unknown]>> {
		const { results } = await this.node().methods.listSearch[list].call(this.editor(chosen), filter);
		return results.map(({ name, value }) => [name, value]);
	}

	/** The fields that the editor shows for the inputs of a pipeline. */
	async inputFields(chosen: IDataObject): Promise<ResourceMapperField[]> {
		return (await this.node().methods.resourceMapping.pipelineInputs.call(this.editor(chosen))).fields;
	}

	/** The means that n8n gives to the editor's lists, as far as the node uses them. */
	private editor(chosen: IDataObject): ILoadOptionsFunctions {
		const { data } = this.credential();
		return {
			getCredentials: async () => data,
			getNode: () => ({ name: 'iFlow', type: 'iFlow', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getCurrentNodeParameter: (name: string) => chosen[name],
			helpers: {
				async httpRequestWithAuthentication(_type: string, { url, method, headers }: IHttpRequestOptions) {
					const answer = await fetch(url, { method, headers: { ...(headers as Record<string, string>), authorization: `Bearer ${String(data.accessToken)}` } });
					return { statusCode: answer.status, headers: {}, body: await answer.text() };
				},
			},
		} as unknown as ILoadOptionsFunctions;
	}

	/** The bodies of the requests of a call that arrived. */
	sent(call: string): IDataObject[] {
		return this.arrived(call).map(({ body }) => body as IDataObject);
	}
}

/** A thing given by its ID, as the editor gives it. */
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
