import type { IDataObject } from 'n8n-workflow';

/** A step of a .ga file; `from` connects its inputs with steps before, by their numbers. */
interface Step {
	type: string;
	label?: string;
	note?: string;
	state?: object;
	tool?: [id: string, version: string];
	from?: Record<string, [step: number, output: string]>;
	/** names of outputs, and the labels of those that the workflow marks */
	outputs?: Record<string, string | null>;
}

export const data = (label: string, state: object = {}): Step => ({ type: 'data_input', label, state: { optional: false, ...state } });
export const collection = (label: string, state: object = {}): Step => ({ type: 'data_collection_input', label, state: { optional: false, collection_type: 'list', ...state } });
export const parameter = (label: string, kind: string, state: object = {}): Step => ({ type: 'parameter_input', label, state: { parameter_type: kind, optional: false, ...state } });
export const pause = (from: number): Step => ({ type: 'pause', label: 'Look at it', from: { input: [from, 'output'] } });

const CONNECTED = { __class__: 'ConnectedValue' };

export const cat = (from: number, label: string | null = null): Step => ({ type: 'tool', tool: ['cat1', '1.0.0'], state: { input1: CONNECTED, queries: [] }, from: { input1: [from, 'output'] }, outputs: { out_file1: label } });
export const head = (from: [number, string], label: string | null, lines: number | [number, string] = 2): Step => ({
	type: 'tool',
	tool: ['Show beginning1', '1.0.2'],
	state: { header: false, input: CONNECTED, lineNum: typeof lines === 'number' ? lines : CONNECTED },
	from: { input: from, ...(typeof lines !== 'number' && { lineNum: lines }) },
	outputs: { out_file1: label },
});
export const failing: Step = { type: 'tool', tool: ['test_fail', '1.0'], state: { code: 3 }, outputs: { out: 'Result' } };
export const sleeping = (seconds: number): Step => ({ type: 'tool', tool: ['test_sleep', '1.0'], state: { seconds }, outputs: { out: 'Slept' } });
/** Of a tool shed that the server knows: of another one it cannot list what is missing. */
export const missing: Step = { type: 'tool', tool: ['toolshed.g2.bx.psu.edu/repos/nobody/nothing/nothing/0.1', '0.1'], state: {}, outputs: { out: null } };

/** The content of a .ga file. */
export function ga(name: string, ...steps: Step[]): IDataObject {
	const written = steps.map(({ type, label = '', note = '', state = {}, tool, from = {}, outputs = {} }, id) => ({
		id,
		type,
		name: tool?.[0] ?? type,
		label: label || null,
		annotation: note,
		tool_id: tool?.[0] ?? null,
		tool_version: tool?.[1] ?? null,
		tool_state: JSON.stringify(state),
		input_connections: Object.fromEntries(Object.entries(from).map(([input, [step, output]]) => [input, { id: step, output_name: output }])),
		inputs: [],
		outputs: Object.keys(outputs).map((output) => ({ name: output, type: 'input' })),
		workflow_outputs: Object.entries(outputs).filter(([, marked]) => marked !== null).map(([output, marked]) => ({ output_name: output, label: marked })),
		post_job_actions: {},
		position: { left: id * 200, top: 0 },
	}));
	return { a_galaxy_workflow: 'true', 'format-version': '0.1', name, annotation: '', tags: [], steps: Object.fromEntries(written.map((step) => [String(step.id), step])) } as IDataObject;
}

/** Reads, and how many lines of them are wanted. */
export const firstLines = (name: string): IDataObject => ga(name, data('Reads'), parameter('Lines', 'integer', { optional: true, default: 2 }), cat(0), head([2, 'out_file1'], 'First lines', [1, 'output']));

/** The same in Format 2. */
export const firstLinesInYaml = (name: string): string => `class: GalaxyWorkflow
label: ${name}
inputs:
  Reads: data
outputs:
  First lines: {outputSource: head/out_file1}
steps:
  head:
    tool_id: Show beginning1
    tool_version: 1.0.2
    in: {input: Reads}
    state: {lineNum: 2}
`;
