import { createHmac, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../../shared/clock.mts';
import type { Sample } from './records.mts';

// two days (Gencove docs, first generation)
const LIFETIME_MS = 2 * 24 * 3_600_000;

/** Fields of raw data that hold an address, and what lies there. */
const FILES: Record<string, string> = {
	vcf_url_s3: 'vcf.gz',
	tbi_url_s3: 'vcf.gz.tbi',
	csi_url_s3: 'vcf.gz.csi',
	snp_url_s3: 'snp.zip',
	bam_url_s3: 'bam',
	bai_url_s3: 'bam.bai',
	fastq_nongrch37_url_s3: 'fastq.gz',
	ancestry_url_s3: 'ancestry.json',
	local_ancestry_url_s3: 'local-ancestry.json',
	microbiome_url_s3: 'microbiome.json',
	traits_url_s3: 'traits.json',
};

/** Addresses of results that are good for two days, and the storage behind them. */
export class RawData {
	private readonly clock: Clock;
	private readonly key = randomBytes(32);

	constructor(clock: Clock) {
		this.clock = clock;
	}

	/**
	 * What can be downloaded of a sample.
	 *
	 * @param origin of the addresses, as the caller knows the server
	 */
	addresses({ id }: Sample, origin: string): Record<string, string> {
		const address = (ending: string) => {
			const path = `/storage/${id}.${ending}`;
			const expires = Math.floor((this.clock.now() + LIFETIME_MS) / 1000);
			return `${origin}${path}?Expires=${expires}&Signature=${this.sign(path, expires)}`;
		};
		const urls = Object.entries(FILES).map(([field, ending]) => [field, address(ending)]);
		return { ...Object.fromEntries(urls), ancestry_url_suffix: `/sample/${id}` };
	}

	/** The storage: no API, so it asks for no key and does not read one. */
	addStorage(app: FastifyInstance): void {
		app.get('/storage/:name', (request: FastifyRequest<{ Params: { name: string }; Querystring: { Expires?: string; Signature?: string } }>, reply: FastifyReply) => {
			const { name } = request.params;
			const { Expires: expires = '0', Signature: signature } = request.query;
			const good = signature === this.sign(`/storage/${name}`, Number(expires)) && Number(expires) * 1000 > this.clock.now();
			if (!good) return reply.code(403).type('application/xml').send('<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>');
			return reply.type('binary/octet-stream').send(Buffer.from(`Simulated: no person, no finding. ${name}\n`));
		});
	}

	private sign(path: string, expires: number): string {
		return createHmac('sha256', this.key).update(`${path} ${expires}`).digest('hex');
	}
}
