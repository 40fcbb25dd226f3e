import type { Provider } from '../shared/operation';
import { api } from './api';
import { annotation } from './resources/annotation';
import { datatype } from './resources/datatype';
import { dataset } from './resources/dataset/dataset';
import { datasetCollection } from './resources/datasetCollection/datasetCollection';
import { form } from './resources/form';
import { genome } from './resources/genome';
import { group } from './resources/group';
import { history } from './resources/history/history';
import { historyContent } from './resources/historyContent/historyContent';
import { invocation } from './resources/invocation/invocation';
import { job } from './resources/job/job';
import { libraryDataset } from './resources/library/dataset';
import { libraryFolder } from './resources/library/folder';
import { library } from './resources/library/library';
import { page } from './resources/page/page';
import { quota } from './resources/quota';
import { remoteFile } from './resources/remoteFile';
import { role } from './resources/role';
import { server } from './resources/server/server';
import { tag } from './resources/tag';
import { tool } from './resources/tool/tool';
import { toolDataTable } from './resources/toolDataTable';
import { toolShedRepository } from './resources/toolShedRepository';
import { tour } from './resources/tour';
import { user } from './resources/user/user';
import { visualization } from './resources/visualization';
import { workflow } from './resources/workflow/workflow';

export const galaxy: Provider = {
	api,
	resources: {
		// the first one is chosen in a new node
		history,
		annotation,
		datatype,
		dataset,
		datasetCollection,
		form,
		genome,
		group,
		historyContent,
		invocation,
		job,
		library,
		libraryDataset,
		libraryFolder,
		page,
		quota,
		remoteFile,
		role,
		server,
		tag,
		tool,
		toolDataTable,
		toolShedRepository,
		tour,
		user,
		visualization,
		workflow,
	},
};
