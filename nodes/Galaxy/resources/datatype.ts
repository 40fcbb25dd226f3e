import type { IDataObject } from 'n8n-workflow';

import { flag, loadedChoice } from '../../shared/field';
import { program, request, type Operation, type OutputItem, type Resource } from '../../shared/operation';
import { wholeListOf } from '../api';
import { offUnlessGiven } from '../fields';

const extension = loadedChoice('Datatype', { load: 'getDatatypes', place: 'path', required: true });

const uploadOnly = flag('Upload Only', { place: 'query', description: 'Whether to leave out the types that no file can be uploaded as; it does when this is not added' });

const get = request({
	name: 'Get',
	action: 'Get datatype',
	description: 'Retrieve a datatype with the types that it can be converted to',
	request: 'GET api/datatypes/{extension}',
	fields: { extension },
});

const getAll = request({
	name: 'Get Many',
	action: 'Get many datatypes',
	description: 'Retrieve a list of the datatypes that the server knows',
	request: 'GET api/datatypes',
	pages: wholeListOf((entry: string | IDataObject) => (typeof entry === 'string' ? { extension: entry } : entry)),
	fields: { extensionOnly: offUnlessGiven('Extension Only', 'Whether to give out the extensions alone'), uploadOnly },
});

const getConverters = request({
	name: 'Get Converters',
	action: 'Get converters of datatypes',
	description: 'Retrieve which datatype a tool of the server can convert to which other',
	request: 'GET api/datatypes/converters',
	fields: {},
});

const getMapping = request({
	name: 'Get Mapping',
	action: 'Get mapping of datatypes',
	description: 'Retrieve the class of each datatype, and what each class is derived from',
	request: 'GET api/datatypes/mapping',
	fields: {},
});

const getSniffers = request({
	name: 'Get Sniffers',
	action: 'Get sniffers of datatypes',
	description: 'Retrieve the classes that recognize the datatype of a file, in the order in which they are asked',
	request: 'GET api/datatypes/sniffers',
	fields: {},
	unwrap: (sniffers: string[]) => sniffers.map((sniffer) => ({ sniffer })),
});

const getTypesAndMapping = request({
	name: 'Get Types and Mapping',
	action: 'Get datatypes and their mapping',
	description: 'Retrieve the extensions of the datatypes and their mapping at once',
	// Galaxy 26.1 fails when it is to tell more of the types than their extensions
	request: 'GET api/datatypes/types_and_mapping?extension_only=true',
	fields: { uploadOnly },
});

const getVisualizations = request({
	name: 'Get Visualizations',
	action: 'Get visualizations of datatype',
	description: 'Retrieve which visualizations can show a datatype',
	request: 'GET api/datatypes/{extension}/visualizations',
	fields: { extension },
});

/** What each datatype is in EDAM, the vocabulary of bioinformatics: one item for each. */
const edam = (name: string, call: string, what: string): Operation =>
	program({
		name,
		action: `${name.toLowerCase().replace('get edam', 'Get EDAM')} of datatypes`,
		description: `Retrieve ${what} of each datatype in EDAM, the vocabulary of bioinformatics`,
		effect: 'read',
		fields: { detailed: flag('Detailed', { default: false, description: 'Whether to give out label and definition, too' }) },
		async run({ connection, values: { detailed } }) {
			const byExtension = (await connection.send(`GET api/datatypes/${call}${detailed ? '/detailed' : ''}`)) as Record<string, string | IDataObject>;
			return Object.entries(byExtension).map(([extension, entry]): OutputItem => ({ json: { extension, ...(typeof entry === 'string' ? { prefix_IRI: entry } : entry) } }));
		},
	});

export const datatype: Resource = {
	name: 'Datatype',
	operations: {
		get,
		getAll,
		getConverters,
		getEdamData: edam('Get EDAM Data', 'edam_data', 'the kind of data'),
		getEdamFormats: edam('Get EDAM Formats', 'edam_formats', 'the format'),
		getMapping,
		getSniffers,
		getTypesAndMapping,
		getVisualizations,
	},
};
