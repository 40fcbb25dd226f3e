import type { Provider } from '../shared/operation';
import { api } from './api';
import { form } from './resources/form';
import { group } from './resources/group';
import { history } from './resources/history/history';
import { quota } from './resources/quota';
import { role } from './resources/role';
import { server } from './resources/server';
import { user } from './resources/user/user';

export const galaxy: Provider = {
	api,
	resources: {
		// the first one is chosen in a new node
		history,
		form,
		group,
		quota,
		role,
		server,
		user,
	},
};
