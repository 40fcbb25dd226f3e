import type { Provider } from '../shared/operation';
import { api } from './api';
import { account } from './resources/account';
import { credit } from './resources/credit';
import { file } from './resources/file';
import { notification } from './resources/notification';
import { order } from './resources/order';
import { organization } from './resources/organization';
import { pdfReport } from './resources/pdfReport';
import { result } from './resources/result';
import { session } from './resources/session';
import { sftpUser } from './resources/sftpUser';
import { tag } from './resources/tag';
import { webhook } from './resources/webhook';

/** GalateaBio whole; the first resource is the one that a new node shows. */
export const galateaBio: Provider = {
	api,
	resources: { file, account, credit, notification, order, organization, pdfReport, result, session, sftpUser, tag, webhook },
};
