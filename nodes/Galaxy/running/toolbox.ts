import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

import { Kept } from '../../shared/kept';
import type { Connection } from '../../shared/request';

/** Tools are seldom installed, and the list of a large server has megabytes (contract, section 9, 17), ms. */
const KEPT_FOR = 600_000;

/** By server and user, since some tools are for some users alone. */
const toolboxes = new Kept<string, IDataObject[]>(KEPT_FOR);

const keyOf = ({ credential }: Connection) => createHash('sha256').update(JSON.stringify(credential)).digest('hex');

/** All tools of the server with what the editor shows of them. */
export async function toolbox(connection: Connection): Promise<IDataObject[]> {
	return await toolboxes.get(keyOf(connection), async () => {
		const tools = (await connection.send('GET api/tools', { query: { in_panel: false } })) as IDataObject[];
		return tools.map(({ id, name, version, panel_section_name: section }) => ({ id, name, version, section }));
	});
}
