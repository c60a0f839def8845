import type { KafkaAccess, Logger } from '@florin/runtime';

/** Maximum time of one request, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 15_000;
/** Maximum time for opening a connection, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 3_000;

/** The options of every driver. */
export type KafkaOptions = KafkaAccess & {
  clientId: string;
  /** Prefix of every topic and group, so that several platforms can share a broker. */
  prefix: string;
  /** Milliseconds without a heartbeat after which the broker reassigns a consumer's partitions. */
  sessionTimeoutMs: number;
  logger: Logger;
};
