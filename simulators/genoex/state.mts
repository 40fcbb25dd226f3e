import { randomUUID } from 'node:crypto';
import type { Spool } from '../shared/spool.mts';
import { ARRAYS } from './catalogue.mts';
import type { SnpArray } from './catalogue.mts';
import type { Genotype, Job, Login, Outcome } from './records.mts';
import { COLLEAGUE, LOGIN, OTHERS, seededGenotypes, syntheticGenotypes } from './seeds.mts';
import { DEFAULTS } from './settings.mts';
import type { Settings } from './settings.mts';

/** Everything the simulated service remembers. */
export class State {
	readonly logins: Login[] = [LOGIN, COLLEAGUE, ...OTHERS];
	readonly genotypes = new Map<string, Genotype>();
	readonly jobs = new Map<string, Job>();
	readonly arrays: SnpArray[] = [];
	settings: Settings;
	/** how the jobs to be started next end, in place of their own outcome */
	outcomes: Array<Partial<Outcome>> = [];
	private readonly initial: Settings;
	private spools: Spool[] = [];

	constructor(settings: Partial<Settings>) {
		this.initial = { ...DEFAULTS, ...settings };
		this.settings = this.initial;
		this.reset();
	}

	/** Back to the seeds, and to the settings of the start. */
	reset(): void {
		for (const spool of this.spools) spool.close();
		this.spools = [];
		this.settings = this.initial;
		this.outcomes = [];
		this.jobs.clear();
		this.genotypes.clear();
		for (const genotype of seededGenotypes()) this.genotypes.set(genotype.uuid, genotype);
		this.arrays.splice(0, this.arrays.length, ...ARRAYS);
	}

	/** Keeps a temporary file until the next reset. */
	keep(spool: Spool): Spool {
		this.spools.push(spool);
		return spool;
	}

	newJobId(): string {
		return this.settings.jobIds === 'random' ? randomUUID() : `00000000-0000-4000-9000-${String(this.jobs.size + 1).padStart(12, '0')}`;
	}

	/** Adds genotypes of ORGA that are made when they are read. Returns the alias of their array. */
	seed(count: number, snps: number, at: number): string {
		const genotypes = syntheticGenotypes({ count, snps, first: this.genotypes.size, at });
		for (const genotype of genotypes) this.genotypes.set(genotype.uuid, genotype);
		const { array } = genotypes[0];
		if (!this.arrays.some(({ code }) => code === array.code)) this.arrays.push(array);
		return array.alias;
	}
}
