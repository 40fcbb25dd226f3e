import type { IDataObject } from 'n8n-workflow';

import { Problem } from '../shared/problem';
import type { Connection } from '../shared/request';

/** Throws a Problem when fewer credits than `wanted` are left: an order spends some, and is not taken back. */
export async function checkCredits(connection: Connection, wanted: number): Promise<void> {
	const { results } = (await connection.send('GET credit/balance')) as { results: IDataObject[] };
	const left = results.reduce((sum, { balance }) => sum + Number(balance ?? 0), 0);
	if (left >= wanted) return;
	throw new Problem(`Only ${left} credits are left`, { description: `"Minimum Credits" asks for ${wanted}. Buy credits, or lower it` });
}
