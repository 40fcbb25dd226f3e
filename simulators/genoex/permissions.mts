import type { Genotype } from './records.mts';
import type { State } from './state.mts';

/** Whether an organisation may fetch a genotype: its own, or one whose owner shares it (GenoEx file 711). */
export function maySee(organization: string, { organization: owner, sharedWith }: Genotype): boolean {
	return owner === organization || sharedWith.includes(organization);
}

/** The genotypes that an organisation may fetch, in the order of their arrival. */
export function visibleTo(organization: string, { genotypes }: State): Genotype[] {
	return [...genotypes.values()].filter((genotype) => maySee(organization, genotype));
}

/** The genotypes that belong to an organisation, in the order of their arrival. */
export function ownedBy(organization: string, { genotypes }: State): Genotype[] {
	return [...genotypes.values()].filter((genotype) => genotype.organization === organization);
}
