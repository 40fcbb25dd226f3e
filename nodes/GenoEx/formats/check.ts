import { read, type Format, type GenoExRecord } from './format';
import type { Line } from './lines';
import { Problem } from '../../shared/problem';

/** What a check found. */
export interface Findings {
	/** Lines, those with faults too. */
	records: number;
	/** The first faults, each with its line. */
	faults: string[];
}

const MOST_FAULTS = 20;

/** 16 characters of one byte each, as own text: a piece of a line would keep the whole line in memory. */
const compact = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('latin1');

function tryRead(format: Format, { text, number }: Line): GenoExRecord | Problem {
	try {
		return read(format, text, number);
	} catch (cause) {
		return cause as Problem;
	}
}

/** Reads a whole file and says what is wrong with it. Keeps its UUIDs in memory, some 60 bytes a line. */
export async function check(format: Format, lines: AsyncIterable<Line>): Promise<Findings> {
	const uuids = new Set<string>();
	const faults: string[] = [];
	let records = 0;
	const note = (fault: string) => {
		if (faults.length < MOST_FAULTS) faults.push(fault);
	};
	for await (const line of lines) {
		records += 1;
		const record = tryRead(format, line);
		if (record instanceof Problem) {
			note(record.message);
			continue;
		}
		const uuid = compact(String(record.uuid));
		if (uuids.has(uuid)) note(`Line ${line.number}: "UUID" stands in an earlier line too`);
		uuids.add(uuid);
	}
	return { records, faults };
}
