import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../../shared/problem';
import type { Connection } from '../../shared/request';
import { parametersUnder, type Parameter, type Under } from './parameters';

/** How inputs within repeats, conditionals and sections are written: nested, or by names as 'queries_0|input2'. */
export type InputFormat = '21.01' | 'legacy';

/** What the inputs are for: async requests have a mark of their own for a job of each value. */
const MARKS = { run: { batch: true }, request: { __class__: 'Batch' } };

/** Where a value stands in the inputs, so that it can be replaced there. */
interface Slot {
	holder: IDataObject;
	name: string;
}

type Slots = Map<string, Slot>;

/** Names that a message lists. */
const NAMES_SHOWN = 30;

/** What Galaxy adds by itself, such as __index__, and what a rerun therefore gives back. */
const isGalaxysOwn = (name: string) => /(^|\|)__[^|]*$/.test(name);

/**
 * Inputs for a run, checked by what the tool wants: Galaxy drops names that it does not know, and for a dataset that is
 * missing it takes another one of the history (contract, section 9, 54). Where an input for one dataset gets several, or a
 * collection, each of them gets a job of its own. IDs alone get their kind. Gives the inputs in their format, and flat; the given ones are not
 * changed. Throws a Problem that names the input. A tool that does not tell its inputs is left to Galaxy.
 */
export async function checkedInputs(connection: Connection, tool: { toolId: string; toolVersion?: string }, given: IDataObject | IDataObject[], format: InputFormat, purpose: keyof typeof MARKS = 'run'): Promise<{ inputs: IDataObject; flat: IDataObject }> {
	if (Array.isArray(given)) throw new Problem('"Inputs" is a list', { description: 'Give an object: the names of the inputs with their values' });
	const inputs = structuredClone(given);
	const parameters = await parametersOf(connection, tool);
	if (parameters === undefined) return { inputs, flat: inputs };
	const slots: Slots = new Map();
	if (format === 'legacy') for (const name of Object.keys(inputs)) slots.set(name, { holder: inputs, name });
	else collect(parameters, inputs, '', slots);
	const valueOf = (name: string) => valueIn(slots.get(name));
	const names = [...slots.keys()];
	const under = parametersUnder(parameters, names, valueOf);
	refuseUnknown(names, under);
	for (const [name, { parameter, isNeeded }] of under) {
		if (!isData(parameter)) continue;
		if (isNeeded && isNothing(valueOf(name))) throw missing(name, parameter);
		const slot = slots.get(name);
		if (slot) slot.holder[slot.name] = dataFor(parameter, valueIn(slot), MARKS[purpose]) as IDataObject;
	}
	return { inputs, flat: Object.fromEntries(names.map((name) => [name, valueOf(name) as IDataObject])) };
}

const valueIn = (slot?: Slot): unknown => slot?.holder[slot.name];

async function parametersOf(connection: Connection, { toolId, toolVersion }: { toolId: string; toolVersion?: string }): Promise<Parameter[] | undefined> {
	try {
		return (await connection.send('GET api/tools/{+toolId}/inputs', { path: { toolId }, query: { tool_version: toolVersion } })) as Parameter[];
	} catch (cause) {
		if ((cause as Problem).status === 400) return undefined;
		throw cause as Problem;
	}
}

/** Every value of nested inputs under its flat name. */
function collect(parameters: Parameter[], holder: IDataObject, prefix: string, slots: Slots): void {
	for (const [name, value] of Object.entries(holder)) {
		if (name.includes('|')) {
			throw new Problem(`The name of the input "${prefix}${name}" is a flat one`, { description: 'Set "Input Format" to "Flat", or nest it: { "queries": [ { "input2": ... } ] } in place of "queries_0|input2"' });
		}
		const inside = parameters.filter((parameter) => parameter.name === name).flatMap(({ parameters: own = [], test_parameter: test, whens = [] }) => [...own, ...(test ? [test] : []), ...whens.flatMap((when) => when.parameters)]);
		if (inside.length > 0 && Array.isArray(value)) value.forEach((entry, i) => collect(inside, entry as IDataObject, `${prefix}${name}_${i}|`, slots));
		else if (inside.length > 0 && typeof value === 'object' && value !== null) collect(inside, value as IDataObject, `${prefix}${name}|`, slots);
		else slots.set(prefix + name, { holder, name });
	}
}

function refuseUnknown(names: string[], under: Under): void {
	const unknown = names.find((name) => !under.has(name) && !isGalaxysOwn(name));
	if (unknown === undefined) return;
	const known = [...under.keys()];
	const shown = `${known.slice(0, NAMES_SHOWN).join(', ')}${known.length > NAMES_SHOWN ? ' and more' : ''}`;
	throw new Problem(`The tool has no input "${unknown}"`, { description: known.length === 0 ? 'It has no inputs' : `With these choices its inputs are: ${shown}. "Get Inputs" tells all of them` });
}

const missing = (name: string, { label, parameter_type: type }: Parameter) =>
	new Problem(`The tool needs ${type === 'gx_data' ? 'a dataset' : 'a collection'} for the input "${name}"${label ? ` (${label})` : ''}`, {
		description: `Add it to "Inputs" as { "src": "${type === 'gx_data' ? 'hda' : 'hdca'}", "id": "..." }. Nothing was run: Galaxy would take another one of the history`,
	});

const isData = ({ parameter_type: type }: Parameter) => type === 'gx_data' || type === 'gx_data_collection';

const entriesOf = (value: unknown): IDataObject[] => (Array.isArray(value) ? value : ((value as { values?: IDataObject[] } | null)?.values ?? [value])) as IDataObject[];

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || entriesOf(value).length === 0;

/** What Galaxy takes as data: a text is the ID of a dataset, or of a collection where one is wanted. */
function dataFor({ parameter_type: type, multiple }: Parameter, value: unknown, mark: IDataObject): unknown {
	const withSource = (entry: unknown) => (typeof entry === 'string' ? { src: type === 'gx_data' ? 'hda' : 'hdca', id: entry.trim() } : entry);
	if (typeof value === 'string') return withSource(value);
	if (typeof value !== 'object' || value === null || 'batch' in value || '__class__' in value) return value;
	const entries = entriesOf(value).map(withSource) as IDataObject[];
	// of several Galaxy would take the first, and a collection it would refuse
	if (type === 'gx_data' && !multiple && (entries.length > 1 || entries.some((entry) => entry?.src === 'hdca'))) return { ...mark, values: entries };
	return Array.isArray(value) ? { values: entries } : value;
}
