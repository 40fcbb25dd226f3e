import type { IDataObject } from 'n8n-workflow';

import { program, type Call, type OutputItem } from '../../../shared/operation';
import { Problem } from '../../../shared/problem';
import type { Watch } from '../../../shared/wait';
import { pageId } from '../../fields';
import { hasTaskQueue, preparedFile, preparedFileOf } from '../../tasks';

const IMPOSSIBLE = 'The server lacks what makes PDFs: ask its administrator to install WeasyPrint';

/** Without workers for long tasks nothing is prepared: the PDF is made while it is fetched. */
const preparedPdf: Watch = {
	...preparedFile,
	async look(connection, json) {
		if (!json.storage_request_id) return { json, state: 'ready', outcome: 'succeeded' };
		const look = await preparedFile.look(connection, json);
		// how a task says that there is no library for it
		return look.reason?.includes("no attribute 'HTML'") ? { ...look, reason: IMPOSSIBLE } : look;
	},
};

async function fetchAtOnce(download: Call['download'], path: { pageId: string }, fallback: { name: string; mimeType: string }): Promise<OutputItem> {
	return await download('GET api/pages/{pageId}.pdf', { path }, fallback).catch((cause: Problem) => {
		const { message, status } = cause;
		if (status !== 501) throw cause;
		throw new Problem(message, { status, description: IMPOSSIBLE });
	});
}

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
		const path = values as { pageId: string };
		const fallback = { name: `galaxy-page-${path.pageId}.pdf`, mimeType: 'application/pdf' };
		const { json, binary } = ended.storage_request_id ? await download(...preparedFileOf(ended), fallback) : await fetchAtOnce(download, path, fallback);
		return { json: { ...ended, ...json }, binary };
	},
});
