import type { INodePropertyOptions } from 'n8n-workflow';

import type { Format } from './format';
import { format706 } from './format706';
import { format711 } from './format711';

/** Both formats by their codes. */
export const formats: Record<string, Format> = { 706: format706, 711: format711 };

export const FORMATS: INodePropertyOptions[] = [
	{ name: 'Genotypes (706)', value: '706' },
	{ name: 'Sharing Permissions (711)', value: '711' },
];

/** The columns of a format, to choose from. */
export const columnsOf = ({ columns }: Format): INodePropertyOptions[] => columns.map(({ name, label }) => ({ name: label, value: name })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
