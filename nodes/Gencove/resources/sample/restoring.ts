import { id } from '../../../shared/field';
import { request } from '../../../shared/operation';
import { pages } from '../../api';
import { ID_PLACEHOLDER, sampleFilters } from '../../fields';
import { simplify } from './simplify';

export const getRestoreGroup = request({
	name: 'Get Restore Group',
	action: 'Get restore group of samples',
	description: 'Retrieve the samples that were asked for in one go of Restore, to see how far they are',
	request: 'GET sample-restore-group/{restoreGroupId}',
	pages,
	simplify,
	fields: { restoreGroupId: id('Restore Group ID', { placeholder: ID_PLACEHOLDER, description: 'As Restore gave it' }), ...sampleFilters },
});
