import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { GalaxyApi } from '../../credentials/GalaxyApi.credentials.ts';
import { Galaxy } from '../../nodes/Galaxy/Galaxy.node.ts';
import { clock } from '../../nodes/shared/clock.ts';
import { start, type Running } from '../../simulators/galaxy/simulator.mts';
import { ProviderBench } from '../engine/bench.mts';
import type { RunOf } from '../engine/engine.mts';
import { sharedGalaxy } from './shared.mts';

/** A pause of the node takes this much of it: Galaxy needs real time. */
const PACE = 0.1;

/** Galaxy closes connections that are idle, and after errors: one that is used again may be closed just then. */
const ALONE = { connection: 'close' };

/** The Galaxy node in n8n's engine, talking to the real Galaxy that all suites share. */
export class Bench extends ProviderBench<Running> {
	protected override start = async () => await start({ galaxy: sharedGalaxy() });
	protected override node = () => new Galaxy();

	/** Who runs the operations; the ordinary user at the beginning of each test. */
	login: 'user' | 'admin' = 'user';

	/** A credential of the user who runs the operations. */
	override credential(changes: ICredentialDataDecryptedObject = {}): NonNullable<RunOf['credential']> {
		const { url, [this.login]: { key } } = this.simulator.info;
		return { type: new GalaxyApi(), data: { url, authentication: 'apiKey', apiKey: key, accessToken: '', username: '', password: '', runAs: '', sessionToken: '', ...changes } };
	}

	override async reset(): Promise<void> {
		await super.reset();
		this.login = 'user';
		clock.now = () => Date.now();
		clock.sleep = async (ms, signal) => {
			if (signal?.aborted) return;
			this.pauses.push(ms);
			await sleep(Math.min(ms * PACE, 1000));
		};
	}

	/** A call of Galaxy itself, not of the node: to prepare what a test needs. Throws an Error with its words when Galaxy refuses. */
	async galaxy<T = IDataObject>(line: string, body?: unknown, key = this.simulator.info.user.key): Promise<T> {
		const [method, path] = line.split(' ');
		const { url } = sharedGalaxy();
		const response = await fetch(`${url}/api/${path}`, { method, headers: { 'x-api-key': key, 'content-type': 'application/json', ...ALONE }, body: body === undefined ? undefined : JSON.stringify(body) });
		const text = await response.text();
		if (!response.ok) throw new Error(`${line}: ${response.status} ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}

	/** A new history; gives its ID. */
	async newHistory(name = `Test ${String(expect.getState().currentTestName).slice(-60)}`): Promise<string> {
		return (await this.galaxy<{ id: string }>('POST histories', { name })).id;
	}

	/** Texts as new datasets of a history, once they are there; gives their IDs. */
	async newDatasets(historyId: string, ...texts: string[]): Promise<string[]> {
		const elements = texts.map((text, i) => ({ src: 'pasted', paste_content: text, name: `text ${i + 1}`, ext: 'txt' }));
		const { outputs, jobs } = await this.galaxy<{ outputs: Array<{ id: string }>; jobs: Array<{ id: string }> }>('POST tools/fetch', { history_id: historyId, targets: [{ destination: { type: 'hdas' }, elements }] });
		await this.until(async () => (await this.galaxy(`GET jobs/${jobs[0].id}`)).state === 'ok');
		return outputs.map(({ id }) => id);
	}

	/** Waits until something is so at Galaxy. */
	async until(isSo: () => Promise<boolean>, seconds = 60): Promise<void> {
		for (const limit = Date.now() + seconds * 1000; Date.now() < limit; await sleep(200)) if (await isSo()) return;
		throw new Error(`it was not so within ${seconds} s`);
	}

	/** Names and values that a searchable list shows; `chosen` are the other fields of the node. */
	async shown(list: keyof Galaxy['methods']['listSearch'], chosen: IDataObject = {}, filter?: string): Promise<Array<[string, unknown]>> {
		const { results } = await this.node().methods.listSearch[list].call(this.editor(chosen), filter);
		return results.map(({ name, value }) => [name, value]);
	}

	/** The means that n8n gives to the lists of the editor, as far as the node uses them. */
	editor(chosen: IDataObject = {}): ILoadOptionsFunctions {
		const { type, data } = this.credential();
		return {
			getCredentials: async () => data,
			getNode: () => ({ name: 'Galaxy', type: 'galaxy', typeVersion: 1, id: '1', position: [0, 0], parameters: {} }),
			getCurrentNodeParameter: (name: string) => chosen[name],
			helpers: {
				async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
					const { url, method, headers } = await (type.authenticate as (data: unknown, options: IHttpRequestOptions) => Promise<IHttpRequestOptions>)(data, options);
					const answer = await fetch(url, { method, headers: headers as Record<string, string> });
					return { statusCode: answer.status, headers: {}, body: await answer.text() };
				},
			},
		} as unknown as ILoadOptionsFunctions;
	}

	/** Requests of a call that arrived, in order; of all calls without one: 'GET histories/{history_id}'. */
	override arrived(call?: string) {
		return super.arrived(call?.replace(' ', ' /api/'));
	}
}

/** A locator's value, by its ID. */
export const byId = (value: string): IDataObject => ({ __rl: true, mode: 'id', value });
