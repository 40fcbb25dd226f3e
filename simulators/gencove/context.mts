import type { Clock } from '../shared/clock.mts';
import type { Access } from './access.mts';
import type { Accounts } from './accounts.mts';
import type { Sessions } from './auth.mts';
import type { Forms } from './forms.mts';
import type { Lifecycle } from './lifecycle.mts';
import type { Storage } from './s3/storage.mts';
import type { State } from './state.mts';
import type { Views } from './views.mts';
import type { Webhooks } from './webhooks.mts';

/** What the routes work with. */
export interface Context {
	state: State;
	sessions: Sessions;
	views: Views;
	webhooks: Webhooks;
	lifecycle: Lifecycle;
	storage: Storage;
	forms: Forms;
	access: Access;
	accounts: Accounts;
	clock: Clock;
}
