import type { StartPosition, SubscribeOptions } from '@florin/messaging';
import type { Logger } from '@florin/runtime';
import type { Kafka } from 'kafkajs';
import type { PausedTopics } from './paused-topics.ts';

export type SessionDriver = {
  kafka: Kafka;
  prefix: string;
  sessionTimeoutMs: number;
  logger: Logger;
  /** @throws OffsetGapError */
  readStartPositions(): Promise<StartPosition[]>;
};

export type Session = {
  options: SubscribeOptions;
  signal: AbortSignal;
  pausedTopics: PausedTopics;
  /** Consecutive failures of each partition, across sessions. */
  failures: Map<string, number>;
  /** Batches being handled; `stop` waits for them. */
  underWay: Set<Promise<void>>;
  onJoined(): void;
  /** Called when a batch has been handled and its offset committed. */
  onProgress(): void;
};

/** How one session ends. */
export type Ending = {
  /** Resolves when the session is stopped; rejects with the error that ended it. */
  reached: Promise<void>;
  /** Aborted when the session ends. */
  signal: AbortSignal;
  /** Ends the session, with an error unless it was stopped. */
  reach(error?: Error): void;
};
