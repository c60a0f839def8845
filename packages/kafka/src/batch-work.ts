import type { StartPosition } from '@florin/messaging';
import type { Consumer } from 'kafkajs';
import type { Ending, Session, SessionDriver } from './session.ts';

export type BatchWork = {
  driver: SessionDriver;
  session: Session;
  consumer: Consumer;
  /** The start position of each partition, read before the consumer joined its group. */
  starts: readonly StartPosition[];
  ending: Ending;
};
