// real milliseconds until a receiver counts as silent
const TIMEOUT_MS = 10_000;

/** What a receiver said, or why it said nothing. */
export interface Reaction {
	status?: number;
	/** text of its answer */
	message?: string;
	error?: string;
}

/** Posts a JSON body to a receiver of webhooks; follows no redirect. */
export async function send(url: string, body: string, headers: Record<string, string> = {}): Promise<Reaction> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
			redirect: 'manual',
			signal: AbortSignal.timeout(TIMEOUT_MS),
		});
		return { status: response.status, message: await response.text() };
	} catch (error) {
		const { message, cause } = error as Error;
		return { error: cause instanceof Error ? `${message}: ${cause.message}` : message };
	}
}
