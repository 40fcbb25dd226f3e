import { unprocessable } from './errors.mts';
import { PDF_REPORT_TYPES } from './families.mts';
import type { Family, Model } from './families.mts';
import { isDay } from './query.mts';
import { current } from './records.mts';
import type { SourceFile } from './records.mts';
import { uuid } from './schemas.mts';
import type { State } from './state.mts';

/** Body of `POST exec/orders`. */
export interface Submission {
	source_file_id: string;
	model_name: string;
	tags_ids?: string[];
	pdf_report_types?: string[] | null;
	pdf_metadata?: Record<string, string> | null;
}

export const submissionSchema = {
	type: 'object',
	required: ['source_file_id', 'model_name'],
	properties: {
		source_file_id: uuid,
		model_name: { type: 'string', minLength: 1 },
		tags_ids: { type: 'array', items: uuid },
		pdf_report_types: { type: ['array', 'null'], items: { type: 'string' } },
		pdf_metadata: { type: ['object', 'null'], additionalProperties: { type: 'string', minLength: 1 } },
	},
};

/**
 * Checks a submission against file, model and the rules of the model's family
 * (GalateaBio docs, Submit an order).
 *
 * @returns the file and the model it names
 */
export function checkSubmission(submission: Submission, state: State): { file: SourceFile; model: Model } {
	const file = state.files.get(submission.source_file_id.toLowerCase());
	const model = state.availableModel(submission.model_name);
	const usable = file && current(file) === 'VALID' && file.deletedAt === null && !file.purged;
	const tagsKnown = (submission.tags_ids ?? []).every((id) => state.tags.has(id.toLowerCase()));
	if (!usable || !model || !tagsKnown || !reportRulesHold(submission, model.model_api_name)) throw unprocessable();
	return { file, model };
}

function reportRulesHold({ pdf_report_types: types, pdf_metadata: metadata }: Submission, family: Family): boolean {
	if (family === 'vader') return !metadata || metadata.patient_name !== undefined;
	if (family !== 'mysterio') return true;
	if (!types || types.length === 0 || !types.every((type) => PDF_REPORT_TYPES.includes(type))) return false;
	if (!metadata) return false;
	const { sex } = metadata;
	if (sex === undefined ? types.some((type) => type.endsWith('_CANCER')) : !/^(male|female)$/i.test(sex)) return false;
	const days = [metadata.dob, metadata.collected, metadata.received];
	return days.every((day) => day === undefined || (/^\d{4}-\d{2}-\d{2}$/.test(day) && isDay(day)));
}
