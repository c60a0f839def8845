import { OffsetGapError, placeOf, type StartPosition } from '@florin/messaging';
import { faultOf, sleep } from '@florin/runtime';
import type { EachBatchPayload } from 'kafkajs';
import type { BatchWork } from './batch-work.ts';
import { OffsetsUnknown } from './handler-failure.ts';

const RETRY_MS = 1_000;

type Batch = EachBatchPayload['batch'];

/**
 * Makes kafkajs start each partition at the stored offset of the consumer each time that it joins the group. kafkajs knows only
 * the broker's offsets: those of a group that was idle for a week have expired, and an instance of the previous release may have
 * moved them past a gap.
 *
 * @returns whether a batch may be handled; if not, its partition has been reset
 */
export function alignPartitions(work: BatchWork): (batch: Batch) => Promise<boolean> {
  const { driver, consumer, starts } = work;
  let join = newJoin(driver.readStartPositions);
  let hasJoined = false;
  consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
    // Before the first fetch, because a fetch from an offset outside the partition fails.
    if (!hasJoined) seekMoved(work, starts, memberAssignment);
    hasJoined = true;
    const current = newJoin(driver.readStartPositions);
    join = current;
    void alignIdle(work, { join: current, memberAssignment, isOver: () => join !== current });
  });
  return async (batch) => {
    const start = await join.startOf({ topic: batch.topic.slice(driver.prefix.length), partition: batch.partition });
    if (start === undefined || BigInt(fetchedOffsetOf(batch)) <= BigInt(start)) return true;
    driver.logger.warn('a partition goes back to the stored offset', { topic: batch.topic, partition: batch.partition, start });
    seek(work, { topic: batch.topic, partition: batch.partition, offset: start });
    return false;
  };
}

/** One membership: from a join of the group to the next. */
type Join = {
  /** Returns the start position of a partition, and undefined on later calls, when it is aligned. */
  startOf(partition: { topic: string; partition: number }): Promise<string | undefined>;
  /** Returns the start positions of the partitions that are not aligned yet. */
  starts(): Promise<StartPosition[]>;
};

function newJoin(read: () => Promise<StartPosition[]>): Join {
  const aligned = new Set<string>();
  let reading: Promise<StartPosition[]> | undefined;
  const readOnce = async (): Promise<StartPosition[]> => {
    reading ??= read();
    try {
      return await reading;
    } catch (error) {
      reading = undefined;
      throw error instanceof OffsetGapError ? error : new OffsetsUnknown((error as Error).message, { cause: error });
    }
  };
  return {
    async startOf(partition) {
      const place = placeOf(partition);
      if (aligned.has(place)) return undefined;
      const starts = await readOnce();
      aligned.add(place);
      return starts.find((start) => placeOf(start) === place)?.offset;
    },
    starts: async () => (await readOnce()).filter((start) => !aligned.has(placeOf(start))),
  };
}

type Idle = { join: Join; memberAssignment: Record<string, number[]>; isOver(): boolean };

/** Resets partitions without new messages too: they would deliver no batch that could reset them. */
async function alignIdle(work: BatchWork, { join, memberAssignment, isOver }: Idle): Promise<void> {
  const { driver, ending } = work;
  while (!isOver() && !ending.signal.aborted) {
    try {
      const starts = await join.starts();
      if (!isOver()) seekMoved(work, starts, memberAssignment);
      return;
    } catch (error) {
      if (error instanceof OffsetGapError) ending.reach(error);
      else driver.logger.warn('stored offsets cannot be read', faultOf(error));
      await sleep(RETRY_MS, ending.signal);
    }
  }
}

function seekMoved(work: BatchWork, starts: readonly StartPosition[], assignment: Record<string, number[]>): void {
  for (const { topic: name, partition, offset, isMoved } of starts) {
    const topic = work.driver.prefix + name;
    if (isMoved && assignment[topic]?.includes(partition)) seek(work, { topic, partition, offset });
  }
}

/** kafkajs throws if the consumer has just crashed. The next session then starts at the right offset. */
function seek({ consumer }: BatchWork, position: { topic: string; partition: number; offset: string }): void {
  try {
    consumer.seek(position);
  } catch {}
}

/** The offset of the fetch, which the types of kafkajs leave out. */
function fetchedOffsetOf(batch: Batch): string {
  return (batch as Batch & { fetchedOffset: string }).fetchedOffset;
}
