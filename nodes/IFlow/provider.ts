import type { Provider } from '../shared/operation';
import { api } from './api';
import { apiCall } from './resources/apiCall';
import { file } from './resources/file/file';
import { labflow } from './resources/labflow';
import { order } from './resources/order/order';
import { organization } from './resources/organization';
import { pipeline } from './resources/pipeline';
import { project } from './resources/project';
import { run } from './resources/run/run';
import { sample } from './resources/sample';
import { subject } from './resources/subject';
import { user } from './resources/user';

/** iFlow whole; the first resource is the one that a new node shows. */
export const iFlow: Provider = { api, resources: { order, subject, sample, run, pipeline, file, labflow, organization, project, user, apiCall } };
