import type { Provider } from '../shared/operation';
import { api } from './api';
import { accessFile } from './resources/accessFile';
import { extraction } from './resources/extraction';
import { file } from './resources/file';
import { job } from './resources/job';
import { parameter } from './resources/parameter';
import { submission } from './resources/submission';

/** GenoEx-GDE whole; the first resource is the one that a new node shows. */
export const genoEx: Provider = { api, resources: { submission, accessFile, extraction, file, job, parameter } };
