import type { IDataObject } from 'n8n-workflow';

import { Kept } from '../shared/kept';
import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { ownOrganization } from './resources/organization';

/** The families of models; the names of models are an organization's own. */
export const FAMILIES = ['Hutt', 'Mysterio', 'Palpatine', 'Skywalker', 'Vader'].map((name) => ({ name, value: name.toLowerCase() }));

/** Reports that an order of a risk model may ask for. */
export const RISK_REPORTS = [
	{ name: 'Clinical, Cancer', value: 'PRS_CLINICAL_CANCER' },
	{ name: 'Clinical, Cardio', value: 'PRS_CLINICAL_CARDIO' },
	{ name: 'Research Use Only, Cancer', value: 'PRS_RUO_CANCER' },
	{ name: 'Research Use Only, Cardio', value: 'PRS_RUO_CARDIO' },
];

/** Reports that an order may have. */
export const REPORTS = [{ name: 'Ancestry', value: 'ANCESTRY' }, { name: 'Clinical', value: 'PRS_CLINICAL' }, ...RISK_REPORTS];

const kept = new Kept<Connection, IDataObject[]>(Infinity, new WeakMap());

/** The models of the credential's organization, read once per execution. */
export async function models(connection: Connection): Promise<IDataObject[]> {
	return await kept.get(connection, async () => await read(connection));
}

async function read(connection: Connection): Promise<IDataObject[]> {
	const { id } = await ownOrganization(connection);
	return (await connection.send('GET organizations/{id}/models', { path: { id }, query: { hide_deprecated: false } })) as IDataObject[];
}

/** The family of a model; throws a Problem for a model that the organization does not have. */
export async function familyOf(connection: Connection, model: string): Promise<string> {
	const family = (await models(connection)).find(({ model_name }) => model_name === model)?.model_api_name;
	if (family !== undefined) return String(family);
	throw new Problem(`Your organization has no model ${model}`, { description: 'Choose one from the list of "Model", or check its name' });
}

/** What an order asks of its reports. */
export interface ReportWishes {
	reportTypes?: string[];
	details: Record<string, string | undefined>;
}

/**
 * GalateaBio's rules for what an order of a model must and must not say of its reports (docs, "Submit an order").
 * Throws a Problem that names the field to change.
 */
export function checkReports(model: string, family: string, { reportTypes, details }: ReportWishes): void {
	const hasDetails = Object.values(details).some((detail) => detail !== undefined);
	const refuse = (message: string, description: string) => {
		throw new Problem(message, { description });
	};
	if (family === 'mysterio') {
		if (!reportTypes) refuse(`The model ${model} needs report types`, 'Choose at least one under "Report Types"');
		if (!details.sex && reportTypes?.some((type) => type.endsWith('_CANCER'))) refuse('Cancer reports need the sex of the patient', 'Give "Sex" under "Report Details"');
		return;
	}
	if (reportTypes) refuse(`The model ${model} takes no report types`, 'Remove "Report Types", or choose a risk model');
	if (!hasDetails) return;
	if (family !== 'vader') refuse(`The model ${model} makes no reports`, 'Remove "Report Details": nothing of a patient should be sent without need');
	if (!details.patient_name) refuse('Reports with details need the name of the patient', 'Give "Patient Name" under "Report Details", or remove the other details');
}
