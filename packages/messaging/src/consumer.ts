import { newId } from '@florin/database';
import { createBatcher, faultOf, runInContext } from '@florin/runtime';
import type { Broker, MessageBatch, Subscription } from './broker.ts';
import { readOffsets } from './consumer-offsets.ts';
import { TooManyDeadLetters } from './dead-letter-message.ts';
import { type HandleOptions, handlePartitionBatches, type PartitionBatch } from './handle-batch.ts';
import { hashLongKey } from './hash-long-key.ts';
import { UnknownSigningKey } from './is-poison.ts';
import { topicsOf } from './subscriptions.ts';

export type ConsumerOptions = HandleOptions & {
  broker: Broker;
  batchSize: number;
  /** Called with the number of messages of each transaction. */
  onBatch?(messages: number): void;
  /** Called when the consumer has ended and will not restart by itself. */
  onFatal(error: Error): void;
};

export type Consumer = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether the consumer has ended by a failure, until the service is restarted. */
  hasStopped(): boolean;
  /** Whether a message was signed with a key that this process lacks. */
  lacksKey(): boolean;
  /** Pauses these topics and resumes all others, also before the start. Events of a paused topic wait in the broker. */
  setPaused(topics: readonly string[]): void;
  /** The paused topics. */
  paused(): readonly string[];
  /** @throws Error with the reason, while the consumer has stopped for good, is not in its group, or lacks a signing key */
  checkConsuming(): void;
  /** @throws Error with the partition and the reason, also while a partition is blocked */
  check(): void;
};

/** One transaction runs while the other commits. */
const MAX_IN_FLIGHT = 2;
const MAX_PARTITIONS = 64;
const FAILURES_BEFORE_UNREADY = 3;
/** Retries are seconds apart. A partition without a retry for this long has moved to another instance. */
const FAILURE_EXPIRES_MS = 120_000;

/**
 * Handles the events that a service subscribes to. A transient failure blocks its partition and is retried, with growing pauses.
 * A poison message is dead-lettered. Too many dead letters with one cause stop the consumer.
 */
export function createConsumer(options: ConsumerOptions): Consumer {
  const failing = new Map<string, Failing>();
  let subscription: Subscription | undefined;
  let stopReason: string | undefined;
  let paused: readonly string[] = [];

  const batcher = createBatcher({
    maxInFlight: MAX_IN_FLIGHT,
    maxItems: MAX_PARTITIONS,
    maxWeight: options.batchSize,
    weightOf: ({ messages }: PartitionBatch) => messages.length,
    run(batches) {
      options.onBatch?.(batches.reduce((sum, { messages }) => sum + messages.length, 0));
      return runInContext({ requestId: newId() }, () => handlePartitionBatches(options, batches));
    },
  });

  const onBatch = async (batch: MessageBatch): Promise<void> => {
    if (stopReason !== undefined) throw new Error(stopReason);
    const place = `${batch.topic}/${batch.partition}`;
    try {
      await batcher.add({ ...batch, messages: batch.messages.map(hashLongKey) });
      failing.delete(place);
    } catch (error) {
      if (error instanceof TooManyDeadLetters) {
        stopReason = `stopped: ${error.message}`;
        options.logger.error('the consumer stops until the service is restarted', { reason: error.message });
      } else {
        const failures = (failing.get(place)?.failures ?? 0) + 1;
        const lacksKey = error instanceof UnknownSigningKey;
        failing.set(place, { reason: (error as Error).message, failures, at: Date.now(), lacksKey });
        options.logger.warn('batch failed, will be retried', { place, failures, ...faultOf(error) });
      }
      throw error;
    }
  };

  const findLackingKey = (): string | undefined => {
    for (const [place, fault] of failing) if (fault.lacksKey && !hasExpired(fault)) return `${place} waits: ${fault.reason}`;
    return undefined;
  };
  const checkConsuming = (): void => {
    if (stopReason !== undefined) throw new Error(stopReason);
    subscription?.check();
    const waiting = findLackingKey();
    if (waiting !== undefined) throw new Error(waiting);
  };

  return {
    async start() {
      subscription = await options.broker.subscribe({
        group: options.consumer,
        topics: topicsOf(options.subscriptions),
        batchSize: options.batchSize,
        paused,
        onBatch,
        storedOffsets: () => readOffsets(options.db, options.consumer),
        onCrash(error) {
          stopReason = `stopped: ${error.message}`;
          options.onFatal(error);
        },
      });
      // The pause may have changed while it joined.
      subscription.setPaused(paused);
    },
    async stop() {
      await subscription?.stop();
    },
    lacksKey: () => findLackingKey() !== undefined,
    hasStopped: () => stopReason !== undefined,
    setPaused(topics) {
      paused = topics;
      subscription?.setPaused(topics);
    },
    paused: () => paused,
    checkConsuming,
    check() {
      checkConsuming();
      for (const [place, fault] of failing) {
        if (!hasExpired(fault) && fault.failures >= FAILURES_BEFORE_UNREADY)
          throw new Error(`${place} is blocked: ${fault.reason}`);
      }
    },
  };
}

/** `lacksKey`: the fault of this instance's settings, so that it is not ready. */
type Failing = { reason: string; failures: number; at: number; lacksKey: boolean };

/** In both directions: a failure must also expire when the clock is set back. */
function hasExpired({ at }: Failing): boolean {
  return Math.abs(Date.now() - at) > FAILURE_EXPIRES_MS;
}
