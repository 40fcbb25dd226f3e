import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { isUuid } from './names';

/** An input or an output of a pipeline (contract, section 4.1). */
export interface Definition extends IDataObject {
	name: string;
	display_name?: string;
	/** As WDL writes it: 'File', 'Array[String]', 'Int?'. */
	type: string;
	required?: boolean;
	/** Filled by iFlow itself. */
	hidden?: boolean;
	default?: IDataObject[string];
	description?: string;
}

/** Which pipeline is meant: by its UUID, or by its slug, in its newest version or in another one. */
export interface Which {
	pipelineId: string;
	pipelineVersion?: string;
	orgId?: string;
	variant?: number;
}

/** The pipeline that is meant. Throws a Problem where iFlow knows none, and for a version beside a UUID, which has one already. */
export async function pipelineOf(connection: Connection, { pipelineId: id, pipelineVersion: version, orgId }: Which, headers: Record<string, string>): Promise<IDataObject> {
	const isId = isUuid(id);
	if (isId && version !== undefined) throw new Problem('The pipeline has a version already', { description: 'Leave "Version" empty, or give the pipeline by its slug' });
	const line = `GET compute/pipelines/${isId ? '' : 'slug/'}{id}`;
	return (await connection.send(line, { path: { id }, query: { version, org_id: orgId }, headers })) as IDataObject;
}

/** Inputs and outputs of a pipeline, in the variant that is asked for or that it has by default. */
export async function definitionsOf(connection: Connection, pipeline: IDataObject, { variant, orgId }: Omit<Which, 'pipelineId'>, headers: Record<string, string>) {
	const { default_variant: ownVariant } = (pipeline.properties ?? {}) as { default_variant?: number };
	const chosen = variant ?? ownVariant ?? 1;
	const found = (await connection.send('GET compute/pipelines/{id}/inputs', { path: { id: pipeline.id }, query: { variant: chosen, org_id: orgId }, headers })) as { inputs?: Definition[] };
	return { ...found, pipeline_id: pipeline.id, variant: chosen } as IDataObject & { inputs?: Definition[] };
}

/** Inputs that a user may give; undefined where iFlow does not tell them, as older servers do. */
export async function inputsOf(connection: Connection, pipeline: IDataObject, which: Omit<Which, 'pipelineId'>, headers: Record<string, string>): Promise<Definition[] | undefined> {
	const found = await definitionsOf(connection, pipeline, which, headers).catch((cause: Problem) => {
		if (cause.status !== 404) throw cause;
	});
	return found?.inputs?.filter(({ hidden }) => !hidden);
}

/** The project of a request: the chosen one, or that of the credential. */
export const projectIn = (chosen: string, { projectId }: ICredentialDataDecryptedObject): string => chosen || String(projectId ?? '').trim();
