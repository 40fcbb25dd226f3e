const boolean = (name: string) => ({ type: 'bool', name, description_markdown: `${name}.`, display_type: 'boolean', display_only_if_failed: false });
const number = (name: string, displayType = 'number') => ({ type: 'min', name, description_markdown: `${name}.`, display_type: displayType, display_only_if_failed: false });

/** What the service says of each quality control. */
export const QC_TYPES: Record<string, ReturnType<typeof boolean>> = {
	format: boolean('Valid FASTQ format'),
	bases: number('Bases'),
	effective_coverage: number('Effective coverage'),
};
