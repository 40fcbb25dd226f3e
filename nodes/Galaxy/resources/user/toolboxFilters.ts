import { list } from '../../../shared/field';
import { program, request, type OutputItem } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import { userId } from '../../fields';
import { filledIn, type Input } from '../../formModel';

export const getToolboxFilters = request({
	name: 'Get Toolbox Filters',
	action: 'Get toolbox filters of user',
	description: 'Retrieve by which filters tools are hidden from a user, and which are switched on',
	request: 'GET api/users/{userId}/toolbox_filters/inputs',
	fields: { userId },
});

/** These filters switched on or off, each wherever its name stands. */
function switched(names: string[], wanted: string[] = [], value: boolean): Array<[string, boolean]> {
	return wanted.flatMap((filter) => {
		const found = names.filter((name) => name === filter || name.endsWith(`|${filter}`));
		if (found.length === 0) throw new Problem(`The server has no toolbox filter "${filter}"`, { description: names.length === 0 ? 'It has none at all' : `Give some of: ${names.join(', ')}` });
		return found.map((name): [string, boolean] => [name, value]);
	});
}

export const setToolboxFilters = program({
	name: 'Set Toolbox Filters',
	action: 'Set toolbox filters of user',
	description: 'Switch filters on or off that hide tools from a user; all others stay as they are',
	fields: {
		userId,
		disable: list('Switch Off', { placeholder: 'e.g. examples:restrict_encode', description: 'Comma-separated list of names of filters' }),
		enable: list('Switch On', { placeholder: 'e.g. examples:restrict_text', description: 'Comma-separated list of names of filters' }),
	},
	async run({ connection, values: { userId: id, disable, enable } }) {
		const { inputs } = (await connection.send('GET api/users/{id}/toolbox_filters/inputs', { path: { id } })) as { inputs: Input[] };
		const names = Object.keys(filledIn(inputs, {}));
		const given = Object.fromEntries([...switched(names, disable, false), ...switched(names, enable, true)]);
		return { json: (await connection.send('PUT api/users/{id}/toolbox_filters/inputs', { path: { id }, body: filledIn(inputs, given) as Record<string, boolean> })) as OutputItem['json'] };
	},
});
