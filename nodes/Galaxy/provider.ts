import type { Provider } from '../shared/operation';
import { api } from './api';
import { history } from './resources/history/history';
import { server } from './resources/server';

export const galaxy: Provider = {
	api,
	resources: {
		// the first one is chosen in a new node
		history,
		server,
	},
};
