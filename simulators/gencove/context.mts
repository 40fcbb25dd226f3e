import type { Clock } from '../shared/clock.mts';
import type { Sessions } from './auth.mts';
import type { State } from './state.mts';
import type { Views } from './views.mts';
import type { Webhooks } from './webhooks.mts';

/** What the routes work with. */
export interface Context {
	state: State;
	sessions: Sessions;
	views: Views;
	webhooks: Webhooks;
	clock: Clock;
}
