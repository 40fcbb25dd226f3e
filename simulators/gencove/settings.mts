import type { SignedText } from './signature.mts';

/** How the simulator behaves where the service's own way is not known, or where tests want it otherwise. */
export interface Settings {
	/** what of a webhook's body is signed */
	signedText: SignedText;
	/** how often a webhook is repeated that nobody took */
	webhookRetries: number;
	/** whether repeated webhooks are signed anew, with the time of the repetition */
	webhookResigned: boolean;
	/** status of the answer to a wrong API key */
	wrongKeyStatus: 401 | 403;
	/** whether all addresses of files answer 403, as presigned ones do after their time */
	urlsExpired: boolean;
	/** whether the first answer to a new upload has no status yet */
	uploadStatusLate: boolean;
	/** whether the answer to a restore has a body; recordings have none, the specification has one */
	restoreBody: boolean;
	/** region that the storage wants requests to be signed for */
	region: string;
	/** whether uploads that arrive in the storage are noticed; if not, only the control routes move them */
	arrivalsNoticed: boolean;
}

export const DEFAULTS: Settings = {
	signedText: 'raw',
	webhookRetries: 3,
	webhookResigned: false,
	wrongKeyStatus: 401,
	urlsExpired: false,
	uploadStatusLate: false,
	restoreBody: true,
	region: 'us-east-1',
	arrivalsNoticed: true,
};

const flag = { type: 'boolean' };

/** JSON schema of some of the settings, for the control route. */
export const settingsSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		signedText: { enum: ['raw', 'python'] },
		webhookRetries: { type: 'integer', minimum: 0, maximum: 20 },
		webhookResigned: flag,
		wrongKeyStatus: { enum: [401, 403] },
		urlsExpired: flag,
		uploadStatusLate: flag,
		restoreBody: flag,
		region: { type: 'string', pattern: '^[a-z0-9-]+$' },
		arrivalsNoticed: flag,
	},
};
