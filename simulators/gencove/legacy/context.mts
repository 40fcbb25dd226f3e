import type { RawData } from './raw-data.mts';
import type { Sessions } from './sessions.mts';
import type { State } from './state.mts';
import type { Webhooks } from './webhooks.mts';

/** What the routes of generation 1 work with. */
export interface Context {
	state: State;
	sessions: Sessions;
	webhooks: Webhooks;
	rawData: RawData;
	/** ISO 8601 of milliseconds since 1970 */
	timestamp: (at: number) => string;
}
