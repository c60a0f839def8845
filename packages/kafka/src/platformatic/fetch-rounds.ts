import { sleep } from '@florin/runtime';
import { isUnknownTopic, mayPass } from './faults.ts';
import { type Fetched, type Place, type Position, type TopicFetcher, TopicReplaced } from './topic-fetcher.ts';

const MAX_FAILURES = 4;
const RETRY_MS = 200;
/** How often it looks for a partition that may be fetched, while there is none. */
const HELD_POLL_MS = 100;

export type Rounds = {
  signal: AbortSignal;
  /** The positions of those partitions that may be fetched now. */
  open(places: readonly Place[]): Position[];
  /** Handles messages of one partition. A rejection ends the round of all leaders. */
  handle(fetched: Fetched): Promise<void>;
  /** Called after each fetch, also after one without messages. */
  onFetch?(): void;
};

/**
 * Reads partitions until the signal aborts. Each leader is read in rounds of its own: fetch, handle all partitions, fetch again.
 * A moved leader or a lost connection is retried a few times. Other faults end the rounds, so that the caller checks its
 * positions: a topic may have been created anew.
 *
 * @throws the fault
 */
export async function fetchRounds(fetcher: TopicFetcher, places: readonly Place[], rounds: Rounds): Promise<void> {
  let failures = 0;
  const onFetch = (): void => {
    failures = 0;
    rounds.onFetch?.();
  };
  while (!rounds.signal.aborted) {
    try {
      await readLeaders(fetcher, places, { ...rounds, onFetch });
    } catch (error) {
      if (rounds.signal.aborted) return;
      failures++;
      if (failures > MAX_FAILURES || !mayContinue(error)) throw error;
      await sleep(RETRY_MS * failures, rounds.signal);
    }
  }
}

/** Ends all leaders' rounds when one of them fails. */
async function readLeaders(fetcher: TopicFetcher, places: readonly Place[], rounds: Rounds): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([rounds.signal, failed.signal]);
  const leaders = await fetcher.findLeaders(places);
  const reading = [...leaders].map(([leader, led]) =>
    readLeader(fetcher, { leader, led }, { ...rounds, signal }).catch((error: unknown) => {
      failed.abort();
      throw error;
    }),
  );
  await untilAllSettled(reading);
}

/** As `Promise.all`, but waits for all: no partition may be fetched again while its messages are being handled. */
async function untilAllSettled(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

async function readLeader(
  fetcher: TopicFetcher,
  { leader, led }: { leader: number; led: readonly Place[] },
  { signal, open, handle, onFetch }: Rounds,
): Promise<void> {
  while (!signal.aborted) {
    const positions = open(led);
    if (positions.length === 0) {
      await sleep(HELD_POLL_MS, signal);
      continue;
    }
    const fetched = await fetcher.fetch(leader, positions);
    if (signal.aborted) return;
    onFetch?.();
    await untilAllSettled(fetched.map(handle));
  }
}

/** A missing or unknown topic may be a new one by now, in which the positions mean other messages. */
function mayContinue(error: unknown): boolean {
  return mayPass(error) && !isUnknownTopic(error) && !(error instanceof TopicReplaced);
}
