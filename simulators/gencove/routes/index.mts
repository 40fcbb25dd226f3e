import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { accountRoutes } from './account.mts';
import { pipelineRoutes } from './pipelines.mts';
import { projectRoutes } from './projects.mts';
import { sampleRoutes } from './samples.mts';
import { sessionRoutes } from './session.mts';

/** Each adds the calls of one kind below `/api/v2`. */
export const ROUTES: Array<(api: FastifyInstance, context: Context) => void> = [sessionRoutes, accountRoutes, projectRoutes, sampleRoutes, pipelineRoutes];
