import { randomUUID } from 'node:crypto';
import type { Bench } from './galaxy.mts';

/** A name that nobody has at the shared server. */
export const unique = (word: string): string => `${word}-${randomUUID().slice(0, 8)}`;

export const PASSWORD = 'first-password';

export interface Account {
	id: string;
	email: string;
	username: string;
}

/** A user of the test's own. */
export async function newUser(bench: Bench): Promise<Account> {
	const username = unique('ada');
	return await asAdmin<Account>(bench, 'POST users', { username, email: `${username}@example.org`, password: PASSWORD });
}

/** A call of Galaxy itself as its administrator. */
export const asAdmin = async <T,>(bench: Bench, line: string, body?: unknown): Promise<T> => await bench.galaxy<T>(line, body, bench.simulator.info.admin.key);
