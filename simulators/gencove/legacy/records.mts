/** Generation 1 as the simulator holds it. Ids are whole numbers; times are milliseconds since 1970 on its clock. */
export interface User {
	id: number;
	email: string;
	password: string;
	name: string;
	apiKey: string;
	/** in the address that was mailed after a registration; null once it was opened */
	confirmId: string | null;
	/** how often upload credentials were asked for */
	credentialRequests: number;
}

/** Earlier names of the same thing are study and app. */
export interface Project {
	id: number;
	owner: number;
	name: string;
	href: string;
	description: string;
	enabled: boolean;
	discoverable: boolean;
	subsidyEnabled: boolean;
	/** empty: none */
	webhookUrl: string;
	createdAt: number;
}

/** Earlier names of the same thing are participant and member. */
export interface Sample {
	id: number;
	project: number;
	/** who joined the project, if it was a user; samples of a lab have none */
	user: number | null;
	externalId: string;
	participating: boolean;
	/** null until there are results */
	resultsAt: number | null;
	createdAt: number;
}

export interface Delivery {
	project: number;
	url: string;
	event: string;
	body: string;
	at: string;
	/** the receiver's answer, or why there was none */
	status?: number;
	error?: string;
}
