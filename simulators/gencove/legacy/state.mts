import type { Clock } from '../../shared/clock.mts';
import type { Delivery, Project, Sample, User } from './records.mts';
import * as seeds from './seeds.mts';

/** Everything that generation 1 remembers, except sessions. */
export class State {
	users: User[] = [];
	projects: Project[] = [];
	samples: Sample[] = [];
	deliveries: Delivery[] = [];
	private readonly clock: Clock;

	constructor(clock: Clock) {
		this.clock = clock;
		this.reset();
	}

	reset(): void {
		this.users = seeds.users();
		this.projects = seeds.projects(this.clock.now());
		this.samples = seeds.samples(this.clock.now());
		this.deliveries = [];
	}

	addUser(given: Pick<User, 'email' | 'password' | 'name' | 'apiKey' | 'confirmId'>): User {
		const user = { id: nextId(this.users), credentialRequests: 0, ...given };
		this.users.push(user);
		return user;
	}

	addProject(given: Omit<Project, 'id' | 'createdAt'>): Project {
		const project = { id: nextId(this.projects), createdAt: this.clock.now(), ...given };
		this.projects.push(project);
		return project;
	}

	/** @param user who joins, null for a sample of the lab */
	addSample(project: Project, externalId: string, user: User | null): Sample {
		const sample = {
			id: nextId(this.samples),
			project: project.id,
			user: user?.id ?? null,
			externalId,
			participating: true,
			resultsAt: null,
			createdAt: this.clock.now(),
		};
		this.samples.push(sample);
		return sample;
	}

	addResults(sample: Sample): void {
		sample.resultsAt = this.clock.now();
	}

	samplesOf(project: Project): Sample[] {
		return this.samples.filter((sample) => sample.project === project.id);
	}
}

const nextId = (things: Array<{ id: number }>) => Math.max(...things.map(({ id }) => id)) + 1;
