/** A parameter of a tool, as Galaxy describes it. */
export interface Parameter {
	name: string;
	/** 'gx_data', 'gx_repeat', 'gx_conditional'... */
	parameter_type: string;
	label?: string | null;
	optional?: boolean;
	/** Of data: whether it takes several datasets. */
	multiple?: boolean;
	/** Of data: where Galaxy gets it when none is given. */
	url_default?: unknown;
	/** Of conditionals: what is chosen, and what there is then. */
	test_parameter?: Parameter;
	whens?: When[];
	/** Of sections and repeats. */
	parameters?: Parameter[];
	/** Of repeats. */
	min?: number | null;
}

interface When {
	discriminator: string | boolean;
	is_default_when: boolean;
	parameters: Parameter[];
}

/** By their flat names the parameters that inputs may have, and whether they must. */
export type Under = Map<string, { parameter: Parameter; isNeeded: boolean }>;

/**
 * The parameters of a tool under their flat names, as far as they exist with these inputs: the chosen case of a conditional,
 * and as many of a repeat as `names` tells. `valueOf` gives the value of a flat name.
 */
export function parametersUnder(parameters: Parameter[], names: string[], valueOf: (name: string) => unknown): Under {
	const under: Under = new Map();
	const walk = (parameter: Parameter, prefix: string, mayBeNeeded: boolean): void => {
		const { name, parameter_type: type, test_parameter: test, parameters: inside = [], optional, url_default: other } = parameter;
		const own = prefix + name;
		if (type === 'gx_repeat') {
			// without entries it may stand there by itself
			under.set(own, { parameter, isNeeded: false });
			for (const i of indexes(own, names, parameter.min ?? 0)) inside.forEach((one) => walk(one, `${own}_${i}|`, mayBeNeeded));
		} else if (type === 'gx_section') {
			inside.forEach((one) => walk(one, `${own}|`, mayBeNeeded));
		} else if (test) {
			walk(test, `${own}|`, mayBeNeeded);
			const cases = casesOf(parameter, valueOf(`${own}|${test.name}`));
			for (const one of cases) one.parameters.forEach((inner) => walk(inner, `${own}|`, mayBeNeeded && cases.length === 1));
		} else {
			under.set(own, { parameter, isNeeded: mayBeNeeded && optional !== true && (other ?? undefined) === undefined });
		}
	};
	parameters.forEach((parameter) => walk(parameter, '', true));
	return under;
}

/** The chosen case, or all of them where Galaxy has to judge the choice. */
function casesOf({ whens = [] }: Parameter, chosen: unknown): When[] {
	const one = whens.find((when) => (chosen === undefined ? when.is_default_when : String(when.discriminator).toLowerCase() === String(chosen).toLowerCase()));
	return one ? [one] : whens;
}

/** The entries of a repeat that are given, and those that it has at the least. */
function indexes(repeat: string, names: string[], least: number): number[] {
	const given = names.flatMap((name) => (name.startsWith(`${repeat}_`) ? (/^(\d+)\|/.exec(name.slice(repeat.length + 1))?.[1] ?? []) : [])).map(Number);
	return [...new Set([...Array.from({ length: least }, (_none, i) => i), ...given])];
}
