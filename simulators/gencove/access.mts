import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../shared/clock.mts';
import type { Project, Step, User } from './records.mts';
import { LOGIN } from './seeds.mts';

/** Roles and what they may, by what they apply to; the names beside `owner` are not published. */
export const ROLES = {
	organization: {
		owner: ['organization_update', 'invitation_create', 'project_create', 'upload_create'],
		member: ['project_create', 'upload_create'],
	},
	project: {
		owner: ['project_update', 'project_delete', 'project_samples_add', 'project_users_add'],
		analyst: ['project_samples_add', 'project_read'],
		viewer: ['project_read'],
	},
};

export const SHARE_LEVELS = ['viewer', 'analyst'] as const;

/** A role that a user was given in one project. */
export interface ProjectRole {
	id: string;
	projectId: string;
	userId: string;
	name: string;
}

/** A project shown to a user of another organization. */
export interface Share {
	id: string;
	projectId: string;
	withEmail: string;
	byEmail: string;
	level: (typeof SHARE_LEVELS)[number];
	history: Step[];
}

export interface Invitation {
	id: string;
	email: string;
	role: string;
	token: string;
	/** who invites: this organization, or another one */
	organization: { id: string; name: string };
	history: Array<Omit<Step, 'note'> & { actor: Pick<User, 'id' | 'name'> }>;
	expiresAt: number;
}

// not published
const INVITATION_MS = 7 * 24 * 3_600_000;

/** What another organization sends to the seeded user, the same at each start. */
export const INVITATION_TOKEN = 'simulatedinvitation0000000000001';
const OTHER_ORGANIZATION = { id: '20000000-0000-4000-8000-000000000002', name: 'Another Laboratory' };

/** Who may see what: roles in projects, shares, invitations. */
export class Access {
	roles: ProjectRole[] = [];
	shares: Share[] = [];
	invitations: Invitation[] = [];
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
		this.reset();
	}

	reset(): void {
		this.roles = [];
		this.shares = [];
		this.invitations = [];
		const stranger = { id: '10000000-0000-4000-8000-000000000099', name: 'Somebody Else' };
		this.invite({ email: LOGIN.email, role: 'member', organization: OTHER_ORGANIZATION, actor: stranger, token: INVITATION_TOKEN });
	}

	/** Gives a user a role in a project, in place of the one before. */
	addRole(project: Project, userId: string, name: string): ProjectRole {
		const role = { id: randomUUID(), projectId: project.id, userId, name };
		this.roles = [...this.roles.filter((one) => one.projectId !== project.id || one.userId !== userId), role];
		return role;
	}

	share(project: Project, { withEmail, byEmail, level }: Pick<Share, 'withEmail' | 'byEmail' | 'level'>): Share {
		const share = { id: randomUUID(), projectId: project.id, withEmail, byEmail, level, history: [this.step('shared')] };
		this.shares.push(share);
		project.shared = true;
		return share;
	}

	/** Ends a share. */
	unshare(share: Share, status: 'revoked' | 'exited', projects: Map<string, Project>): void {
		share.history.push(this.step(status));
		const project = projects.get(share.projectId);
		if (project) project.shared = this.shares.some((one) => one.projectId === project.id && isShared(one));
	}

	invite({ email, role, organization, actor, token = randomBytes(16).toString('hex') }: Pick<Invitation, 'email' | 'role' | 'organization'> & { actor: Pick<User, 'id' | 'name'>; token?: string }): Invitation {
		const { note: _, ...step } = this.step('pending');
		const invitation = { id: randomUUID(), email, role, token, organization, history: [{ ...step, actor }], expiresAt: this.clock.now() + INVITATION_MS };
		this.invitations.push(invitation);
		return invitation;
	}

	/** Moves an invitation on. */
	decide(invitation: Invitation, status: 'accepted' | 'revoked', actor: Pick<User, 'id' | 'name'>): void {
		const { note: _, ...step } = this.step(status);
		invitation.history.push({ ...step, actor });
	}

	/** Where an invitation stands; time alone makes a pending one expired. */
	statusOf({ history, expiresAt }: Invitation): string {
		const { status } = history.at(-1)!;
		return status === 'pending' && expiresAt <= this.clock.now() ? 'expired' : status;
	}

	private step(status: string): Step {
		return { id: randomUUID(), status, note: '', at: this.clock.now() };
	}
}

export const isShared = ({ history }: Share): boolean => history.at(-1)!.status === 'shared';
