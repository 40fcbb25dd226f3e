import { flag, locator, text } from '../../shared/field';
import { request, type Resource } from '../../shared/operation';
import { wholeList } from '../../shared/pages';

const tourId = locator('Tour', { list: 'searchTours', place: 'path', required: true, idPlaceholder: 'e.g. core.history', description: 'A tour of the server' });

const generate = request({
	name: 'Generate',
	action: 'Generate tour',
	description: 'Make a tour that shows how to use a tool, from one of its tests',
	request: 'GET api/tours/generate',
	// it may upload test data into the current history
	effect: 'write',
	fields: {
		toolId: locator('Tool', { list: 'searchTools', required: true, idPlaceholder: 'e.g. Filter1', description: 'A tool of the server that has tests' }),
		toolVersion: text('Tool Version', { required: true, placeholder: 'e.g. 1.0.0' }),
		performsUpload: flag('Upload Test Data', { default: true, description: 'Whether to upload the data of the test into the current history' }),
	},
});

const get = request({
	name: 'Get',
	action: 'Get tour',
	description: 'Retrieve a tour with its steps',
	request: 'GET api/tours/{tourId}',
	fields: { tourId },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many tours',
	description: 'Retrieve a list of the interactive tours that the server offers',
	request: 'GET api/tours',
	pages: wholeList,
	fields: {},
});

const reload = request({
	name: 'Reload',
	action: 'Reload tour',
	description: 'Let the server read a tour from its file again (administrators only)',
	request: 'POST api/tours/{tourId}',
	fields: { tourId },
});

export const tour: Resource = { name: 'Tour', operations: { generate, get, getAll, reload } };
