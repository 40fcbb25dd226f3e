import type { IDataObject } from 'n8n-workflow';

import { program } from '../../../shared/operation';
import type { Watch } from '../../../shared/wait';
import { pageId } from '../../fields';
import { hasTaskQueue, preparedFile, preparedFileOf } from '../../tasks';

/** Without workers for long tasks nothing is prepared: the PDF is made while it is fetched. */
const preparedPdf: Watch = {
	...preparedFile,
	look: async (connection, json) => (json.storage_request_id ? await preparedFile.look(connection, json) : { json, state: 'ready', outcome: 'succeeded' }),
};

export const downloadPdf = program({
	name: 'Download PDF',
	action: 'Download PDF of page',
	description: 'Fetch a page that is written in Markdown as a PDF, where the server can make one',
	effect: 'read',
	fields: { pageId },
	watch: preparedPdf,
	alwaysWaits: true,
	filesOut: true,
	async run({ connection, values }) {
		if (!(await hasTaskQueue(connection))) return { json: {} };
		return { json: (await connection.send('POST api/pages/{pageId}/prepare_download', { path: values })) as IDataObject };
	},
	async finish({ download, values }, ended) {
		const fallback = { name: `galaxy-page-${String(values.pageId)}.pdf`, mimeType: 'application/pdf' };
		const { json, binary } = ended.storage_request_id ? await download(...preparedFileOf(ended), fallback) : await download('GET api/pages/{pageId}.pdf', { path: values }, fallback);
		return { json: { ...ended, ...json }, binary };
	},
});
