import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../shared/clock.mts';
import type { Access } from './access.mts';
import type { User } from './records.mts';
import type { Runs } from './runs.mts';
import type { State } from './state.mts';
import type { Storage } from './storage.mts';
import type { Views } from './views.mts';

/** What the calls work with. */
export interface Context {
	state: State;
	access: Access;
	views: Views;
	runs: Runs;
	storage: Storage;
	clock: Clock;
}

export type Layout = 'services' | 'gateway';

/** A request from a known user, and where it came to. */
export interface Call {
	/** not set where a call is for everybody, or came with the internal token */
	user: User;
	layout: Layout;
	/** whether runs were called analyses */
	saysAnalyses: boolean;
	params: Record<string, string>;
	query: Record<string, string | undefined>;
	headers: FastifyRequest['headers'];
	body: unknown;
	/** scheme and host as the caller knows them */
	base: string;
	reply: FastifyReply;
}

/** Carries a call out; returns the answer's body. */
export type Handler = (call: Call, context: Context) => unknown;
