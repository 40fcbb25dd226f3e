import type { Credits } from './credits.mts';
import type { Lifecycle } from './lifecycle.mts';
import type { SecondFactor } from './second-factor.mts';
import type { Sessions } from './sessions.mts';
import type { SftpAccess } from './sftp.mts';
import type { State } from './state.mts';
import type { Views } from './views.mts';
import type { Webhooks } from './webhooks.mts';

/** What the routes work with. */
export interface Context {
	state: State;
	views: Views;
	sessions: Sessions;
	secondFactor: SecondFactor;
	lifecycle: Lifecycle;
	webhooks: Webhooks;
	credits: Credits;
	/** of organizations whose credits the users may see besides their own */
	otherCredits: Credits[];
	sftp: SftpAccess;
	now: () => number;
}
