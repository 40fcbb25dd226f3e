/** The files of a small server for tests, below its folder. */

/** Key of a pseudo-user that may make users; only while the server is set up. */
export const BOOTSTRAP_KEY = 'bootstrap0123456789abcdef';

const tool = (id: string, command: string, parameter: string) => `<tool id="${id}" name="${id.replace('_', ' ')}" version="1.0" profile="23.0">
	<command><![CDATA[${command}]]></command>
	<inputs>${parameter}</inputs>
	<outputs><data name="out" format="txt"/></outputs>
</tool>
`;

/** Tools that fail and that take their time. */
export const TOOLS: Record<string, string> = {
	'test_fail.xml': tool('test_fail', 'echo some output; echo bad news >&2; exit $code', '<param name="code" type="integer" value="3"/>'),
	'test_sleep.xml': tool('test_sleep', "sleep $seconds; echo slept > '$out'", '<param name="seconds" type="integer" value="60"/>'),
};

/** Wrappers that come with Galaxy: cat1, Show beginning1, Paste1, random_lines1, Filter1. */
const STOCK_TOOLS = ['filters/catWrapper.xml', 'filters/headWrapper.xml', 'filters/pasteWrapper.xml', 'filters/randomlines.xml', 'stats/filtering.xml'];

/**
 * The tool box.
 *
 * @param stock folder of the wrappers that come with Galaxy
 * @param own folder of the tools above
 */
export function toolBox(stock: string, own: string): string {
	const listed = (files: string[]) => files.map((file) => `<tool file="${file}"/>`).join('');
	return `<toolbox tool_path="${stock}">
	<section id="getext" name="Get Data">${listed(['data_source/upload.xml'])}</section>
	<section id="textutil" name="Text Manipulation">${listed(STOCK_TOOLS)}</section>
	<section id="test" name="Test">${listed(Object.keys(TOOLS).map((file) => `${own}/${file}`))}</section>
</toolbox>
`;
}

/** Settings of the server; everything that it writes goes below `folder`. */
export function settings(folder: string): object {
	const database = (name: string) => `sqlite:///${folder}/data/${name}.sqlite?isolation_level=IMMEDIATE`;
	return {
		data_dir: `${folder}/data`,
		config_dir: `${folder}/config`,
		managed_config_dir: `${folder}/config`,
		database_connection: database('universe'),
		tool_config_file: `${folder}/config/tool_conf.xml`,
		// nothing is fetched from the internet
		conda_auto_init: false,
		conda_auto_install: false,
		id_secret: 'any-fixed-text',
		admin_users: 'admin@example.org',
		api_allow_run_as: 'admin@example.org',
		bootstrap_admin_api_key: BOOTSTRAP_KEY,
		allow_local_account_creation: true,
		allow_user_deletion: true,
		enable_quotas: true,
		allow_path_paste: true,
		library_import_dir: `${folder}/import`,
		user_library_import_dir: `${folder}/import_users`,
		ftp_upload_dir: `${folder}/ftp`,
		ftp_upload_site: 'test',
		// a test's own file server may be read
		fetch_url_allowlist: ['127.0.0.0/24'],
		check_upload_content: false,
		enable_tool_source_display: true,
		watch_tools: false,
		cleanup_job: 'always',
		// seconds between two looks at jobs and workflows
		job_handler_monitor_sleep: 0.3,
		job_runner_monitor_sleep: 0.3,
		workflow_monitor_sleep: 0.3,
		workflow_completion_monitor_sleep: 0.5,
		enable_celery_tasks: true,
		amqp_internal_connection: `sqlalchemy+${database('broker')}`,
		job_config: {
			runners: { local: { load: 'galaxy.jobs.runners.local:LocalJobRunner', workers: 2 } },
			execution: { default: 'local', environments: { local: { runner: 'local' } } },
		},
	};
}
