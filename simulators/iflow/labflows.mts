import type { Clock } from '../shared/clock.mts';
import type { Labflow, Order, Project } from './records.mts';
import type { State } from './state.mts';

const STAGES = ['Creation', 'Analysis', 'Review', 'Sign Off', 'Completion'].map((name, position) => ({ code: name.toLowerCase().replace(' ', '_'), name, position }));

// where an order stands, by its status in any generation (contract, section 7.2)
const STAGE_OF: Record<string, number> = { created: 0, analyzing: 1, review: 2, ready_for_review: 2, reviewed: 2, sign_off: 3, signed_off: 3, completed: 4, amended: 4, cancelled: 4 };

/** The labflow of new orders of a project: its own, else none. */
export const labflowFor = ({ labflows }: State, { id }: Project): Labflow | undefined => [...labflows.values()].find(({ ownerId }) => ownerId === id);

/** The labflows of a project, the most specific scope first. */
export function labflowsOf({ labflows }: State, { id, orgId }: Project): Labflow[] {
	return [...labflows.values()].filter(({ ownerId }) => ownerId === null || ownerId === id || ownerId === orgId).reverse();
}

/** A definition as answers show it. */
export const labflowView = ({ ownerId: _ownerId, ...shown }: Labflow): object => ({
	...shown,
	stages: STAGES.map((stage) => ({ ...stage, browser_viewable: true, browser_editable: stage.position < 3, report_viewable: stage.position > 1, report_editable: stage.position === 2 })),
	transitions: STAGES.slice(1).map(({ code }, before) => ({ from: STAGES[before].code, to: code })),
});

/** Where an order stands in its labflow. */
export function stateView({ id, labflowId, status, lastTransition }: Order, clock: Clock): object {
	const { code, name } = STAGES[STAGE_OF[status]];
	const state = ['completed', 'amended'].includes(status) ? 'completed' : status === 'cancelled' ? 'skipped' : 'pending';
	return { order_id: id, labflow_id: labflowId, current_stage: { code, name, state, assigned_to: null }, last_transition: lastTransition && { ...lastTransition, at: clock.timestamp(lastTransition.at) } };
}
