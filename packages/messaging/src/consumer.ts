import { faultOf, gather, newId, runInContext } from '@florin/runtime';
import { boundKey } from './bound-key.ts';
import type { Broker, MessageBatch, Subscription } from './broker.ts';
import { TooManyDeadLetters } from './condemn-message.ts';
import { readOffsets } from './consumer-offsets.ts';
import { type HandleOptions, handlePieces, type Piece } from './handle-batch.ts';
import { topicsOf } from './subscriptions.ts';

export type ConsumerOptions = HandleOptions & {
  broker: Broker;
  batchSize: number;
  /** The consumer ended and will not come back by itself. */
  onFatal(error: Error): void;
};

export type Consumer = {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Throws, saying why, while the consumer does not consume: it has stopped for good, or is not in its group. */
  checkConsuming(): void;
  /** Throws, saying where and why, also while a partition cannot go on. */
  check(): void;
};

/** One transaction works while the other's commit is being written. */
const IN_FLIGHT = 2;
const MOST_PARTITIONS = 64;
const FAILURES_BEFORE_UNREADY = 3;
/** Tries are seconds apart: a partition not tried for so long has gone to another instance, and with it the trouble. */
const TROUBLE_LASTS_MS = 120_000;

/**
 * Handles the events that a service hears. What fails for a passing reason is tried again, with growing pauses, and holds its
 * partition until it passes; an event's own fault sets the event aside. Too many of those of one cause stop the consumer.
 */
export function createConsumer(options: ConsumerOptions): Consumer {
  const troubles = new Map<string, { reason: string; failures: number; at: number }>();
  let subscription: Subscription | undefined;
  let stopReason: string | undefined;

  const pieces = gather({
    inFlight: IN_FLIGHT,
    mostItems: MOST_PARTITIONS,
    mostWeight: options.batchSize,
    weightOf: ({ messages }: Piece) => messages.length,
    run: (set) => runInContext({ requestId: newId() }, () => handlePieces(options, set)),
  });

  const onBatch = async (batch: MessageBatch): Promise<void> => {
    if (stopReason !== undefined) throw new Error(stopReason);
    const place = `${batch.topic}/${batch.partition}`;
    try {
      const piece = { ...batch, messages: batch.messages.map(boundKey) };
      await pieces.add(piece);
      troubles.delete(place);
    } catch (error) {
      if (error instanceof TooManyDeadLetters) {
        stopReason = `stopped: ${error.message}`;
        options.logger.error('the consumer stops until the service is restarted', { reason: error.message });
      } else {
        const failures = (troubles.get(place)?.failures ?? 0) + 1;
        troubles.set(place, { reason: (error as Error).message, failures, at: Date.now() });
        options.logger.warn('batch failed, will be tried again', { place, failures, ...faultOf(error) });
      }
      throw error;
    }
  };

  const checkConsuming = (): void => {
    if (stopReason !== undefined) throw new Error(stopReason);
    subscription?.check();
  };

  return {
    async start() {
      subscription = await options.broker.subscribe({
        group: options.consumer,
        topics: topicsOf(options.subscriptions),
        batchSize: options.batchSize,
        onBatch,
        storedOffsets: () => readOffsets(options.db, options.consumer),
        onCrash: options.onFatal,
      });
    },
    async stop() {
      await subscription?.stop();
    },
    checkConsuming,
    check() {
      checkConsuming();
      for (const [place, { reason, failures, at }] of troubles) {
        // In either direction: when the clock is set back, the trouble must not last for as long.
        const isOver = Math.abs(Date.now() - at) > TROUBLE_LASTS_MS;
        if (!isOver && failures >= FAILURES_BEFORE_UNREADY) throw new Error(`${place} cannot go on: ${reason}`);
      }
    },
  };
}
