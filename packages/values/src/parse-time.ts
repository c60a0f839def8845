const TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?([Zz]|[+-]\d\d:\d\d))?$/;
const FIRST_YEAR = 1;

export type TimeFault = 'form' | 'zone' | 'date' | 'year';

/**
 * Reads a time as RFC 3339 writes it, or a date alone, which is midnight UTC. Never depends on the zone of the process.
 *
 * @param text such as `2026-11-26T16:46:23Z`, `2026-11-26T17:46+01:00` or `2026-11-26`; fractions beyond milliseconds are cut off
 * @returns the time, or why there is none: `form`, `zone` (a time without one), `date` (no such day or hour), `year` (outside 1 to 9999)
 */
export function parseTime(text: string): Date | TimeFault {
  const [matched, date = '', hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z'] = TIME.exec(text) ?? [];
  if (matched === undefined) return TIME.test(`${text}Z`) ? 'zone' : 'form';
  if (Number(date.slice(0, 4)) < FIRST_YEAR) return 'year';
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const asUtc = `${date}T${hours}:${minutes}:${seconds}.${milliseconds}Z`;
  const utcMs = Date.parse(asUtc);
  // JavaScript moves 30 February into March.
  if (Number.isNaN(utcMs) || new Date(utcMs).toISOString() !== asUtc) return 'date';
  const offsetMs = offsetMsOf(zone);
  if (offsetMs === undefined) return 'zone';
  const time = new Date(utcMs - offsetMs);
  return time.getUTCFullYear() < FIRST_YEAR || time.getUTCFullYear() > 9999 ? 'year' : time;
}

function offsetMsOf(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
