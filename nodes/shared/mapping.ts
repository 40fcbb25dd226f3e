import type { ILoadOptionsFunctions, ResourceMapperField, ResourceMapperFields } from 'n8n-workflow';

import { nodeError } from './nodeError';
import type { Api } from './operation';
import type { Problem } from './problem';
import { Connection } from './request';

/** A field that the editor shows, as the service knows it. */
export type MappedField = Pick<ResourceMapperField, 'id' | 'displayName' | 'required' | 'type' | 'options' | 'defaultValue'>;

type LoadFields = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

/** Makes the function that loads the fields of a mapper. An error is thrown in the service's words, never an empty list shown. */
export function fieldMapping(api: Api, load: (connection: Connection, context: ILoadOptionsFunctions) => Promise<MappedField[]>): LoadFields {
	return async function () {
		try {
			const fields = await load(await Connection.open(this, api), this);
			return { fields: fields.map((field) => ({ ...field, display: true, defaultMatch: false, canBeUsedToMatch: false })) };
		} catch (cause) {
			throw nodeError(this.getNode(), cause as Problem);
		}
	};
}
