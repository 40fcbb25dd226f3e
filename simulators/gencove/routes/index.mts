import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { accountRoutes } from './account.mts';
import { assignmentRoutes } from './assignments.mts';
import { batchRoutes } from './batches.mts';
import { explorerRoutes } from './explorer.mts';
import { fileRoutes } from './files.mts';
import { importRoutes } from './imports.mts';
import { manifestRoutes } from './manifests.mts';
import { mergedVcfRoutes } from './merged-vcfs.mts';
import { pipelineRoutes } from './pipelines.mts';
import { projectChangeRoutes } from './project-changes.mts';
import { projectSamplesRoutes } from './project-samples.mts';
import { projectRoutes } from './projects.mts';
import { reportRoutes } from './reports.mts';
import { sampleRoutes } from './samples.mts';
import { sessionRoutes } from './session.mts';
import { SPECIFICATION_ROUTES } from './specification.mts';
import { uploadRoutes } from './uploads.mts';

/** Each adds the calls of one kind below `/api/v2`. */
export const ROUTES: Array<(api: FastifyInstance, context: Context) => void> = [
	sessionRoutes,
	accountRoutes,
	projectRoutes,
	projectChangeRoutes,
	projectSamplesRoutes,
	sampleRoutes,
	assignmentRoutes,
	batchRoutes,
	mergedVcfRoutes,
	manifestRoutes,
	uploadRoutes,
	importRoutes,
	pipelineRoutes,
	fileRoutes,
	reportRoutes,
	explorerRoutes,
	...SPECIFICATION_ROUTES,
];
