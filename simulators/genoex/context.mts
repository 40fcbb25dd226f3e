import type { FastifyReply } from 'fastify';
import type { Jobs } from './jobs.mts';
import type { Login, ReceivedFile } from './records.mts';
import type { State } from './state.mts';

/** What the calls work with. */
export interface Context {
	state: State;
	jobs: Jobs;
	/** milliseconds since 1970, on the simulator's clock */
	now: () => number;
}

/** A request that came in the right shape, from a known login. */
export interface Call {
	login: Login;
	parameters: Record<string, unknown>;
	/** in the order of their arrival */
	files: ReceivedFile[];
}

/** Carries a call out; returns the answer's body. */
export type Handler = (call: Call, context: Context, reply: FastifyReply) => unknown;
