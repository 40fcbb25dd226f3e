import { choice, flag, list, locator, text, type Field } from '../shared/field';
import { request, type Operation } from '../shared/operation';
import { Problem } from '../shared/problem';
import { ID_PLACEHOLDER, offUnlessGiven } from './fields';

/** The paths are put together here, so that the compiler cannot compare their names with the fields. */
const declare = request as (operation: object) => Operation;

interface Shared {
	errors?: string[];
}

/** With status 200 Galaxy tells what it could not do (contract, section 9, 31). */
function shared(answer: Shared): Shared {
	if (!answer.errors || answer.errors.length === 0) return answer;
	throw new Problem(`Galaxy did not share it with everybody: ${answer.errors.join('. ')}`, { description: 'Check the users, or set "Datasets of Others" so that they get access to the datasets, too' });
}

/**
 * The operations of everything that can be shared: who may see it, and by which link.
 *
 * @param noun the thing in lower case: 'history'
 * @param path of one of them: 'api/histories/{historyId}'
 * @param field by which it is chosen, under the name that stands in the path
 */
export function sharing(noun: string, path: string, field: Record<string, Field<string, 'path'>>): Record<string, Operation> {
	const change = (name: string, call: string, description: string) =>
		declare({ name, action: `${name.charAt(0)}${name.slice(1).toLowerCase()} of ${noun}`, description, request: `PUT ${path}/${call}`, fields: field });
	return {
		getSharing: declare({ name: 'Get Sharing', action: `Get sharing of ${noun}`, description: `Retrieve who can see the ${noun}, and by which link`, request: `GET ${path}/sharing`, fields: field }),
		publish: change('Publish', 'publish', `Show the ${noun} to all users of the server`),
		unpublish: change('Unpublish', 'unpublish', `No longer show the ${noun} to all users`),
		enableLink: change('Enable Link', 'enable_link_access', `Let everybody see the ${noun} who has its link`),
		disableLink: change('Disable Link', 'disable_link_access', `Let the link of the ${noun} lead nowhere`),
		shareWithUsers: declare({
			name: 'Share With Users',
			action: `Share ${noun} with users`,
			description: `Say who may see the ${noun}: these users, and nobody else of those it was shared with`,
			request: `PUT ${path}/share_with_users`,
			fields: {
				...field,
				userIds: list('Users', { default: [], description: 'Comma-separated list of email addresses or user IDs; nobody when left empty' }),
				shareOption: choice('Datasets of Others', [
					{ name: 'Make Accessible to These Users', value: 'make_accessible_to_shared' },
					{ name: 'Make Public', value: 'make_public' },
					{ name: 'Leave as They Are', value: 'no_changes' },
				], { description: 'What to do with datasets in it that these users may not see' }),
			},
			unwrap: shared,
		}),
		setSlug: declare({
			name: 'Set Slug',
			action: `Set slug of ${noun}`,
			description: `Change the short name in the link of the ${noun}`,
			request: `PUT ${path}/slug`,
			fields: { ...field, newSlug: text('Slug', { required: true, placeholder: 'e.g. run-7', description: 'Lower-case letters, digits and hyphens' }) },
		}),
	};
}

/** The filters of a list of things that may be other users', too: 'pages'. */
export const sharedList = (nouns: string) => ({
	deleted: flag('Deleted', { description: `Whether to list deleted ${nouns}, or those that are not` }),
	search: text('Search', { placeholder: 'e.g. title:run tag:urgent', description: 'Words in title, slug, owner or tags' }),
	showOwn: flag('Show Own', { description: `Whether to list your own ${nouns}; they are listed when this is not added` }),
	showPublished: offUnlessGiven('Show Published', `Whether to list ${nouns} that all users of the server see`),
	showShared: flag('Show Shared', { description: `Whether to list ${nouns} that were shared with you` }),
	sortBy: choice('Sort By', [
		{ name: 'Created', value: 'create_time' },
		{ name: 'Title', value: 'title' },
		{ name: 'Updated', value: 'update_time' },
		{ name: 'Username', value: 'username' },
	]),
	sortDesc: flag('Sort Descending', { description: 'Whether to begin with the last one' }),
	userId: locator('User', { list: 'searchUsers', idPlaceholder: ID_PLACEHOLDER, description: `The owner of the ${nouns}` }),
});
