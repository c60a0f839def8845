import { type Message, OffsetGapError, placeOf } from '@florin/messaging';
import { faultOf, sleep } from '@florin/runtime';
import type { EachBatchPayload } from 'kafkajs';
import { alignPartitions } from './align-partitions.ts';
import type { BatchWork } from './batch-work.ts';
import { HandlerFailure, OffsetsUnknown } from './handler-failure.ts';
import { pauseAfter } from './pause-after.ts';
import type { Ending } from './session.ts';

/**
 * Creates the `eachBatch` handler for kafkajs: passes messages on in batches of at most `batchSize`, and pauses the partition if
 * one fails.
 */
export function createBatchHandler(work: BatchWork): (payload: EachBatchPayload) => Promise<void> {
  const { session, ending } = work;
  const isAligned = alignPartitions(work);
  return async (payload) => {
    const place = placeOf(payload.batch);
    if (isPaused(payload, work)) return waitPaused(payload, work);
    try {
      if (!(await isAligned(payload.batch))) return;
      await handOver(payload, work);
      session.failures.delete(place);
      session.onProgress();
    } catch (error) {
      if (error instanceof OffsetGapError) ending.reach(error);
      else if (error instanceof HandlerFailure) restAfter(error, payload, work);
      else throw error;
    }
  };
}

function restAfter(error: HandlerFailure, payload: EachBatchPayload, { driver, session, ending }: BatchWork): void {
  const place = placeOf(payload.batch);
  const failures = (session.failures.get(place) ?? 0) + 1;
  session.failures.set(place, failures);
  // The handler logs its own errors.
  if (error instanceof OffsetsUnknown)
    driver.logger.warn('stored offsets cannot be read', { place, failures, ...faultOf(error) });
  rest(payload, { failures, ending });
}

async function handOver(payload: EachBatchPayload, work: BatchWork): Promise<void> {
  const { driver, session, ending } = work;
  const { batch, heartbeat, isRunning, isStale, resolveOffset, commitOffsetsIfNecessary } = payload;
  const { topic, partition, messages } = batch;
  const { batchSize, onBatch } = session.options;
  const isOver = (): boolean => ending.signal.aborted || !isRunning() || isStale();
  for (let start = 0; start < messages.length; start += batchSize) {
    if (isOver()) return;
    if (isPaused(payload, work)) return waitPaused(payload, work);
    const slice = messages.slice(start, start + batchSize);
    const handed = { topic: topic.slice(driver.prefix.length), partition, messages: slice.map(plainMessage) };
    try {
      await onBatch({ ...handed, heartbeat, isStale: isOver });
    } catch (error) {
      throw new HandlerFailure('The handler failed', { cause: error });
    }
    const last = slice.at(-1)?.offset ?? '0';
    resolveOffset(last);
    // Not consumer.commitOffsets: that silently does nothing while the consumer is being stopped.
    await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: nextOffset(last) }] }] });
    await heartbeat();
  }
}

function nextOffset(offset: string): string {
  return (BigInt(offset) + 1n).toString();
}

export function plainMessage(message: EachBatchPayload['batch']['messages'][number]): Message {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
  return { offset: message.offset, key: message.key, value: message.value, headers: Object.fromEntries(headers) };
}

function isPaused({ batch }: EachBatchPayload, { driver, session }: BatchWork): boolean {
  return session.pausedTopics.has(batch.topic.slice(driver.prefix.length));
}

/** Pauses a partition until an operator resumes its topic. Its messages are fetched again afterwards. */
function waitPaused({ batch, pause }: EachBatchPayload, { driver, session, ending }: BatchWork): void {
  const resume = pause();
  void session.pausedTopics.untilResumed(batch.topic.slice(driver.prefix.length), ending.signal).then(() => {
    if (!ending.signal.aborted) resume();
  });
}

/**
 * Pauses a failed partition; others continue. Its unresolved messages are fetched again afterwards. The `pause` of the payload
 * works even if the consumer has crashed meanwhile; `consumer.pause` and `consumer.resume` would throw.
 */
function rest({ pause }: EachBatchPayload, { failures, ending }: { failures: number; ending: Ending }): void {
  const resume = pause();
  void sleep(pauseAfter(failures), ending.signal).then(() => {
    if (!ending.signal.aborted) resume();
  });
}
