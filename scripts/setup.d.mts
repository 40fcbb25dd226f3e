/** Where things are, or will be once `setup` was asked for them. */
export interface Paths {
	/** executable of the project's Node 24 */
	node: string;
	/** n8n's start script, to be run with `node` */
	n8n: string;
	/** GalateaBio's command-line client */
	octo: string;
	/** Gencove's command-line client */
	gencove: string;
	/** iFlow's command-line client of today, and its first one */
	iflow: string;
	flow: string;
	/** Python environment of a real Galaxy */
	galaxy: string;
	/** this package as `npm pack` makes it */
	tarball: string;
	/** executable; absent where the machine has none */
	chromium?: string;
}

/** What is wanted beside the project's own packages. */
export interface Wanted {
	n8n?: boolean;
	octo?: boolean;
	gencove?: boolean;
	iflow?: boolean;
	flow?: boolean;
	galaxy?: boolean;
	tarball?: boolean;
	chromium?: boolean;
}

export class SetupError extends Error {}

/** Where things are, whether they are there or not. */
export function paths(): Paths;

/**
 * Installs and builds what is wanted and not there yet.
 *
 * @throws SetupError when the machine lacks something; the message has a line for each
 */
export function setup(wanted?: Wanted): Promise<Paths>;
