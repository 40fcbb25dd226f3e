import type { Provider } from '../shared/operation';
import { api } from './api';
import { account } from './resources/account/account';
import { baseSpace } from './resources/baseSpace';
import { batch } from './resources/batch';
import { consumer } from './resources/consumer';
import { explorer } from './resources/explorer/explorer';
import { fileType } from './resources/fileType';
import { imports } from './resources/import';
import { legacy } from './resources/legacy';
import { mergedVcf } from './resources/mergedVcf';
import { organization } from './resources/organization';
import { pipeline } from './resources/pipeline';
import { project } from './resources/project';
import { projectAccess } from './resources/projectAccess';
import { qc } from './resources/qc';
import { reports } from './resources/report';
import { s3Import } from './resources/s3Import';
import { sample } from './resources/sample/sample';
import { sampleManifest } from './resources/sampleManifest';
import { sampleMetadata } from './resources/sampleMetadata';
import { subscription } from './resources/subscription';
import { uploads } from './resources/upload';
import { user } from './resources/user';

export const gencove: Provider = {
	api,
	resources: {
		// the first one is chosen in a new node
		sample,
		account,
		baseSpace,
		batch,
		consumer,
		explorer,
		fileType,
		import: imports,
		legacy,
		mergedVcf,
		organization,
		pipeline,
		project,
		projectAccess,
		qc,
		report: reports,
		s3Import,
		sampleManifest,
		sampleMetadata,
		subscription,
		upload: uploads,
		user,
	},
};
