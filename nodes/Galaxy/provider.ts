import type { Provider } from '../shared/operation';
import { api } from './api';
import { annotation } from './resources/annotation';
import { form } from './resources/form';
import { group } from './resources/group';
import { history } from './resources/history/history';
import { historyContent } from './resources/historyContent/historyContent';
import { invocation } from './resources/invocation/invocation';
import { libraryDataset } from './resources/library/dataset';
import { libraryFolder } from './resources/library/folder';
import { library } from './resources/library/library';
import { quota } from './resources/quota';
import { role } from './resources/role';
import { server } from './resources/server';
import { tag } from './resources/tag';
import { user } from './resources/user/user';
import { workflow } from './resources/workflow/workflow';

export const galaxy: Provider = {
	api,
	resources: {
		// the first one is chosen in a new node
		history,
		annotation,
		form,
		group,
		historyContent,
		invocation,
		library,
		libraryDataset,
		libraryFolder,
		quota,
		role,
		server,
		tag,
		user,
		workflow,
	},
};
