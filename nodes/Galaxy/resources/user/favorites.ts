import { choice, text } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { userId } from '../../fields';

const objectType = choice('Kind', [
	{ name: 'EDAM Operation', value: 'edam_operations' },
	{ name: 'EDAM Topic', value: 'edam_topics' },
	{ name: 'Tag of Tools', value: 'tags' },
	{ name: 'Tool', value: 'tools' },
], { place: 'path', default: 'tools', description: 'What kind of thing it is' });

const object = { required: true, placeholder: 'e.g. cat1', description: 'ID of the tool, operation or topic, or the tag itself' } as const;

export const addFavorite = request({
	name: 'Add Favorite',
	action: 'Add favorite of user',
	description: 'Put a tool, a tag or a topic among the favorites of a user',
	request: 'PUT api/users/{userId}/favorites/{objectType}',
	fields: { userId, objectType, objectId: text('Object ID', object) },
});

export const removeFavorite = request({
	name: 'Remove Favorite',
	action: 'Remove favorite of user',
	description: 'Take a tool, a tag or a topic out of the favorites of a user',
	// IDs of tools hold slashes
	request: 'DELETE api/users/{userId}/favorites/{objectType}/{+objectId}',
	fields: { userId, objectType, objectId: text('Object ID', { ...object, place: 'path' }) },
});
