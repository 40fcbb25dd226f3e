import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';
import { ownOrganization } from './resources/organization';

/**
 * Throws a Problem when the own organization has fewer credits than `wanted` left: an order spends some, and is not
 * taken back. Without `orgs_ids` the service gives those of all organizations that the user may see.
 */
export async function checkCredits(connection: Connection, wanted: number): Promise<void> {
	const { id } = await ownOrganization(connection);
	const { results } = (await connection.send('GET credit/balance', { query: { orgs_ids: [String(id)] } })) as { results: IDataObject[] };
	const left = results.reduce((sum, { balance }) => sum + Number(balance ?? 0), 0);
	if (left >= wanted) return;
	throw new Problem(`Only ${left} credits are left`, { description: `"Minimum Credits" asks for ${wanted}. Buy credits, or lower it` });
}
