/** How the simulator behaves where documents and clients differ, or where tests want it otherwise. */
export interface Settings {
	/** generation of the order model: the words of today's clients and documents, or the old chain */
	profile: 'gen3' | 'gen1';
	/** what lists are: bare (but for `/analyses`), or all `{ items, total }` */
	listShape: 'array' | 'wrapped';
	offset: 'honoured' | 'ignored';
	/** the largest `limit` that is taken */
	maxLimit: number;
	/** how a sample is put on an order; another way answers 405 */
	addSample: 'body' | 'path' | 'both';
	/** by what words the compute service knows runs; another one is no path of its */
	runsWord: 'runs' | 'analyses' | 'both';
	/** off: 405, as servers answer that know no registration; absent: 404 */
	registerUpload: 'on' | 'off' | 'absent';
	/** whether PATCH replaces `properties` whole, or key by key */
	patchProperties: 'merge' | 'replace';
	/** of an object that is not there, whether a signed address is made, or 404 answered at once */
	missingObject: 'issue' | 'refuse';
	/** whether paths of files begin with the prefix of the project's bucket */
	prefixInPaths: boolean;
	/** whether an order can be cancelled when it waits for its signature */
	cancelAtSignOff: boolean;
	/** whether DELETE answers 200 with a body, or 204 */
	deleteBody: boolean;
	/** seconds of the clock that access tokens of the identity provider last */
	tokenSeconds: number;
	/** what the person at the screen does with a device */
	device: 'approve' | 'deny' | 'wait';
}

export const DEFAULTS: Settings = {
	profile: 'gen3',
	listShape: 'array',
	offset: 'honoured',
	maxLimit: 1000,
	addSample: 'both',
	runsWord: 'both',
	registerUpload: 'on',
	patchProperties: 'merge',
	missingObject: 'issue',
	prefixInPaths: false,
	cancelAtSignOff: true,
	deleteBody: false,
	tokenSeconds: 3600,
	device: 'approve',
};

const flag = { type: 'boolean' };

/** JSON schema of some of the settings, for the control route. */
export const settingsSchema = {
	type: 'object',
	additionalProperties: false,
	properties: {
		profile: { enum: ['gen3', 'gen1'] },
		listShape: { enum: ['array', 'wrapped'] },
		offset: { enum: ['honoured', 'ignored'] },
		maxLimit: { type: 'integer', minimum: 1 },
		addSample: { enum: ['body', 'path', 'both'] },
		runsWord: { enum: ['runs', 'analyses', 'both'] },
		registerUpload: { enum: ['on', 'off', 'absent'] },
		patchProperties: { enum: ['merge', 'replace'] },
		missingObject: { enum: ['issue', 'refuse'] },
		prefixInPaths: flag,
		cancelAtSignOff: flag,
		deleteBody: flag,
		tokenSeconds: { type: 'integer', minimum: 1 },
		device: { enum: ['approve', 'deny', 'wait'] },
	},
};
