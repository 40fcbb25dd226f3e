import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { mayHaveArrived, pauseBefore, TRIES } from './again';
import { heard, isAnswered, isCut, parsed, type Answer, type Silence } from './answer';
import { clock } from './clock';
import { COMMON, httpOptions, TIMEOUT_OF_FILES, UNPACKED, urlOf } from './outgoing';
import type { Api, Carried, Method, Outgoing } from './operation';
import { fill } from './place';
import { holdsAny, Problem, scrub, scrubbed } from './problem';
import { adviceFor, REASONS, titleFor } from './refusals';
import { readText, type ByteStream, type Streamed } from './transfer';

/** Wherever a node may call its service. */
export type Context = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions | IPollFunctions;

export interface ConnectionOptions {
	/** ms until an answer must have begun, where the user has set them. Uploads have no limit. */
	timeout?: number;
	ignoreSsl: boolean;
}

/** What a request to another address carries. */
export interface Outside {
	headers?: Record<string, string>;
	body?: Uint8Array | Streamed;
	encoding?: 'text' | 'stream';
	/** May it be sent twice? By default it may. */
	repeat?: 'safe' | 'never';
	/** Sent also when the execution is stopped: it cleans up. */
	afterStop?: boolean;
}

/** Redirects of one request that are followed. */
const MAX_REDIRECTS = 5;

/** Characters of a service's refusal that are shown, and bytes of a refusal that are read. */
const SHOWN = 500;
const READ_OF_REFUSAL = 1 << 20;
const SHOWN_OF_UNEXPECTED = 200;

/** Characters of a secret that is looked for in data. */
const SHORTEST_IN_DATA = 6;

/** A service reached with one credential: the only place of the package that sends HTTP. */
export class Connection {
	/** The first request goes alone, so that a log-in that it needs happens once. */
	private first: Promise<unknown> | undefined;

	/** Tokens as they went out: n8n renews some on its own, and the copy of the credential keeps the old ones. */
	private readonly sentTokens = new Set<string>();

	private constructor(
		private readonly context: Context,
		readonly api: Api,
		private readonly credentialType: string,
		readonly credential: ICredentialDataDecryptedObject,
		private readonly options: ConnectionOptions,
	) {}

	/** Reads the credential once; every request of the execution uses this copy of it. */
	static async open(context: Context, api: Api, options: Partial<ConnectionOptions> = {}): Promise<Connection> {
		const { authentication } = context.getNode().parameters;
		const type = api.otherCredentials?.[String(authentication)] ?? api.credential;
		const credential = await context.getCredentials(type);
		return new Connection(context, api, type, { ...credential }, { ignoreSsl: false, ...options });
	}

	/** For operations that send nothing: no credential is needed. */
	static none(context: Context, api: Api): Connection {
		return new Connection(context, api, api.credential, {}, { ignoreSsl: false });
	}

	/** Aborted when the execution is stopped. */
	get signal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context ? this.context.getExecutionCancelSignal() : undefined;
	}

	/** What no message, log or item may hold: the secrets of the credential. */
	get secrets(): string[] {
		const { oauthTokenData: tokens, ...values } = this.credential;
		const given = [...Object.entries(values), ...Object.entries((tokens ?? {}) as IDataObject)]
			.filter(([name]) => /key|token|password|secret/i.test(name) && name !== 'token_type')
			.map(([, value]) => value);
		return [...given, ...this.sentTokens]
			.filter((value): value is string => typeof value === 'string')
			// a token may have been pasted with what stands before it in a header
			.map((value) => value.trim().replace(/^Bearer\s+/i, ''));
	}

	/** What no message may hold: the secrets, and who the user is. */
	private get hidden(): string[] {
		return [...this.secrets, String(this.credential.username ?? '')];
	}

	/** Sends a request and gives the content of its answer: JSON, or text where it is none. */
	async send(line: string, carried: Carried = {}): Promise<unknown> {
		const { body } = await this.exchange(line, carried);
		return body;
	}

	/** Like `send`, with status and headers of the answer. */
	async exchange(line: string, carried: Carried = {}): Promise<Answer> {
		const outgoing = this.outgoing(line, carried);
		const answer = await this.try(outgoing, 'text');
		return { ...answer, body: this.accepted(this.content(answer.body), outgoing) };
	}

	/** Sends a request whose answer is a file, as a stream. */
	async stream(line: string, carried: Carried = {}): Promise<Answer<ByteStream>> {
		const outgoing = this.outgoing(line, carried);
		const answer = await this.try(outgoing, 'stream');
		if (typeof answer.body === 'string') throw this.notAFile(answer.body, outgoing);
		return answer as Answer<ByteStream>;
	}

	/** What to tell of an answer that came in the place of a file: the service's own words, where they are some. */
	notAFile(text: string, carried: Pick<Carried, 'personal' | 'repeat'>): Problem {
		const { service, isAnswer } = this.api;
		const content = this.content(text);
		if (isAnswer && !isAnswer(content)) return this.unexpected(text);
		this.accepted(content, carried);
		return new Problem(`${service} sent a message instead of the file`, { description: 'Check the values of the node' });
	}

	/**
	 * Sends a request to an address outside the service, such as a presigned link of a bucket: without the credential.
	 * Redirects are not followed. Gives the answer whatever its status; a refusal is text. Throws a Problem when there is
	 * none.
	 */
	async outside(method: Method, url: string, { headers, body, encoding = 'text', repeat = 'safe', afterStop = false }: Outside = {}): Promise<Answer> {
		const options: IHttpRequestOptions = {
			method,
			url,
			headers: { ...(encoding === 'stream' && UNPACKED), ...headers },
			body: body as unknown as Buffer | undefined,
			encoding,
			...COMMON,
			timeout: body ? 0 : (this.options.timeout ?? TIMEOUT_OF_FILES),
			skipSslCertificateValidation: this.options.ignoreSsl,
			ignoreHttpStatusErrors: true,
			abortSignal: afterStop ? undefined : this.signal,
		};
		const { answer, tries } = await this.repeated(async () => await this.plain(options), repeat, ({ status }) => isSuccess(status));
		if (isAnswered(answer)) return answer;
		if (this.signal?.aborted) throw new Problem('The execution was stopped');
		throw this.unanswered(answer, tries, repeat, `The storage behind ${this.api.service}`);
	}

	/** Turns the content of a good answer into the result, as the service's API wants it read. */
	accepted(content: unknown, { personal, repeat }: Pick<Carried, 'personal' | 'repeat'> = {}): unknown {
		if (typeof content === 'string' && /^\s*</.test(content)) {
			throw new Problem(`${this.api.service} answered with a web page instead of data`, {
				uncertain: repeat === 'never',
				description: `${CHECK_ADDRESS}${repeat === 'never' ? `. ${LOOK_FIRST}` : ''}`,
			});
		}
		try {
			return this.api.accept ? this.api.accept(content) : content;
		} catch (cause) {
			this.rethrow(cause as Error, personal);
		}
	}

	private rethrow(cause: Error, personal: string[] = []): never {
		const hidden = [...this.hidden, ...personal];
		const { description, ...more } = cause as Problem;
		throw new Problem(scrub(cause.message, hidden), { ...more, description: description && scrub(description, hidden) });
	}

	private outgoing(line: string, { path, ...carried }: Carried): Outgoing {
		const [method, template] = line.split(' ') as [Method, string];
		const outgoing: Outgoing = {
			method,
			path: fill(template, path ?? {}),
			query: {},
			headers: {},
			parts: [],
			personal: [],
			repeat: method === 'GET' ? 'safe' : 'never',
			// what is undefined was not given
			...(Object.fromEntries(Object.entries(carried).filter(([, value]) => value !== undefined)) as Partial<Outgoing>),
		};
		return this.api.prepare ? this.api.prepare(outgoing, this.credential) : outgoing;
	}

	/** Sends until there is a good answer; throws a Problem for any other one. A refusal may show another form of the request, once. */
	private async try(outgoing: Outgoing, encoding: 'text' | 'stream', otherForm = this.api.otherForm): Promise<Answer> {
		const send = async () => await this.alone(() => this.follow(outgoing, encoding));
		const { answer, tries } = await this.repeated(send, outgoing.repeat, (candidate) => this.isGood(candidate));
		if (isAnswered(answer) && this.isGood(answer)) return answer;
		const other = isAnswered(answer) ? await otherForm?.(outgoing, { status: answer.status, body: parsed(answer.body) }, this) : undefined;
		if (other) return await this.try(other, encoding, async () => undefined);
		throw await this.problem(answer, outgoing, tries);
	}

	/** Sends until the answer is good, or no further try is allowed; gives the last answer. */
	private async repeated(send: () => Promise<Answer | Silence>, repeat: Outgoing['repeat'], isGood: (answer: Answer) => boolean) {
		for (let tries = 1; ; tries++) {
			const answer = await readWhereRefused(await send());
			if (isAnswered(answer) && isGood(answer)) return { answer, tries };
			const pause = this.signal?.aborted || tries === TRIES ? undefined : pauseBefore(repeat, answer, tries);
			if (pause === undefined) return { answer, tries };
			await clock.sleep(pause, this.signal);
		}
	}

	/** By its status, or by what it holds where the service tells success there. A file is looked at by who asked for it. */
	private isGood(answer: Answer): boolean {
		const { isAnswer } = this.api;
		const { status, body } = answer;
		return isAnswer && typeof body === 'string' ? isAnswer(parsed(body)) : isSuccess(status) && !isCut(answer);
	}

	/** JSON or text of an answer, without the secrets of the credential if the service should echo them. */
	private content(text: unknown): unknown {
		const content = parsed(text);
		return typeof text === 'string' && holdsAny(text, this.echoed) ? scrubbed(content, this.echoed) : content;
	}

	/** Secrets that are long enough not to occur in data by chance. */
	private get echoed(): string[] {
		return this.secrets.filter(({ length }) => length >= SHORTEST_IN_DATA);
	}

	/** Holds all requests back until the first one is through. */
	private async alone<T>(send: () => Promise<T>): Promise<T> {
		const isFirst = this.first === undefined;
		const sent = isFirst ? send() : this.first?.catch(() => {}).then(send);
		if (isFirst) this.first = sent;
		return await (sent as Promise<T>);
	}

	/**
	 * Follows redirects of reads. n8n's HTTP client would take own headers along to another origin, so it follows
	 * none; the credential goes only to its own origin.
	 */
	private async follow(outgoing: Outgoing, encoding: 'text' | 'stream'): Promise<Answer | Silence> {
		const home = urlOf(this.api, this.credential, outgoing);
		let url = home;
		for (let redirects = 0; ; redirects++) {
			const options = httpOptions(outgoing, url, encoding, { ...this.options, allowedDomains: this.allowedDomains(home) });
			const own = new URL(url).origin === new URL(home).origin;
			const answer = own && !outgoing.anonymous ? await this.authenticated(options) : await this.plain({ ...options, ...(!own && { headers: {} }), ignoreHttpStatusErrors: true, abortSignal: this.signal });
			const location = isAnswered(answer) && answer.status >= 300 && answer.status < 400 ? answer.headers.location : undefined;
			if (location === undefined || outgoing.method !== 'GET') return answer;
			if (redirects === MAX_REDIRECTS) return { message: `${this.api.service} redirects without an end` };
			url = new URL(location, url).href;
		}
	}

	/** The domains that the user allowed for the credential, or that of the request itself; undefined: any. */
	private allowedDomains(home: string): string | undefined {
		const { allowedHttpRequestDomains: rule, allowedDomains } = this.credential;
		if (rule === 'domains' && typeof allowedDomains === 'string') return allowedDomains;
		return rule === 'none' ? new URL(home).hostname : undefined;
	}

	private async authenticated(options: IHttpRequestOptions): Promise<Answer | Silence> {
		const decrypted = { id: '', name: '', type: this.credentialType, data: this.credential };
		const answer = await heard(
			this.context.helpers.httpRequestWithAuthentication.call(this.context as IExecuteFunctions, this.credentialType, options, {
				credentialsDecrypted: decrypted,
			}),
		);
		// n8n signs the request in place (packages/@n8n/client-oauth2, client-oauth2-token.ts)
		const { Authorization: signed } = options.headers as IDataObject;
		if (typeof signed === 'string') this.sentTokens.add(signed);
		return answer;
	}

	private async plain(options: IHttpRequestOptions): Promise<Answer | Silence> {
		return await heard(this.context.helpers.httpRequest(options));
	}

	private async problem(answer: Answer | Silence, outgoing: Outgoing, tries: number): Promise<Problem> {
		if (this.signal?.aborted) return new Problem('The execution was stopped');
		if (!isAnswered(answer)) return this.unanswered(answer, tries, outgoing.repeat);
		const { status } = answer;
		if (isSuccess(status) && isCut(answer)) return this.unanswered({ code: 'ERR_BAD_RESPONSE', message: '' }, tries, outgoing.repeat);
		if (isSuccess(status)) return this.unexpected(String(answer.body), answer.headers['content-type'], outgoing.repeat === 'never');
		const content = parsed(answer.body);
		const said = this.api.refusal(content);
		const words = said && scrub(said, [...this.hidden, ...outgoing.personal]).slice(0, SHOWN);
		const uncertain = outgoing.repeat === 'never' && (status >= 500 || status === 408);
		const passing = status >= 500 || status === 408 || status === 429;
		return new Problem(titleFor(status, this.api.service, words), { status, uncertain, passing, description: (status < 500 ? this.api.advice?.(content, status) : undefined) ?? adviceFor(status, tries, outgoing.repeat, answer.headers['retry-after']) });
	}

	/** An answer that is none of the service's own: a page of a proxy, or nothing at all. */
	private unexpected(text: string, type = 'no type', uncertain = false): Problem {
		const start = scrub(text, this.hidden).trim().slice(0, SHOWN_OF_UNEXPECTED);
		return new Problem(`${this.api.service} sent an answer that is not known`, {
			uncertain,
			passing: true,
			description: `It was ${text.length} characters of ${type}${start && `: "${start}"`}. ${CHECK_ADDRESS}${uncertain ? `. ${LOOK_FIRST}` : ''}`,
		});
	}

	private unanswered({ code = '', message, description }: Silence, tries: number, repeat: 'safe' | 'never', service = this.api.service): Problem {
		const reason = REASONS[code];
		const after = tries > 1 ? ` after ${tries} tries` : '';
		if (reason === undefined) {
			return new Problem(scrub(message, this.hidden).slice(0, SHOWN), { uncertain: repeat === 'never', description: description && scrub(description, this.hidden) });
		}
		if (repeat === 'never' && mayHaveArrived({ code, message })) {
			return new Problem(`${service} did not answer, and may have done what was asked (${reason})`, {
				uncertain: true,
				passing: true,
				description: LOOK_FIRST,
			});
		}
		return new Problem(`${service} cannot be reached${after} (${reason})`, {
			passing: true,
			description: 'Check the address in the credential and the network, or raise "Timeout" in the options',
		});
	}
}

const CHECK_ADDRESS = 'Check the address in the credential: a log-in page or a proxy may stand in the way';

/** What to do about a write that may have arrived. */
const LOOK_FIRST = 'It was not sent again. Look at the service whether it was done, before you run the node again';

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** A refusal of a file comes as a stream, too. */
async function readWhereRefused(answer: Answer | Silence): Promise<Answer | Silence> {
	if (!isAnswered(answer) || isSuccess(answer.status) || typeof answer.body === 'string') return answer;
	return { ...answer, body: await readText(answer.body as ByteStream, READ_OF_REFUSAL).catch(() => '') };
}
