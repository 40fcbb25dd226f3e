import { choice, flag, inputFile, json, list, loadedChoice, locator, longText, text, type Fields } from '../../../shared/field';
import { ID_PLACEHOLDER } from '../../fields';

/** Fields of one source are shown for that one alone. */
const shownFor = (...sources: string[]) => ({ source: sources });

const ga = { workflow: json('Workflow JSON', { required: true, shownFor: shownFor('ga'), description: 'Content of a .ga file' }) };

const format2 = { yamlContent: longText('Workflow YAML', { wire: 'workflow.yaml_content', required: true, shownFor: shownFor('format2'), placeholder: 'e.g. class: GalaxyWorkflow', description: 'Content of a .gxwf.yml file' }) };

const file = { inputField: inputFile('Input Data Field Name', { wire: 'archive_file', required: true, default: 'data', shownFor: shownFor('file'), hint: 'The name of the input field that holds the file', description: 'A .ga or .gxwf.yml file' }) };

const url = { archiveSource: text('URL', { required: true, shownFor: shownFor('url'), placeholder: 'e.g. https://example.org/variants.ga', description: 'Where Galaxy fetches the file' }) };

/** Registries of tools and workflows speak a common protocol, TRS. */
const trsUrl = { trsUrl: text('TRS URL', { required: true, shownFor: shownFor('trsUrl'), placeholder: 'e.g. https://dockstore.org/api/ga4gh/trs/v2/tools/.../versions/...', description: 'Address of one version of the workflow in a registry' }) };

const trsId = {
	trsServer: loadedChoice('TRS Server', { load: 'getTrsServers', default: 'dockstore', shownFor: shownFor('trsId') }),
	trsToolId: text('TRS Tool ID', { required: true, shownFor: shownFor('trsId'), placeholder: 'e.g. #workflow/github.com/iwc-workflows/rnaseq-pe/main', description: 'ID of the workflow in the registry' }),
	trsVersionId: text('TRS Version ID', { required: true, shownFor: shownFor('trsId'), placeholder: 'e.g. v0.9' }),
};

const shared = { sharedWorkflowId: text('Shared Workflow ID', { required: true, shownFor: shownFor('shared'), placeholder: ID_PLACEHOLDER, description: 'A workflow that another user shares or has published' }) };

const serverFile = {
	fromPath: text('Path', { required: true, shownFor: shownFor('serverFile'), placeholder: 'e.g. /data/workflows/variants.ga', description: 'A file on the computer of the server; administrators only' }),
	objectId: text('Object ID', { default: '', shownFor: shownFor('serverFile'), description: 'Which workflow of the file, where it holds several' }),
};

const numbers = (label: string, noun: string) => list(label, { default: [], shownFor: shownFor('history'), placeholder: 'e.g. 1,2', description: `Comma-separated list of the numbers in the history of the ${noun} that become inputs` });

const history = {
	fromHistoryId: locator('History', { list: 'searchHistories', required: true, shownFor: shownFor('history'), idPlaceholder: ID_PLACEHOLDER }),
	workflowName: text('Workflow Name', { required: true, shownFor: shownFor('history') }),
	jobIds: list('Job IDs', { default: [], shownFor: shownFor('history'), placeholder: ID_PLACEHOLDER, description: 'Comma-separated list of the jobs that become steps' }),
	datasetIds: numbers('Dataset Numbers', 'datasets'),
	datasetCollectionIds: numbers('Collection Numbers', 'collections'),
};

const installed = (label: string, noun: string) => flag(label, { description: `Whether to install ${noun}, too; administrators only` });

/** What is done with a workflow, wherever it comes from. */
export const options = {
	exactTools: flag('Exact Tools', { description: 'Whether exactly the versions of tools are needed that the workflow names' }),
	failIfToolsAreMissing: flag('Fail If Tools Are Missing', { place: 'none', description: 'Whether to take the workflow back and fail when the server does not have all its tools' }),
	fillDefaults: flag('Fill Defaults', { description: 'Whether settings that the workflow leaves out get their defaults' }),
	importable: flag('Importable', { description: 'Whether others may import it by its link' }),
	importTools: flag('Install Tools', { description: 'Whether to install missing tools from their tool shed; administrators only' }),
	installRepositoryDependencies: installed('Install Repository Dependencies', 'what the repositories of the tools need'),
	installResolverDependencies: installed('Install Resolver Dependencies', 'packages that the tools need'),
	installToolDependencies: installed('Install Tool Dependencies', 'what the tools need in the older way'),
	newToolPanelSectionLabel: text('New Tool Panel Section', { description: 'Name of a new section for the installed tools' }),
	publish: flag('Publish', { description: 'Whether all users of the server see it; needs "Importable", too' }),
	shedToolConf: text('Tool Shed Configuration', { placeholder: 'e.g. shed_tool_conf.xml', description: 'The file of the server that lists the installed tools' }),
	toolPanelSectionId: loadedChoice('Tool Panel Section', { load: 'getPanelSections' }),
	toolPanelSectionMapping: json('Tool Panel Section Mapping', { description: 'Sections for single tools' }),
};

/** The fields of each source. */
export const sources: Record<string, Fields> = { file, format2, ga, history, serverFile, shared, trsId, trsUrl, url };

/** Where a workflow comes from, and what is done with it. */
export const importFields = {
	source: choice('Source', [
		{ name: 'File', value: 'file', description: 'A file of the item, .ga or .gxwf.yml' },
		{ name: 'File on Server', value: 'serverFile', description: 'Administrators only' },
		{ name: 'Format 2 (YAML)', value: 'format2' },
		{ name: 'GA (JSON)', value: 'ga' },
		{ name: 'History', value: 'history', description: 'Jobs that have run become its steps' },
		{ name: 'Shared Workflow', value: 'shared', description: 'A copy of a workflow of another user' },
		{ name: 'TRS by ID', value: 'trsId', description: 'A registry such as Dockstore or WorkflowHub that the server knows' },
		{ name: 'TRS by URL', value: 'trsUrl', description: 'Any registry that speaks TRS' },
		{ name: 'URL', value: 'url', description: 'Galaxy fetches the file' },
	], { place: 'none', default: 'file' }),
	...ga,
	...format2,
	...file,
	...url,
	...trsUrl,
	...trsId,
	...shared,
	...serverFile,
	...history,
	...options,
};
