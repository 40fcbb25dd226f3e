import type { Provider } from '../shared/operation';
import { api } from './api';
import { imports } from './resources/import';
import { project } from './resources/project';
import { sample } from './resources/sample/sample';
import { uploads } from './resources/upload';

export const gencove: Provider = { api, resources: { sample, import: imports, project, upload: uploads } };
