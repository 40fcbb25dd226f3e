/** A date, or a time of it, as ISO 8601 has them: the date, the time of day, the zone. */
const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[T ]([\d:.,]+)(Z|[+-]\d\d:?\d\d)?)?$/;

/** n8n gives dates as texts, expressions also as objects that JSON makes texts of. */
const textOf = (raw: unknown) => (raw instanceof Date ? JSON.stringify(raw).slice(1, -1) : String(raw).trim());

/** The day of a moment in a time zone, as YYYY-MM-DD; undefined when it is none. */
export function dayOf(raw: unknown, timezone: string): string | undefined {
	const written = textOf(raw);
	const [, date, , zone] = WRITTEN.exec(written) ?? [];
	if (date === undefined || !isDay(date)) return undefined;
	const moment = new Date(zone ? written : date);
	if (Number.isNaN(moment.getTime())) return undefined;
	// the en-CA form of a date is ISO's
	return zone ? new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(moment) : date;
}

/** A moment as ISO 8601 in UTC; what has no zone is meant in `timezone`. Undefined when it is none. */
export function momentOf(raw: unknown, timezone: string): string | undefined {
	const written = textOf(raw);
	const [, date, time = '00:00', zone] = WRITTEN.exec(written) ?? [];
	if (date === undefined || !isDay(date)) return undefined;
	const moment = new Date(zone ? written : `${date}T${time}Z`);
	if (Number.isNaN(moment.getTime())) return undefined;
	const ms = zone ? moment.getTime() : moment.getTime() - offsetOf(moment, timezone);
	return new Date(ms).toISOString();
}

/** ms that the clocks of a time zone are ahead of UTC when they show `local`. */
function offsetOf(local: Date, timezone: string): number {
	const shown = (utc: number) => Date.parse(`${new Date(utc).toLocaleString('sv-SE', { timeZone: timezone }).replace(' ', 'T')}Z`);
	const whole = Math.floor(local.getTime() / 1000) * 1000;
	// the offset at the moment itself, which may differ from the one at the same time in UTC
	const guess = shown(whole) - whole;
	return shown(whole - guess) - (whole - guess);
}

/** Whether a month has the day: JavaScript makes the 2nd of March of the 30th of February. */
function isDay(date: string): boolean {
	const moment = new Date(`${date}T00:00:00Z`);
	return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
}
