import { clock } from '../shared/clock';
import type { Answer } from '../shared/answer';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { encoded, queryText, sha256, signedHeaders, UNSIGNED, type StorageKeys, type StorageRequest } from './signing';

/** What a request to the storage carries. */
interface Carried {
	query?: Record<string, string>;
	headers?: Record<string, string>;
	body?: Uint8Array;
	encoding?: 'text' | 'stream';
	afterStop?: boolean;
}

/** Keys are renewed when less than this is left, ms (as Gencove's own client does). */
const RENEW_BEFORE = 15 * 60_000;

/** Gencove's API does not tell the region of its buckets; Amazon tells it where this one is wrong. */
const FIRST_REGION = 'us-east-1';

/** Regions that Amazon has told, by bucket; they do not change. */
const regions = new Map<string, string>();

/** What a refusal is about, in Amazon's words: <Code>AccessDenied</Code>. */
const inXml = (body: unknown, name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(String(body))?.[1];

/** A bucket of Amazon S3, or of a storage that speaks like it, reached with keys that Gencove hands out. */
export class Bucket {
	private keys: StorageKeys | undefined;

	/**
	 * @param getKeys asks Gencove for keys, and is asked again before they expire
	 * @param endpoint of a storage other than Amazon's; its buckets stand in the path
	 */
	constructor(
		private readonly connection: Connection,
		readonly name: string,
		private readonly getKeys: () => Promise<StorageKeys>,
		private readonly endpoint = String(connection.credential.s3Endpoint ?? '').trim(),
		private readonly firstRegion = FIRST_REGION,
	) {}

	/** Sends a signed request for an object, or for the bucket where `key` is empty. Throws a Problem when it is refused. */
	async send(method: StorageRequest['method'], key: string, carried: Carried = {}): Promise<Answer> {
		let isRenewed = false;
		let isMoved = false;
		for (;;) {
			const answer = await this.once(method, key, carried);
			if (answer.status >= 200 && answer.status < 300 && inXml(answer.body, 'Code') === undefined) return answer;
			const region = answer.headers['x-amz-bucket-region'] ?? inXml(answer.body, 'Region');
			if (!isMoved && region !== undefined && region !== this.region) {
				regions.set(this.name, region);
				isMoved = true;
				continue;
			}
			if (!isRenewed && ['ExpiredToken', 'RequestTimeTooSkewed'].includes(inXml(answer.body, 'Code') ?? '')) {
				this.keys = undefined;
				isRenewed = true;
				continue;
			}
			throw refused(answer);
		}
	}

	private get region(): string {
		return regions.get(this.name) ?? this.firstRegion;
	}

	/** Address of an object without a query, as the storage is reached. */
	address(key: string): URL {
		const path = encoded(key);
		return new URL(this.endpoint ? `${this.endpoint.replace(/\/+$/, '')}/${this.name}/${path}` : `https://${this.name}.s3.${this.region}.amazonaws.com/${path}`);
	}

	/** Keys that are good for a while, and the region to sign for. */
	async signing(): Promise<{ keys: StorageKeys; region: string }> {
		if (!this.keys || Date.parse(this.keys.expiry_time) - clock.now() < RENEW_BEFORE) this.keys = await this.getKeys();
		return { keys: this.keys, region: this.region };
	}

	private async once(method: StorageRequest['method'], key: string, { query = {}, headers, body, encoding, afterStop }: Carried): Promise<Answer> {
		const { keys, region } = await this.signing();
		const url = this.address(key);
		// over https nobody can change the body on its way
		const payload = url.protocol === 'https:' ? UNSIGNED : sha256(body ?? '');
		const signed = signedHeaders({ method, host: url.host, path: url.pathname, query, headers, payload }, keys, region, clock.now());
		const search = queryText(query);
		return await this.connection.outside(method as 'GET', `${url.href}${search && `?${search}`}`, { headers: { ...signed, ...(body && { 'content-type': 'application/octet-stream' }) }, body, encoding, afterStop });
	}
}

function refused({ status, body }: Answer): Problem {
	const words = inXml(body, 'Message') ?? inXml(body, 'Code');
	return new Problem(`The storage behind Gencove refused the request${words ? `: ${words}` : ''}`, {
		status,
		description: status === 404 ? 'Check the path' : `It answered with status ${status}. Check that your organization may use it, and run the node again`,
	});
}
