import type { Provider } from '../shared/operation';
import { api } from './api';
import { project } from './resources/project';
import { sample } from './resources/sample';

export const gencove: Provider = { api, resources: { sample, project } };
