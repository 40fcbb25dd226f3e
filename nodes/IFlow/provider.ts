import type { Provider } from '../shared/operation';
import { api } from './api';
import { order } from './resources/order';
import { organization } from './resources/organization';
import { project } from './resources/project';
import { user } from './resources/user';

/** iFlow whole; the first resource is the one that a new node shows. */
export const iFlow: Provider = { api, resources: { order, organization, project, user } };
