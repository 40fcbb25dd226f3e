import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { nodeError } from './nodeError';
import type { Api } from './operation';
import type { Problem } from './problem';
import { Connection } from './request';

type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** Makes the function that loads the options of a field. An error is thrown in the service's words, never an empty list shown. */
export function optionList(api: Api, load: (connection: Connection) => Promise<INodePropertyOptions[]>): LoadOptions {
	return async function () {
		try {
			return await load(await Connection.open(this, api));
		} catch (cause) {
			throw nodeError(this.getNode(), cause as Problem);
		}
	};
}
