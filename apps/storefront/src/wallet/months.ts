const MAX_MONTHS = 120;

/**
 * Lists the months of statements, the newest first. Statements are of months in UTC.
 *
 * @param since when the account was created, RFC 3339
 */
export function monthsSince(since: string, now: Date): string[] {
  const first = since.slice(0, 7);
  const months: string[] = [];
  for (let month = now.toISOString().slice(0, 7); month >= first && months.length < MAX_MONTHS; month = monthBefore(month))
    months.push(month);
  return months;
}

/** Whether this is a month such as `2026-11` that has begun. */
export function isMonth(text: string, now: Date): boolean {
  return /^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/.test(text) && boundsOf(text).from <= now.toISOString();
}

/** Whether the month has not ended. */
export function isOpenMonth(month: string, now: Date): boolean {
  return now.toISOString() < boundsOf(month).to;
}

/** The first instant of a month and of the next one, in UTC. */
export function boundsOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return { from: new Date(Date.UTC(year, number - 1)).toISOString(), to: new Date(Date.UTC(year, number)).toISOString() };
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 2)).toISOString().slice(0, 7);
}
