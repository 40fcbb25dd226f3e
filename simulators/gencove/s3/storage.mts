import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../shared/clock.mts';
import type { Lifecycle } from '../lifecycle.mts';
import type { State } from '../state.mts';
import { UPLOADS_BUCKET } from '../uploads.mts';
import { sendS3Error } from './errors.mts';
import { Keys } from './keys.mts';
import { Objects } from './objects.mts';
import { bucketRoutes } from './routes/buckets.mts';
import { objectRoutes } from './routes/objects.mts';

/** What an organization's part of Explorer's storage is called (vendor's client). */
export const explorerBucket = (organizationId: string): string => `gencove-explorer-${organizationId.replaceAll('-', '').slice(0, 12)}`;
export const SHARED_BUCKET = 'gencove-explorer-data';

/** The storage behind the service: buckets as S3 has them, path style, on the service's own port. */
export class Storage {
	readonly keys: Keys;
	readonly objects = new Objects();
	readonly clock: Clock;
	readonly buckets: { uploads: string; own: string; shared: string };
	private readonly state: State;
	private readonly lifecycle: Lifecycle;

	constructor({ clock, state, lifecycle }: { clock: Clock; state: State; lifecycle: Lifecycle }) {
		this.clock = clock;
		this.state = state;
		this.lifecycle = lifecycle;
		this.keys = new Keys(clock, () => state.settings.region);
		this.buckets = { uploads: UPLOADS_BUCKET, own: explorerBucket(state.organization.id), shared: SHARED_BUCKET };
		this.reset();
	}

	/** Back to the seeds: one file that all organizations may read. */
	reset(): void {
		this.keys.reset();
		this.objects.reset();
		const content = this.objects.newSpool();
		content.write(Buffer.from('Simulated file for everybody\n'), 0);
		this.objects.put(SHARED_BUCKET, 'files/readme.txt', { content, etag: '"a8c7a5ff3b1c4e2f0d9b8a7c6e5f4d3c"', modifiedAt: this.clock.now(), contentType: 'text/plain' });
	}

	/** Tells the service of what was put into a bucket. */
	arrived(bucket: string, key: string): void {
		if (bucket !== UPLOADS_BUCKET) return;
		const upload = [...this.state.uploads.values()].find(({ objectName }) => objectName === key);
		if (upload) this.lifecycle.arrived(upload, this.objects.get(bucket, key).content);
	}

	addRoutes(app: FastifyInstance): void {
		app.register(async (s3) => {
			s3.setErrorHandler(async (error: Error, _request, reply) => sendS3Error(reply, error));
			// bodies go to files, piece by piece
			s3.removeAllContentTypeParsers();
			s3.addContentTypeParser('*', (_request, _body, done) => done(null));
			for (const bucket of Object.values(this.buckets)) objectRoutes(s3, this, bucket);
			// what was uploaded is not listed
			for (const bucket of [this.buckets.own, this.buckets.shared]) bucketRoutes(s3, this, bucket);
		});
	}
}
