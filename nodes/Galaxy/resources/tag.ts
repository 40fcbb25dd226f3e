import { list, text } from '../../shared/field';
import { program, request, type Resource } from '../../shared/operation';
import { Problem } from '../../shared/problem';
import { itemFields } from '../taggedItems';
import { fromParts, inBulk, tagOf, taggedOf, write, type Tag, type Tagged } from '../tagging';

const item = itemFields('dataset', 'datasetCollection', 'history', 'libraryDataset', 'page', 'visualization', 'workflow');

const tags = list('Tags', { place: 'none', required: true, placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list of names, or of names with values' });
const tagName = text('Tag Name', { place: 'none', required: true, placeholder: 'e.g. run', description: 'What stands before the colon' });

/** Each once, however it is written. */
const tagsOf = (written: string[]) => written.map(tagOf).filter((tag, i, all) => all.findIndex(isSame(tag)) === i);

const output = (found: Tag[]) => found.map((tag) => ({ json: { ...tag } }));
const isSame = ({ tag }: Tag) => (other: Tag) => other.tag === tag;
/** A slash ends the name in a path. */
const hasRoute = ({ route }: Tagged, changed: Tag[]) => route !== undefined && changed.every(({ user_tname: name }) => !name.includes('/'));
const missing = ({ noun }: Tagged, name: string) => new Problem(`The ${noun} has no tag "${name}"`, { description: '"Get Many" lists its tags' });

const getAll = program({
	name: 'Get Many',
	action: 'Get many tags',
	description: 'Retrieve a list of the tags of an item',
	effect: 'read',
	fields: item,
	run: async ({ connection, values }) => output(await (await taggedOf(connection, values)).tags()),
});

const get = program({
	name: 'Get',
	action: 'Get tag',
	description: 'Retrieve a tag of an item by its name, with its value',
	effect: 'read',
	fields: { ...item, tagName },
	async run({ connection, values }) {
		const { tagName: name } = values;
		const tagged = await taggedOf(connection, values);
		const { route, path } = tagged;
		if (hasRoute(tagged, [fromParts(name)])) {
			const found = (await connection.send(`GET ${route}/{name}`, { path: { ...path, name } })) as Tag;
			return output([fromParts(found.user_tname, found.user_value)]);
		}
		const found = (await tagged.tags()).find(({ user_tname: other }) => other === name);
		if (!found) throw missing(tagged, name);
		return output([found]);
	},
});

const add = program({
	name: 'Add',
	action: 'Add tags',
	description: 'Give an item more tags; those that it has stay',
	fields: { ...item, tags },
	async run({ connection, values }) {
		const wanted = tagsOf(values.tags);
		const tagged = await taggedOf(connection, values);
		const present = await tagged.tags();
		const more = wanted.filter((tag) => !present.some(isSame(tag)));
		if (more.length === 0) return output(wanted);
		const { route, path, bulkIn } = tagged;
		if (bulkIn !== undefined) await inBulk(connection, tagged, 'add_tags', more);
		else if (!hasRoute(tagged, more)) await write(connection, tagged, [...present, ...more]);
		else for (const { user_tname: name, user_value: value } of more) await connection.send(`POST ${route}/{name}`, { path: { ...path, name }, body: { value } });
		return output(wanted);
	},
});

const remove = program({
	name: 'Remove',
	action: 'Remove tags',
	description: 'Take tags away from an item; those that it does not have are passed over',
	fields: { ...item, tags },
	async run({ connection, values }) {
		const wanted = tagsOf(values.tags);
		const tagged = await taggedOf(connection, values);
		const present = await tagged.tags();
		const less = wanted.filter((tag) => present.some(isSame(tag)));
		const rest = present.filter((tag) => !less.some(isSame(tag)));
		const { route, path, bulkIn } = tagged;
		// Galaxy removes any one tag of a name, whatever its value
		const isAlone = ({ user_tname: name }: Tag) => present.filter(({ user_tname: other }) => other === name).length === 1;
		if (less.length > 0 && bulkIn !== undefined) await inBulk(connection, tagged, 'remove_tags', less);
		else if (less.length > 0 && !(hasRoute(tagged, less) && less.every(isAlone))) await write(connection, tagged, rest);
		else for (const { user_tname: name } of less) await connection.send(`DELETE ${route}/{name}`, { path: { ...path, name } });
		return wanted.map((tag) => ({ json: { ...tag, removed: less.includes(tag) } }));
	},
});

const updateValue = program({
	name: 'Update Value',
	action: 'Update value of tag',
	description: 'Give a tag of an item another value; several of one name become one',
	fields: { ...item, tagName, value: text('Value', { place: 'none', default: '', placeholder: 'e.g. 8', description: 'What stands behind the colon; the name alone stays when left empty' }) },
	async run({ connection, values }) {
		const { tagName: name, value } = values;
		const wanted = tagOf(value === '' ? name : `${name}:${value}`);
		const tagged = await taggedOf(connection, values);
		const present = await tagged.tags();
		const before = present.filter(({ user_tname: other }) => other === name);
		if (before.length === 0) throw missing(tagged, name);
		const { route, path } = tagged;
		// to Galaxy values are the same that differ in capitals only
		const isOther = before[0].user_value?.toLowerCase() !== wanted.user_value?.toLowerCase();
		if (before.length === 1 && isSame(wanted)(before[0])) return output(before);
		if (before.length === 1 && isOther && hasRoute(tagged, before)) {
			// Galaxy puts the new value beside the old one, and removes the older one
			await connection.send(`PUT ${route}/{name}`, { path: { ...path, name }, body: { value: wanted.user_value } });
			await connection.send(`DELETE ${route}/{name}`, { path: { ...path, name } });
		} else {
			await write(connection, tagged, [...present.filter((tag) => !before.includes(tag)), wanted]);
		}
		return output([wanted]);
	},
});

const replaceAll = program({
	name: 'Replace All',
	action: 'Replace tags',
	description: 'Give an item these tags, in the place of those that it has',
	fields: { ...item, newTags: list('Tags', { place: 'none', default: [], placeholder: 'e.g. run:7,#urgent', description: 'Comma-separated list of names, or of names with values; none when left empty' }) },
	async run({ connection, values }) {
		const wanted = tagsOf(values.newTags);
		await write(connection, await taggedOf(connection, values), wanted);
		return { json: { success: true } };
	},
});

const getToolTags = request({
	name: 'Get Tool Tags',
	action: 'Get tags of tools',
	description: 'Retrieve the tags that the tools of the server have, by the ID of the tool',
	request: 'GET api/tags/tool_tags',
	fields: {},
});

export const tag: Resource = { name: 'Tag', operations: { add, get, getAll, getToolTags, remove, replaceAll, updateValue } };
