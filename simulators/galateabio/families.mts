/** The provider's `model_api_name`: it decides the rules of an order and its results. */
export type Family = 'skywalker' | 'hutt' | 'palpatine' | 'vader' | 'mysterio';

export type ResultType = keyof typeof RESULT_LABELS;

/** Result types in the provider's docs with the labels that orders show. `EXEC_ERRORS` has no published label. */
export const RESULT_LABELS = {
	SUMMARY_SUPERSET: ['Summary superset'],
	DETAILED_SUPERSET: ['Detailed superset by chromosome'],
	SUMMARY_CHROMS: ['Summary chromosomes'],
	DETAILED_CHROMS: ['Detailed labels by chromosome'],
	PRS_JSON_DATA: ['PRS json data zip'],
	PRS_IMAGES: ['PRS images zip'],
	// the real service lists it twice
	PDF_REPORT: ['PDF reports zip', 'View PDF reports'],
	EXEC_ERRORS: ['Execution errors'],
};

/** Result types that only the vendor's client knows; the docs have dropped them. */
export const LEGACY_RESULT_TYPES = ['WHOLE_RESULT', 'CHROMS_SVG', 'PRS_DATA', 'PRS_TECH_DATA', 'PRS_QC', 'UNKNOWN'];

export const JSON_RESULT_TYPES = ['SUMMARY_CHROMS', 'SUMMARY_SUPERSET', 'DETAILED_CHROMS', 'DETAILED_SUPERSET'] as const;

export const PDF_REPORT_TYPES = ['PRS_RUO_CARDIO', 'PRS_RUO_CANCER', 'PRS_CLINICAL_CARDIO', 'PRS_CLINICAL_CANCER'];

interface FamilyRules {
	/** results of an order that ended well, without `PDF_REPORT` */
	data: ResultType[];
	pdf: boolean;
	/** components of ancestry; Mysterio's are not published and borrowed here */
	components: string[];
}

const ANCESTRY_DATA: ResultType[] = ['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'SUMMARY_CHROMS', 'DETAILED_CHROMS'];
const SKYWALKER_COMPONENTS = ['AFR', 'AMR', 'EAS', 'EUR', 'LME', 'OCE', 'SAS'];

export const FAMILIES: Record<Family, FamilyRules> = {
	skywalker: { data: ANCESTRY_DATA, pdf: false, components: SKYWALKER_COMPONENTS },
	hutt: { data: ANCESTRY_DATA, pdf: false, components: ['AFR', 'EUR', 'EAS', 'NAM', 'SAS', 'OCE', 'LME'] },
	palpatine: { data: ANCESTRY_DATA, pdf: false, components: ['CAS', 'EAS', 'NAS', 'SAS', 'SEA', 'WAS', 'XAS'] },
	vader: { data: ANCESTRY_DATA, pdf: true, components: ['AFR', 'AMR', 'EAS', 'EUR', 'LME', 'SAS', 'SEA', 'OCE', 'OTHERS'] },
	mysterio: {
		data: ['SUMMARY_SUPERSET', 'DETAILED_SUPERSET', 'PRS_JSON_DATA', 'PRS_IMAGES'],
		pdf: true,
		components: SKYWALKER_COMPONENTS,
	},
};

export interface Model {
	model_name: string;
	model_api_name: Family;
	deprecated?: true;
}

/** Models of the simulated organization. Model names are the organization's own labels. */
export const MODELS: Model[] = [
	{ model_name: 'skywalker-2.1', model_api_name: 'skywalker' },
	{ model_name: 'hutt-1.4', model_api_name: 'hutt' },
	{ model_name: 'palpatine-1.0', model_api_name: 'palpatine' },
	{ model_name: 'vader-3.0', model_api_name: 'vader' },
	{ model_name: 'mysterio-1.2', model_api_name: 'mysterio' },
	{ model_name: 'skywalker-1.9', model_api_name: 'skywalker', deprecated: true },
];
