import { locator, text, type Place } from '../shared/field';
import { ID_PLACEHOLDER } from './fields';

/** A user of the organization. */
export const userIn = <const P extends Place>(place: P) => locator('User', { list: 'searchUsers', place, wire: 'user', required: true, idPlaceholder: ID_PLACEHOLDER, description: 'A user of your organization' });

/** Roles go by their names. */
const role = (list: string) => ({ list, idPlaceholder: 'e.g. viewer' });

export const organizationRole = locator('Role', { ...role('searchOrganizationRoles'), required: true, description: 'What the user may do in the organization' });
export const projectRole = locator('Role', { ...role('searchProjectRoles'), required: true, description: 'What the user may do in the project' });

/** The role that one who is invited will have; Gencove chooses one when it is not given. */
export const invitedRole = locator('Role', { ...role('searchOrganizationRoles'), description: 'What the user may do in the organization' });

export const searchUser = text('Search', { description: 'Part of the name or of the email address' });
