import { v7 } from 'uuid';
import { takeRandom } from './take-random.ts';

/** Maximum milliseconds by which the time in an id may be ahead of the clock of the process. */
export const ID_AHEAD_MS = 5_000;

const BYTES = 16;
const ofClock = createSeries();
const ofTimes = createSeries();

/**
 * Makes a UUIDv7 (RFC 9562). It is ordered by time, so that new rows go to the end of their index. Ids of one process sort in
 * the order in which they were made, as long as its clock is not set back by more than `ID_AHEAD_MS`. If it is, ids follow the
 * clock, because otherwise they would be ahead until it has caught up.
 */
export function newId(): string {
  const nowMs = Date.now();
  const isAhead = ofClock.lastMs > nowMs && ofClock.lastMs <= nowMs + ID_AHEAD_MS;
  return nextId(ofClock, isAhead ? ofClock.lastMs : nowMs);
}

/**
 * Makes a UUIDv7 of a given time, such as the database's, so that rows can be found by that time along the index of their id.
 * Ids of the same time sort in the order in which they were made.
 */
export function newIdAt(time: Date): string {
  return nextId(ofTimes, time.getTime());
}

/** Counter of the ids of one millisecond, starting from a random number. */
type Series = { lastMs: number; sequence: number };

function createSeries(): Series {
  return { lastMs: Number.NEGATIVE_INFINITY, sequence: 0 };
}

function nextId(series: Series, ms: number): string {
  const random = takeRandom(BYTES);
  if (series.lastMs === ms) {
    series.sequence = (series.sequence + 1) | 0;
    // The 2^32 values of this millisecond are used up, so the time advances.
    if (series.sequence === 0) series.lastMs++;
  } else {
    series.lastMs = ms;
    series.sequence = (((random[6] ?? 0) & 0x7f) << 24) | ((random[7] ?? 0) << 16) | ((random[8] ?? 0) << 8) | (random[9] ?? 0);
  }
  return v7({ random, msecs: series.lastMs, seq: series.sequence });
}
