import type { N8nRest } from '../test/n8n/rest.mts';
import type { N8nServer } from '../test/n8n/server.mts';

/** What all benches use: one n8n that has this package, with its owner signed in. */
export interface Context {
	n8n: N8nServer;
	rest: N8nRest;
	rounds: number;
}

/** One measurement against a named peer. */
export interface Bench {
	/** as given on the command line */
	name: string;
	/** what is measured against what, in one line */
	about: string;
	/** @returns the lines of the report */
	run(context: Context): Promise<string[]>;
}
