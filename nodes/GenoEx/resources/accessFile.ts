import { clock } from '../../shared/clock';
import { request, type Resource } from '../../shared/operation';
import { animalFilters } from '../filters';

const download = request({
	name: 'Download',
	action: 'Download access file',
	description: 'Select and fetch the zip (711) that says who may download which genotypes; GenoEx may need minutes to make it',
	request: 'POST gde_download_711',
	effect: 'read',
	fields: animalFilters,
	file: () => ({ name: `genoex-711-${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '')}.zip`, mimeType: 'application/zip' }),
});

export const accessFile: Resource = { name: 'Access File (711)', operations: { download } };
