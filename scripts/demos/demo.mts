import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { N8nRest, NewWorkflow, SavedWorkflow } from '../../test/n8n/rest.mts';

/** One service, simulated or real, and an example workflow that uses it. */
export interface Demo {
	service: string;
	/** Its address. */
	url: string;
	/** What the workflow does, in a line. */
	about: string;
	/** Enters credential and workflow in n8n; `url` is the address of n8n. */
	prepare(rest: N8nRest, url: string): Promise<SavedWorkflow>;
	/** Runs the workflow and prints what came out of it; throws when that is not what it should be. */
	run(rest: N8nRest, workflow: SavedWorkflow): Promise<void>;
	stop(): Promise<void>;
}

/** An example as a user imports it: with a credential of the values given, chosen in its nodes. One that is there already stays as the user has changed it. */
export async function importExample(rest: N8nRest, file: string, type: string, name: string, values: IDataObject): Promise<SavedWorkflow> {
	const credential = await rest.saveCredential(name, type, values);
	const example = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'examples', `${file}.json`), 'utf8')) as NewWorkflow;
	const nodes = example.nodes.map((node) => (node.type.startsWith('n8n-nodes-genomics.') ? { ...node, credentials: { [type]: credential } } : node));
	const known = await rest.workflowNamed(example.name);
	return await rest.workflow(known ?? (await rest.createWorkflow({ ...example, nodes })).id);
}

export const value = (item: INodeExecutionData, name: string): string => String(item.json[name]);

/** A line of what came out. */
export function show(label: string, text: string): void {
	console.log(`${label.padEnd(12)} ${text}`);
}
