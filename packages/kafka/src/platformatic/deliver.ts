import { OffsetGapError, type PartitionOffset, placeOf } from '@florin/messaging';
import { faultOf, sleep } from '@florin/runtime';
import type { GroupAssignment } from '@platformatic/kafka';
import type { KafkaOptions } from '../kafka-options.ts';
import { pauseAfter } from '../pause-after.ts';
import { type Session, type SessionOptions, track } from '../session.ts';
import { hasLeftGroup } from './faults.ts';
import { fetchRounds } from './fetch-rounds.ts';
import { createFetcher, type Fetched, type Place } from './topic-fetcher.ts';

const RETRY_MS = 1_000;

type Driver = KafkaOptions & SessionOptions;

/** The partitions of a member from one join of its group to the next. */
export type Assignment = {
  assignments: readonly GroupAssignment[];
  /** Aborts when the partitions may belong to another member, or the session ends. */
  signal: AbortSignal;
  commit(offset: PartitionOffset): Promise<void>;
};

/**
 * Delivers the messages of assigned partitions, from the offsets that the consumer's database stores, until the signal aborts.
 * Then it waits for the batches that are being handled.
 *
 * @throws OffsetGapError; the fault of a broker that stays away
 */
export async function deliver(driver: Driver, session: Session, assignment: Assignment): Promise<void> {
  const { assignments, signal } = assignment;
  const places = assignments.flatMap(({ topic, partitions }) => partitions.map((partition) => ({ topic, partition })));
  const positions = await readPositions(driver, signal);
  if (positions === undefined || places.length === 0) return;
  const fetcher = createFetcher(
    driver,
    assignments.map(({ topic }) => topic),
  );
  const close = (): void => void fetcher.close();
  signal.addEventListener('abort', close, { once: true });
  const holds = createHolds(driver, session);
  const delivery = { driver, session, assignment, positions, holds };
  try {
    await fetchRounds(fetcher, places, {
      signal,
      open: (led) =>
        led.filter((place) => !holds.isHeld(place)).map((place) => ({ ...place, offset: positions.get(placeOf(place)) ?? 0n })),
      handle: (fetched) => track(session.underWay, handle(delivery, fetched)),
    });
  } finally {
    signal.removeEventListener('abort', close);
    await Promise.allSettled(session.underWay);
    await fetcher.close();
  }
}

/** Reads the start position of every partition of the group; undefined if the signal aborts. */
async function readPositions(driver: Driver, signal: AbortSignal): Promise<Map<string, bigint> | undefined> {
  while (!signal.aborted) {
    try {
      const starts = await driver.readStartPositions();
      return new Map(
        starts.map(({ topic, partition, offset }) => [placeOf({ topic: driver.prefix + topic, partition }), BigInt(offset)]),
      );
    } catch (error) {
      if (error instanceof OffsetGapError) throw error;
      driver.logger.warn('stored offsets cannot be read', faultOf(error));
      await sleep(RETRY_MS, signal);
    }
  }
  return undefined;
}

type Holds = {
  isPaused(place: Place): boolean;
  /** Holds a partition back after a failure. */
  rest(place: Place): void;
  isHeld(place: Place): boolean;
};

/** Knows the partitions that are not fetched now: paused by an operator, or after a failure. */
function createHolds({ prefix }: Driver, { pausedTopics, failures }: Session): Holds {
  const restsUntil = new Map<string, number>();
  const isPaused = ({ topic }: Place): boolean => pausedTopics.has(topic.slice(prefix.length));
  return {
    isPaused,
    rest(place) {
      const count = (failures.get(placeOf(place)) ?? 0) + 1;
      failures.set(placeOf(place), count);
      restsUntil.set(placeOf(place), performance.now() + pauseAfter(count));
    },
    isHeld: (place) => isPaused(place) || performance.now() < (restsUntil.get(placeOf(place)) ?? 0),
  };
}

type Delivery = {
  driver: Driver;
  session: Session;
  assignment: Assignment;
  /** The next offset of each partition. */
  positions: Map<string, bigint>;
  holds: Holds;
};

async function handle(delivery: Delivery, fetched: Fetched): Promise<void> {
  const { session, assignment, positions, holds } = delivery;
  const { messages, next } = fetched;
  const { batchSize } = session.options;
  for (let start = 0; start < messages.length; start += batchSize) {
    if (assignment.signal.aborted || holds.isPaused(fetched)) return;
    if (!(await handleBatch(delivery, { ...fetched, messages: messages.slice(start, start + batchSize) }))) return;
  }
  positions.set(placeOf(fetched), next);
}

/** @returns whether the batch has been handled; if not, it is fetched again after a pause */
async function handleBatch({ driver, session, assignment, positions, holds }: Delivery, batch: Fetched): Promise<boolean> {
  const { topic, partition, messages } = batch;
  const { signal } = assignment;
  const place = placeOf(batch);
  try {
    await session.options.onBatch({
      topic: topic.slice(driver.prefix.length),
      partition,
      messages,
      // Heartbeats are sent in the background.
      heartbeat: async () => {},
      isStale: () => signal.aborted,
    });
  } catch {
    // The handler logs its own errors.
    holds.rest(batch);
    return false;
  }
  const next = BigInt(messages.at(-1)?.offset ?? 0) + 1n;
  positions.set(place, next);
  await commit(assignment, { topic, partition, offset: String(next) });
  session.failures.delete(place);
  session.onProgress();
  return true;
}

/**
 * Commits an offset. Does nothing if the consumer has left the group: the next member reads from the last offset.
 *
 * @throws the error of the broker
 */
async function commit({ signal, commit: send }: Assignment, offset: PartitionOffset): Promise<void> {
  try {
    await send(offset);
  } catch (error) {
    if (!signal.aborted && !hasLeftGroup(error)) throw error;
  }
}
