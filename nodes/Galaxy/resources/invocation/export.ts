import { flag, json } from '../../../shared/field';
import { invocationId } from '../../fields';
import { storeExports } from '../../stores';

/** What a BioCompute object is to say in the place of what Galaxy knows. */
const bioCompute = {
	bcoMergeHistoryMetadata: flag('BioCompute: Merge History Metadata', { description: 'Whether tags and notes of the history go in, too' }),
	bcoOverrideAlgorithmicError: json('BioCompute: Algorithmic Error', { placeholder: 'e.g. { "error": "0.1" }', description: 'Texts by their names for the error domain' }),
	bcoOverrideEmpiricalError: json('BioCompute: Empirical Error', { placeholder: 'e.g. { "error": "0.1" }', description: 'Texts by their names for the error domain' }),
	bcoOverrideEnvironmentVariables: json('BioCompute: Environment Variables', { placeholder: 'e.g. { "LANG": "C" }', description: 'Texts by their names for the execution domain' }),
	bcoOverrideXref: json('BioCompute: References', { description: 'List of references for the description domain, each with namespace, name, IDs and time of access' }),
};

const { toFile, toSource } = storeExports('invocation', 'api/invocations/{invocationId}', { invocationId }, {
	formats: [{ name: 'BioCompute Object (JSON)', value: 'bco.json' }],
	fields: bioCompute,
});

export const exporting = { export: toFile, exportToStore: toSource };
