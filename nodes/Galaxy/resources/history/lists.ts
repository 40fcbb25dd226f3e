import { choice, flag, text, type Reading } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { pages } from '../../api';
import { views } from '../../fields';
import { filterFlag, filterText, filterTimes, ordering, otherFilters } from '../../filters';
import { simplify } from './manage';

/** The lists of histories, and where each of them is. */
const SCOPES: Record<string, string> = {
	own: 'histories',
	archived: 'histories/archived',
	deleted: 'histories/deleted',
	published: 'histories/published',
	shared: 'histories/shared_with_me',
};

const chosen = choice('Scope', [
	{ name: 'Archived', value: 'archived' },
	{ name: 'Deleted', value: 'deleted' },
	{ name: 'Own', value: 'own' },
	{ name: 'Published', value: 'published', description: 'Those that all users of the server see' },
	{ name: 'Shared With Me', value: 'shared' },
], { place: 'none', default: 'own', description: 'Which histories to list' });

/** Reads as the path of the chosen list. */
const scope = { ...chosen, place: 'path' as const, unshown: SCOPES.own, read: (raw: unknown, reading: Reading) => SCOPES[chosen.read(raw, reading)] };

export const getAll = request({
	name: 'Get Many',
	action: 'Get many histories',
	description: 'Retrieve a list of your histories, or of those that others show you',
	request: 'GET api/{+scope}',
	pages,
	simplify,
	fields: {
		scope,
		...filterTimes,
		...ordering(['Created', 'create_time'], ['Name', 'name'], ['Size', 'size'], ['Updated', 'update_time']),
		all: flag('All Users', { description: 'Whether to list the histories of all users; administrators only, and only in the scopes Own and Deleted' }),
		annotation: filterText('Annotation Contains', 'annotation-contains'),
		deleted: filterFlag('Deleted', 'deleted', 'Whether to list deleted histories, or those that are not'),
		genomeBuild: filterText('Genome Build', 'genome_build'),
		importable: filterFlag('Importable', 'importable', 'Whether to list histories that others may import by their link, or the others'),
		name: filterText('Name Contains', 'name-contains'),
		otherFilters,
		published: filterFlag('Published', 'published', 'Whether to list published histories, or those that are not'),
		purged: filterFlag('Purged', 'purged', 'Whether to list histories whose data is gone for good, or the others'),
		slug: filterText('Slug', 'slug', 'The short name in the link of a shared history'),
		tag: filterText('Tag', 'tag'),
		username: filterText('Username', 'username', 'Public name of the owner; not in the scope Archived'),
		...views,
	},
});

export const search = request({
	name: 'Search',
	action: 'Search histories',
	description: 'Find histories by words in their names, notes and tags, also those of others',
	request: 'GET api/histories',
	pages,
	simplify,
	fields: {
		search: text('Search', { required: true, placeholder: 'e.g. name:run tag:urgent', description: 'Words, or name:, annotation: and tag: with a word behind; in quotes the whole text must be the same' }),
		// without it Galaxy lists what others have published, too
		showPublished: flag('Show Published', { default: false, description: 'Whether to find histories that all users of the server see' }),
		showArchived: flag('Show Archived', { description: 'Whether to find archived histories, too' }),
		showOwn: flag('Show Own', { description: 'Whether to find your own histories; by default they are found' }),
		showShared: flag('Show Shared', { description: 'Whether to find histories that others share with you' }),
		sortBy: choice('Sort By', [
			{ name: 'Created', value: 'create_time' },
			{ name: 'Name', value: 'name' },
			{ name: 'Updated', value: 'update_time' },
			{ name: 'Username', value: 'username' },
		]),
		sortDesc: flag('Sort Descending', { description: 'Whether the last ones come first; by default they do' }),
		...views,
	},
});

export const getMostRecent = request({
	name: 'Get Most Recent',
	action: 'Get most recent history',
	description: 'Retrieve the history that you used last; nothing when you have none yet',
	request: 'GET api/histories/most_recently_used',
	simplify,
	fields: views,
	unwrap: (history: object | null) => history ?? [],
});

export const count = request({
	name: 'Count',
	action: 'Count histories',
	description: 'Retrieve how many histories you have',
	request: 'GET api/histories/count',
	fields: {},
	unwrap: (found: number) => ({ count: found }),
});
