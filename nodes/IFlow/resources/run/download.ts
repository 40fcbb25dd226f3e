import { locator } from '../../../shared/field';
import { program } from '../../../shared/operation';
import { inProject, projectId, runId } from '../../fields';
import { fileIn, outputsOf } from '../../runs';
import { downloadOutput as fetchOutput } from '../../transfers';

export const downloadOutput = program({
	name: 'Download Output',
	action: 'Download output of run',
	description: 'Download a file that came out of a run',
	effect: 'read',
	filesOut: true,
	fields: {
		projectId,
		runId: { ...runId, place: 'none' as const },
		outputName: locator('Output', { list: 'searchOutputs', place: 'none', required: true, idPlaceholder: 'e.g. report', description: 'From the list, or by its name' }),
	},
	async run(call) {
		const { connection, values } = call;
		const headers = inProject(values);
		const output = fileIn(await outputsOf(connection, values.runId, headers), values.outputName);
		return await fetchOutput(call as never, output, values.projectId, headers);
	},
});
