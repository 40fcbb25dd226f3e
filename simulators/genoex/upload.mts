import { Spool } from '../shared/spool.mts';
import { filesInZip, linesOf } from '../shared/zip.mts';
import { read706 } from './file706.mts';
import { read711 } from './file711.mts';
import { failed, FINISHED } from './jobs.mts';
import type { Done } from './jobs.mts';
import type { Genotype, ReceivedFile } from './records.mts';
import type { State } from './state.mts';

// the file's name inside the zip (GenoEx user manual, file 711); of 706 the pages have two
const NAMES: Record<string, string[]> = { access_file: ['711_file.csv'], dataset_file: ['genotypes.csv', '706_file.csv'] };

// an array of a million SNPs fits, and a file without line ends does not grow in memory
const LONGEST_LINE = 4 * 1024 * 1024;

/** What is wrong with a whole file. */
class WrongFile extends Error {}

interface Upload {
	files: ReceivedFile[];
	organization: string;
	state: State;
	now: () => number;
}

/** The work of an upload's job: reads the files line by line, genotypes first. All of it takes effect, or nothing. */
export async function takeUpload({ files, organization, state, now }: Upload): Promise<Done> {
	const digits = state.keep(new Spool());
	const done = await read().catch((error: Error) => failed(error instanceof WrongFile ? error.message : `a zip cannot be read: ${error.message}`));
	if (done.commit === undefined) digits.close();
	for (const { content } of files) content.close();
	return done;

	async function read(): Promise<Done> {
		let genotypes = new Map<string, Genotype>();
		let shared = new Map<string, string[]>();
		const [dataset, access] = ['dataset_file', 'access_file'].map((part) => files.find(({ name }) => name === part));
		if (dataset) {
			const result = await read706(await linesIn(dataset), { organization, state, now: now(), digits });
			if (result.errors.length > 0) return failed('The genotypes (706) are not valid', result.errors);
			genotypes = result.genotypes;
		}
		if (access) {
			const result = await read711(await linesIn(access), organization, (uuid) => genotypes.get(uuid) ?? state.genotypes.get(uuid));
			if (result.errors.length > 0) return failed('The sharing permissions (711) are not valid', result.errors);
			shared = result.shared;
		}
		return { outcome: FINISHED, commit: () => store(genotypes, shared) };
	}

	function store(genotypes: Map<string, Genotype>, shared: Map<string, string[]>): void {
		for (const [uuid, genotype] of genotypes) state.genotypes.set(uuid, genotype);
		for (const [uuid, organizations] of shared) state.genotypes.get(uuid)!.sharedWith = organizations;
	}
}

async function linesIn({ name, content }: ReceivedFile): Promise<AsyncIterable<string>> {
	const entries = await filesInZip(content);
	if (entries.length !== 1 || !NAMES[name].includes(entries[0].filename)) {
		throw new WrongFile(`The zip must hold one file, ${NAMES[name].join(' or ')}`);
	}
	return linesOf(entries[0], LONGEST_LINE);
}
