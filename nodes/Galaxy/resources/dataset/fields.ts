import { choice } from '../../../shared/field';

/** Datasets of histories and of libraries have IDs of their own kinds, which look alike (contract, section 9, 36). */
export const hdaLdda = choice('Kept In', [{ name: 'History', value: 'hda' }, { name: 'Library', value: 'ldda' }], { place: 'query', description: 'Whether the ID is that of a dataset in a history, or of one in a library' });
