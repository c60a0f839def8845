import { sleep } from '@florin/runtime';
import type { TopicSetting } from './topic-settings.ts';

/** A topic whose records get the broker's time. Nothing reads them. */
const CLOCK_TOPIC = 'florin.clock';
/** Smallest retention in bytes. A record has about 80 bytes. */
const KEPT_MS = 3_600_000;
const KEPT_BYTES = 1_048_576;
/** Maximum time for disconnecting, so that an unresponsive broker does not delay the end of the process. */
const STOP_WITHIN_MS = 2_000;
/** Lets the broker choose the number of replicas. */
export const USUAL_REPLICATION = -1;

/** The clock topic of a platform, as a driver creates it. */
export type ClockTopic = { topic: string; replicationFactor: number; settings: readonly TopicSetting[] };

export function clockTopicOf(prefix: string, replicationFactor = USUAL_REPLICATION): ClockTopic {
  return {
    topic: prefix + CLOCK_TOPIC,
    replicationFactor,
    settings: [
      { name: 'message.timestamp.type', value: 'LogAppendTime' },
      { name: 'retention.ms', value: String(KEPT_MS) },
      { name: 'segment.ms', value: String(KEPT_MS) },
      { name: 'retention.bytes', value: String(KEPT_BYTES) },
      { name: 'segment.bytes', value: String(KEPT_BYTES) },
    ],
  };
}

export type BrokerClock = {
  /**
   * Reads the broker's clock, in milliseconds since 1970.
   *
   * @throws Error if the broker does not answer, or denies it
   */
  read(): Promise<number>;
  /** The broker's time: the last reading plus the time elapsed since. Undefined before the first reading. */
  nowMs(): number | undefined;
  disconnect(): Promise<void>;
};

/** A connection that appends empty records to the clock topic. */
export type ClockConnection = {
  /** Appends a record and returns its timestamp, in milliseconds since 1970; negative if the topic does not take the broker's time. */
  append(): Promise<number>;
  disconnect(): Promise<void>;
};

/**
 * Reads the broker's clock. Kafka has no request for it, but the broker stamps the records of a topic with
 * `message.timestamp.type=LogAppendTime` and returns that time to the producer. So a reading is an empty record.
 *
 * The driver connects with a client of its own, so that a reading waits for no batch of events, and a missing topic affects no
 * other client.
 */
export function createBrokerClock(prefix: string, connect: () => Promise<ClockConnection>): BrokerClock {
  let connection: Promise<ClockConnection> | undefined;
  let offsetMs: number | undefined;
  const connected = (): Promise<ClockConnection> => {
    connection ??= connect().catch((error: unknown) => {
      connection = undefined;
      throw error;
    });
    return connection;
  };
  return {
    async read() {
      const { append } = await connected();
      const startedAt = performance.now();
      const timeMs = await append();
      if (timeMs < 0) throw new Error(`Topic ${prefix}${CLOCK_TOPIC} needs message.timestamp.type=LogAppendTime.`);
      offsetMs = timeMs - (startedAt + performance.now()) / 2;
      return timeMs;
    },
    nowMs: () => (offsetMs === undefined ? undefined : Math.round(offsetMs + performance.now())),
    async disconnect() {
      const ended = connection?.then(({ disconnect }) => disconnect()).catch(() => {});
      await Promise.race([ended, sleep(STOP_WITHIN_MS)]);
    },
  };
}
