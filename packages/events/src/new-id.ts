import { v7 } from 'uuid';
import { takeRandom } from './take-random.ts';

/** The most that the time in an id of `newId` may be ahead of the clock that the process has. */
export const ID_AHEAD_MS = 5_000;

const BYTES = 16;
const ofClock = createSeries();
const ofTimes = createSeries();

/**
 * A new UUIDv7 (RFC 9562): time-ordered, so that rows keyed by it are inserted at the end of their index. Ids of one process sort
 * in the order in which they were made, as long as its clock goes back by no more than `ID_AHEAD_MS`. When it goes back further,
 * ids follow it: they would else stay ahead until the clock has caught up.
 */
export function newId(): string {
  const nowMs = Date.now();
  const isAhead = ofClock.lastMs > nowMs && ofClock.lastMs <= nowMs + ID_AHEAD_MS;
  return nextId(ofClock, isAhead ? ofClock.lastMs : nowMs);
}

/**
 * A new UUIDv7 of a given time, such as one that the database told: its row can then be found by that time along the index of its
 * id, whatever clock the process has. Ids of one time sort in the order in which they were made.
 */
export function newIdAt(time: Date): string {
  return nextId(ofTimes, time.getTime());
}

/** The ids of one millisecond count on from a random number. */
type Series = { lastMs: number; sequence: number };

function createSeries(): Series {
  return { lastMs: Number.NEGATIVE_INFINITY, sequence: 0 };
}

function nextId(series: Series, ms: number): string {
  const random = takeRandom(BYTES);
  if (series.lastMs === ms) {
    series.sequence = (series.sequence + 1) | 0;
    // All of 2^32 are used up: the time goes on instead.
    if (series.sequence === 0) series.lastMs++;
  } else {
    series.lastMs = ms;
    series.sequence = (((random[6] ?? 0) & 0x7f) << 24) | ((random[7] ?? 0) << 16) | ((random[8] ?? 0) << 8) | (random[9] ?? 0);
  }
  return v7({ random, msecs: series.lastMs, seq: series.sequence });
}
