import type { Provider } from '../shared/operation';
import { api } from './api';
import { account } from './resources/account';
import { file } from './resources/file';
import { order } from './resources/order';
import { organization } from './resources/organization';
import { pdfReport } from './resources/pdfReport';

export const galateaBio: Provider = { api, resources: { file, account, order, organization, pdfReport } };
