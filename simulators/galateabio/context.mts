import type { Lifecycle } from './lifecycle.mts';
import type { Sessions } from './sessions.mts';
import type { State } from './state.mts';
import type { Views } from './views.mts';

/** What the routes work with. */
export interface Context {
	state: State;
	views: Views;
	sessions: Sessions;
	lifecycle: Lifecycle;
	now: () => number;
}
