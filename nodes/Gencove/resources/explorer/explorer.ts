import type { Resource } from '../../../shared/operation';
import { archiveData, copyData, deleteData, downloadData, listData, presignData, restoreData, uploadData } from './data';
import {
	getAccessUrl,
	getCostReports,
	getDataCredentials,
	getManyInstances,
	getOrganizationInactivity,
	setInactivityStop,
	setOrganizationInactivity,
	startInstances,
	stopInstances,
} from './instances';

export const explorer: Resource = {
	name: 'Explorer',
	operations: {
		archiveData,
		copyData,
		deleteData,
		downloadData,
		getAccessUrl,
		getCostReports,
		getDataCredentials,
		getManyInstances,
		getOrganizationInactivity,
		listData,
		presignData,
		restoreData,
		setInactivityStop,
		setOrganizationInactivity,
		startInstances,
		stopInstances,
		uploadData,
	},
};
