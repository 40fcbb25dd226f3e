import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { accountLifeRoutes } from './account-life.mts';
import { consumerRoutes } from './consumer.mts';
import { explorerExtraRoutes } from './explorer-extras.mts';
import { firstMileRoutes } from './first-mile.mts';
import { importExtraRoutes } from './import-extras.mts';
import { invitationRoutes } from './invitations.mts';
import { memberRoutes } from './members.mts';
import { ownUserRoutes } from './own-user.mts';
import { pipelineLatestRoutes } from './pipeline-latest.mts';
import { projectAccessRoutes } from './project-access.mts';
import { projectShareRoutes } from './project-shares.mts';
import { projectStatsRoutes } from './project-stats.mts';
import { sampleResultRoutes } from './sample-results.mts';
import { sampleVariantRoutes } from './sample-variants.mts';
import { secondFactorRoutes } from './second-factor.mts';
import { socialRoutes } from './social.mts';
import { subscriptionRoutes } from './subscriptions.mts';
import { templateRoutes } from './templates.mts';
import { uploadListRoutes } from './upload-list.mts';

/** The calls that only the service's specification has: no recording shows them, so every shape is unconfirmed. */
export const SPECIFICATION_ROUTES: Array<(api: FastifyInstance, context: Context) => void> = [
	subscriptionRoutes,
	projectStatsRoutes,
	projectAccessRoutes,
	projectShareRoutes,
	sampleResultRoutes,
	sampleVariantRoutes,
	templateRoutes,
	uploadListRoutes,
	importExtraRoutes,
	pipelineLatestRoutes,
	memberRoutes,
	invitationRoutes,
	ownUserRoutes,
	accountLifeRoutes,
	secondFactorRoutes,
	socialRoutes,
	consumerRoutes,
	firstMileRoutes,
	explorerExtraRoutes,
];
