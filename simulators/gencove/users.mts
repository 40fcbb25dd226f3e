import { forbidden, notFound } from './errors.mts';
import type { User } from './records.mts';
import type { State } from './state.mts';

/** The user with an id. @param otherwise what is thrown when there is none; by default 404 */
export function userWith(state: State, id: string, otherwise: () => Error = notFound): User {
	const user = state.users.find((one) => one.id === id.toLowerCase());
	if (!user) throw otherwise();
	return user;
}

/** Whether a search for users finds one: by a part of name or address, or by id. */
export function matchesUser({ id, email, name }: User, search = ''): boolean {
	const wanted = search.toLowerCase();
	return id === wanted || email.includes(wanted) || name.toLowerCase().includes(wanted);
}

/** Refuses what only owners of the organization may do. @throws ApiError 403 */
export function ownersOnly({ role }: User): void {
	if (role !== 'owner') throw forbidden();
}
