import type { Resource } from '../../../shared/operation';
import { downloadArchive, getCitations, getIcon, getRequestSchema, getSource, getTestData, getXrefs } from './about';
import { buildDependencyCache, getAllRequirements, getDiagnostics, getRequirements, installDependencies, reload, uninstallDependencies } from './administration';
import { get, getAll, getInputForm, getInputs, getPanel, getPanelView, getPanelViews, getVersions, search } from './lookup';
import { convertDataset, getRunRequest, run, runAsync } from './run';

export const tool: Resource = {
	name: 'Tool',
	operations: {
		buildDependencyCache,
		convertDataset,
		downloadArchive,
		get,
		getAll,
		getAllRequirements,
		getCitations,
		getDiagnostics,
		getIcon,
		getInputForm,
		getInputs,
		getPanel,
		getPanelView,
		getPanelViews,
		getRequestSchema,
		getRequirements,
		getRunRequest,
		getSource,
		getTestData,
		getVersions,
		getXrefs,
		installDependencies,
		reload,
		run,
		runAsync,
		search,
		uninstallDependencies,
	},
};
