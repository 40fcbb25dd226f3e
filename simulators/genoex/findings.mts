const MOST = 1000;

/** What a job found wrong in a file, line by line. */
export class Findings {
	/** `line 3: ...`; at most 1000, with a last one that says that there are more */
	readonly list: string[] = [];

	add(line: number, texts: string[]): void {
		for (const text of texts) {
			if (this.list.length < MOST) this.list.push(`line ${line}: ${text}`);
			else if (this.list.length === MOST) this.list.push('there are more errors');
		}
	}
}
