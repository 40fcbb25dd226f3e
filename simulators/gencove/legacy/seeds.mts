import type { Project, Sample, User } from './records.mts';

// the same at each start, so that a credential saved in n8n stays good; a key has 36 characters
export const API_KEY = 'simulated-gencove-legacy-api-key-001';
export const LOGIN = { email: 'legacy@example.org', password: 'simulated-password' };

const user = (id: number, more: Pick<User, 'email' | 'apiKey' | 'name'>): User => ({ id, password: LOGIN.password, confirmId: null, credentialRequests: 0, ...more });

/** The first owns the projects that `API_KEY` sees; the second one's must stay hidden from it. */
export const users = (): User[] => [
	user(1, { email: LOGIN.email, apiKey: API_KEY, name: 'Simulated Owner' }),
	user(2, { email: 'stranger@example.org', apiKey: 'simulated-gencove-legacy-api-key-002', name: 'Simulated Stranger' }),
];

const project = (id: number, owner: number, name: string, at: number, enabled = true): Project => ({
	id,
	owner,
	name,
	href: `https://example.org/projects/${id}`,
	description: `${name}, simulated`,
	enabled,
	discoverable: true,
	subsidyEnabled: false,
	webhookUrl: '',
	createdAt: at,
});

export const projects = (at: number): Project[] => [
	project(101, 1, 'Simulated Cohort', at),
	project(102, 1, 'Simulated Herd', at, false),
	project(201, 2, 'Project of a stranger', at),
];

const sample = (id: number, project: number, externalId: string, at: number, hasResults = true): Sample => ({
	id,
	project,
	user: null,
	externalId,
	participating: true,
	resultsAt: hasResults ? at : null,
	createdAt: at,
});

/** Two samples share an external id, and one has no results yet. */
export const samples = (at: number): Sample[] => [
	sample(1001, 101, 'PLATE1-A01', at),
	sample(1002, 101, 'PLATE1-B01', at),
	sample(1003, 101, 'PLATE1-B01', at),
	sample(1004, 101, 'PLATE1-C01', at, false),
	sample(1005, 102, 'COW-7', at),
	sample(2001, 201, 'STRANGE-1', at),
];
