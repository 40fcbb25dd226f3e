import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import type { Definition } from './pipelines';
import { bucketOf } from './paths';

/** A type without the mark of what may be left out, and what a list is made of. */
const plain = (type: string) => type.replace(/\?$/, '');
const elementOf = (type: string) => /^Array\[(.*)\]\+?$/.exec(plain(type))?.[1];

const isNumber = (type: string) => /^(Int|Float)$/.test(plain(type));

/** Files, and lists of them or of pairs of them. */
const isFile = (type: string): boolean => {
	const element = elementOf(type);
	return element === undefined ? plain(type) === 'File' : isFile(element);
};

/** A value as its input takes it; throws a Problem that names the input. */
function valueFor({ name, type }: Definition, given: unknown): unknown {
	const element = elementOf(type);
	// left to the pipeline
	if (given === null) return given;
	if (element !== undefined) {
		const entries = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '') : [given];
		return entries.map((entry) => valueFor({ name, type: element }, entry));
	}
	if (isNumber(type)) {
		const value = typeof given === 'string' && given.trim() === '' ? NaN : Number(given);
		if (Number.isFinite(value) && (plain(type) === 'Float' || Number.isInteger(value))) return value;
		throw new Problem(`The input "${name}" is not a number that fits`, { description: `The pipeline takes ${plain(type) === 'Int' ? 'a whole number' : 'a number'}` });
	}
	if (plain(type) === 'Boolean') {
		const word = String(given).trim().toLowerCase();
		if (word === 'true' || word === 'false') return word === 'true';
		throw new Problem(`The input "${name}" is neither true nor false`, { description: 'Give true or false' });
	}
	return given;
}

const isMissing = (value: unknown) => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether a run cannot do without a value from the user. */
export const isNeeded = ({ required, default: value }: Definition): boolean => required === true && isMissing(value);

/**
 * The inputs of a run as the pipeline takes them. Throws a Problem for one that is missing, that the pipeline does not
 * have, or whose value does not fit: iFlow itself finds that out when the run has begun, minutes later.
 */
export function paramsFor(inputs: Definition[], given: IDataObject): IDataObject {
	const byName = new Map(inputs.map((input) => [input.name, input]));
	const unknown = Object.keys(given).filter((name) => !byName.has(name));
	if (unknown.length > 0 && inputs.length > 0) {
		throw new Problem(`The pipeline has no input "${unknown[0]}"`, { description: `It has: ${[...byName.keys()].join(', ')}. What it takes beside goes into "More Fields (JSON)", under "params"` });
	}
	const missing = inputs.filter((input) => isNeeded(input) && isMissing(given[input.name]));
	if (missing.length > 0) throw new Problem(`The input "${missing[0].display_name ?? missing[0].name}" is missing`, { description: `The pipeline needs: ${missing.map(({ name }) => name).join(', ')}` });
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, byName.has(name) ? valueFor(byName.get(name) as Definition, value) : value])) as IDataObject;
}

/** What iFlow's command-line client takes for a file where no types are known (contract, section 4.2). */
const FILE_NAMES = /\.(gz|fastq|fq|vcf|bam|cram|bed)$/;
const IS_WHOLE = /^([a-z][a-z\d+.-]*:\/\/|\/)/i;

/**
 * The same with the full address of each file that is named by its path in iFlow. Others stay as they are: full addresses,
 * and paths within the pipeline's own container, which begin with a slash.
 */
export async function withAddresses(connection: Connection, projectId: string, { inputs, params }: { inputs: Definition[] | undefined; params: IDataObject }): Promise<IDataObject> {
	const types = new Map(inputs?.map(({ name, type }) => [name, type]));
	const isPath = (name: string, value: unknown) => typeof value === 'string' && !IS_WHOLE.test(value) && (types.has(name) ? isFile(types.get(name) as string) : FILE_NAMES.test(value));
	// without a project nothing is submitted
	if (projectId === '' || !Object.entries(params).some(([name, value]) => [value].flat(Infinity).some((entry) => isPath(name, entry)))) return params;
	const bucket = bucketOf((await connection.send('GET admin/projects/{id}', { path: { id: projectId } })) as IDataObject);
	if (bucket === undefined) throw new Problem('The project tells no bucket, so files cannot be named by their paths', { description: 'Give full addresses such as gs://bucket/samples/p-001/reads.fastq.gz' });
	const address = (name: string, value: unknown): unknown => (Array.isArray(value) ? value.map((entry) => address(name, entry)) : isPath(name, value) ? `${bucket.address}/${value as string}` : value);
	return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, address(name, value)])) as IDataObject;
}
