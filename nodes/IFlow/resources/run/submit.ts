import type { IDataObject } from 'n8n-workflow';

import { choice, flag, json, list, locator, mapper, number, text } from '../../../shared/field';
import { program, type Json } from '../../../shared/operation';
import { over } from '../../../shared/place';
import { carried } from '../../changes';
import { extraFields, object, properties } from '../../extraFields';
import { inProject, orgId, pipelineId, projectId } from '../../fields';
import { inputsOf, pipelineOf, projectIn } from '../../pipelines';
import { paramsFor, withAddresses } from '../../runInputs';
import { outputsOf, simplifyEnded, watch } from '../../runs';
import type { Problem } from '../../../shared/problem';

const shownFor = (mode: string) => ({ inputsMode: [mode] });

const fields = {
	projectId,
	pipelineId: { ...pipelineId, place: 'none' as const, property: { ...pipelineId.property, description: 'From the list, by its UUID, or by its slug, which means the newest version' } },
	inputsMode: choice('Specify Inputs', [
		{ name: 'Using Fields Below', value: 'fields', description: 'A field for each input of the pipeline' },
		{ name: 'Using JSON', value: 'json', description: 'All inputs at once, by their names' },
	], { place: 'none', default: 'fields' }),
	runInputs: mapper('Inputs', {
		load: 'pipelineInputs',
		noun: 'input',
		dependsOn: ['projectId.value', 'pipelineId.value', 'additionalFields.pipelineVersion.value', 'additionalFields.orgId.value', 'additionalFields.variant'],
		place: 'none',
		default: {},
		shownFor: shownFor('fields'),
		description: 'Values, and paths of files; several of a list with commas between them',
	}),
	inputsJson: object(json('Inputs (JSON)', { place: 'none', required: true, shownFor: shownFor('json'), placeholder: 'e.g. { "vcf": "samples/p-001/uploads/a.vcf.gz", "panels": ["cardio"] }', description: 'Values by the names of the inputs, as "Pipeline > Get Inputs and Outputs" shows them' })),
	resolveFilePaths: flag('Resolve File Paths', { place: 'none', default: true, description: 'Whether to send files that are named by their paths in iFlow with their full address, as pipelines want them' }),
	pipelineVersion: locator('Pipeline Version', { list: 'searchPipelineVersions', noun: 'version', place: 'none', idPlaceholder: 'e.g. 1.2.0', description: 'Of a pipeline that is given by its slug; the newest one when left empty' }),
	variant: number('Pipeline Variant', { place: 'none', min: 1, whole: true, description: 'Which set of inputs, where the pipeline has several; its own default when left empty' }),
	orgId: { ...orgId, place: 'none' as const },
	forOrder: locator('Order', { list: 'searchOrders', wire: 'order_id', idPlaceholder: 'e.g. ORD-12', description: 'The order that the run is done for' }),
	forSample: locator('Sample', { list: 'searchSamples', place: 'none', idPlaceholder: 'e.g. SMPL-12', description: 'The sample that the web page shows the run with, and its subject' }),
	analysisId: text('Run ID', { wire: 'analysis_id', placeholder: 'e.g. p-001-report', description: 'The ID that iFlow is to show; it makes one by itself when left empty' }),
	tags: list('Tags', { placeholder: 'e.g. n8n,panel', description: 'Comma-separated list' }),
	properties,
	profile: text('Profile', { placeholder: 'e.g. cloud', description: 'Profile of Nextflow, in the place of the one of the pipeline' }),
	callbackUrl: text('Callback URL', { placeholder: 'e.g. https://n8n.example.org/webhook/...', description: 'Called by iFlow when the run has ended: the address of an iFlow Callback Trigger, or of a Wait node' }),
	extraFields,
};

export const submit = program({
	name: 'Submit',
	action: 'Submit run',
	description: 'Run a pipeline; its inputs are checked before anything is sent',
	simplify: simplifyEnded,
	fields,
	watch,
	async run({ connection, values, personal }) {
		const headers = inProject(values);
		const pipeline = await pipelineOf(connection, values, headers);
		const inputs = await inputsOf(connection, pipeline, values, headers);
		const given = (values.inputsMode === 'json' ? values.inputsJson : values.runInputs) as IDataObject;
		const checked = inputs ? paramsFor(inputs, given) : given;
		const project = projectIn(values.projectId, connection.credential);
		const params = values.resolveFilePaths ? await withAddresses(connection, project, { inputs, params: checked }) : checked;
		const { body, ...more } = carried(fields, values, 'POST');
		const base = { pipeline_id: pipeline.id, params, tags: [], properties: await sampleIn(values.forSample) } as Json;
		const run = (await connection.send('POST compute/runs', { ...more, body: over(base, (body ?? {}) as Json), personal })) as IDataObject;
		return { json: { ...run, project_id: run.project_id ?? project } };

		/** The sample and its subject as the web page finds the run by them: by their UUIDs. */
		async function sampleIn(id: string | undefined): Promise<IDataObject> {
			if (id === undefined) return {};
			const { id: sample, subject_id: subject } = (await connection.send('GET miner/samples/{id}', { path: { id }, headers })) as IDataObject;
			return { sample_id: sample, ...(Boolean(subject) && { subject_id: subject }) };
		}
	},
	// the run has succeeded, whatever becomes of this look at its outputs
	async finish({ connection, values }, ended) {
		const { outputs, message } = await outputsOf(connection, ended.id, inProject(values as { projectId: string })).catch((cause: Problem) => ({ outputs: [], message: cause.message }));
		return { json: { ...ended, outputs, ...(message && { outputs_message: message }) } };
	},
});
