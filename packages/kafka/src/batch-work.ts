import type { StartPosition } from '@florin/messaging';
import type { Logger } from '@florin/runtime';
import type { Consumer, Kafka } from 'kafkajs';
import type { Ending, Session, SessionOptions } from './session.ts';

/** What a session of kafkajs needs. */
export type KafkajsSession = SessionOptions & { kafka: Kafka; logger: Logger };

export type BatchWork = {
  driver: KafkajsSession;
  session: Session;
  consumer: Consumer;
  /** The start position of each partition, read before the consumer joined its group. */
  starts: readonly StartPosition[];
  ending: Ending;
};
