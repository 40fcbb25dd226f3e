import type { IDataObject } from 'n8n-workflow';

import { csvLine } from '../shared/csv';
import type { ItemCheck } from '../shared/operation';
import { Problem } from '../shared/problem';

const WELL = 'Well';
const IDENTIFIER = 'Unique sample identifier';

/** The columns of a sample manifest of a 96-well plate, as Gencove's template has them. */
const COLUMNS = ['Plate ID', WELL, IDENTIFIER, 'Buffer', 'Concentration if known (ng/ul)', 'Species', 'Coverage'];

/** Identifiers of wells without a sample: they may stand in several. */
const CONTROLS = ['Control', 'Negative Control', 'NTC', 'NC'];

const cellOf = (row: IDataObject, column: string) => String(row[column] ?? '').trim();

/** Checks the rows of a manifest in their order: well and identifier must be there, and an identifier in one well alone. */
export function checkRows(): ItemCheck {
	const seen = new Set<string>();
	return (row, item) => {
		const missing = [WELL, IDENTIFIER].find((column) => cellOf(row, column) === '');
		if (missing !== undefined) throw new Problem(`Item ${item + 1} has no "${missing}"`, { description: `Each item needs "${WELL}" and "${IDENTIFIER}"; it may have ${COLUMNS.filter((column) => ![WELL, IDENTIFIER].includes(column)).join(', ')}` });
		const identifier = cellOf(row, IDENTIFIER);
		const isDouble = !CONTROLS.includes(identifier) && seen.size === seen.add(identifier).size;
		if (isDouble) throw new Problem(`Item ${item + 1}: "${identifier}" stands in an earlier item too`, { description: `Give each sample an "${IDENTIFIER}" of its own` });
	};
}

/** The rows as a manifest of a 96-well plate in CSV; fields that are no columns are left out. */
export const tableOf = (rows: IDataObject[]): string => [COLUMNS, ...rows.map((row) => COLUMNS.map((column) => cellOf(row, column)))].map(csvLine).join('');
