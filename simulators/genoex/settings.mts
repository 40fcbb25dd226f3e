/** How the simulator behaves where the service publishes nothing, or where tests want it otherwise. */
export interface Settings {
	/** API versions that are taken */
	versions: string[];
	/** HTTP status of an envelope that refuses */
	refusalStatus: 200 | 400 | 401 | 500;
	/** whether a download that is refused calls its envelope `application/zip` */
	zipTypeOnRefusal: boolean;
	/** whether a request without Content-Length is refused */
	lengthRequired: boolean;
	/** statuses that a job goes through before it ends; at least one */
	intermediateStates: string[];
	/** ids of new jobs: random UUIDs, or `00000000-0000-4000-9000-000000000001` and so on */
	jobIds: 'random' | 'counted';
	/** real milliseconds that `gde_download_711` takes */
	accessDelay: number;
	/** whether `gde_download_711` refuses the filters that only `gde_extraction` has, or ignores them */
	accessStrict: boolean;
	/** bytes that the zip of an extraction is filled up to */
	extractionSize: number;
	/** headers of downloads; no disposition when empty */
	contentDisposition: string;
	zipContentType: string;
}

export const DEFAULTS: Settings = {
	versions: ['220805'],
	refusalStatus: 200,
	zipTypeOnRefusal: false,
	lengthRequired: false,
	intermediateStates: ['WAITING', 'RUNNING'],
	jobIds: 'random',
	accessDelay: 0,
	accessStrict: false,
	extractionSize: 0,
	contentDisposition: '',
	zipContentType: 'application/zip',
};

const flag = { type: 'boolean' };
const texts = { type: 'array', minItems: 1, items: { type: 'string' } };

/** JSON schema of some of the settings, for the control route. */
export const settingsSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		versions: texts,
		refusalStatus: { enum: [200, 400, 401, 500] },
		zipTypeOnRefusal: flag,
		lengthRequired: flag,
		intermediateStates: { ...texts, items: { type: 'string', not: { enum: ['FINISHED', 'FAILED'] } } },
		jobIds: { enum: ['random', 'counted'] },
		accessDelay: { type: 'integer', minimum: 0 },
		accessStrict: flag,
		// above 4 GiB the zip would need other headers
		extractionSize: { type: 'integer', minimum: 0, maximum: 4_000_000_000 },
		contentDisposition: { type: 'string', pattern: '^[\\x20-\\x7e]*$' },
		zipContentType: { type: 'string', pattern: '^[\\x20-\\x7e]+$' },
	},
};
