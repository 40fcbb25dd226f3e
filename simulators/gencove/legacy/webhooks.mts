import type { Clock } from '../../shared/clock.mts';
import { send } from '../../shared/deliver.mts';
import type { Delivery, Project, Sample } from './records.mts';
import type { State } from './state.mts';

/** Sends the events of generation 1: an object, unsigned, once (Gencove docs, first generation). */
export class Webhooks {
	private readonly state: State;
	private readonly clock: Clock;

	constructor(state: State, clock: Clock) {
		this.state = state;
		this.clock = clock;
	}

	/** Whether a receiver takes the event `test`, as a URL must that is to be set. */
	async validate(project: Project, url: string): Promise<boolean> {
		const { status = 0 } = await this.send(project, url, 'test', {});
		return status >= 200 && status < 300;
	}

	/** New data of a sample can be fetched. */
	async resultsReady(project: Project, { id: sample_id, externalId: external_id }: Sample): Promise<void> {
		await this.announce(project, 'project_sample_results_ready', { project_id: project.id, sample_id, external_id });
	}

	/** A sample joined the project, or left it. */
	async joined(project: Project, { id: sample_id, externalId: external_id, participating }: Sample): Promise<void> {
		await this.announce(project, 'project_sample_join', { project_id: project.id, sample_id, external_id, subsidy_in_cents: 0, participating, jwt_log: '' });
	}

	private async announce(project: Project, event: string, data: object): Promise<void> {
		if (project.enabled && project.webhookUrl !== '') await this.send(project, project.webhookUrl, event, data);
	}

	private async send(project: Project, url: string, event: string, data: object): Promise<Delivery> {
		const body = JSON.stringify({ event, data });
		const delivery: Delivery = { project: project.id, url, event, body, at: this.clock.timestamp() };
		const { status, error } = await send(url, body);
		Object.assign(delivery, { status, error });
		this.state.deliveries.push(delivery);
		return delivery;
	}
}
