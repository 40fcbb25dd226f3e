import { choice } from '../../../shared/field';

export const instanceType = choice('Kept In', [{ name: 'History', value: 'history' }, { name: 'Library', value: 'library' }], { place: 'query', description: 'Whether the ID is that of a collection in a history, or of one in a library' });
