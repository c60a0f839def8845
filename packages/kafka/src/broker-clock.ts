import { sleep } from '@florin/runtime';
import kafkajs, { type Admin, type Kafka, type Producer } from 'kafkajs';
import { clientOf, type KafkajsOptions } from './kafkajs-client.ts';
import { untilLed } from './until-led.ts';

const { Partitioners } = kafkajs;

/** A topic whose records get the broker's time. Nothing reads them. */
const CLOCK_TOPIC = 'florin.clock';
/** Smallest retention in bytes. A record has about 80 bytes. */
const KEPT_MS = 3_600_000;
const KEPT_BYTES = 1_048_576;
/** Maximum time for disconnecting, so that an unresponsive broker does not delay the end of the process. */
const STOP_WITHIN_MS = 2_000;
/** Lets the broker choose the timestamp. */
const USUAL_REPLICATION = -1;

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

/**
 * Reads the broker's clock. Kafka has no request for it, but the broker stamps the records of a topic with
 * `message.timestamp.type=LogAppendTime` and returns that time to the producer. So a reading is an empty record.
 *
 * Uses a client of its own, so that a reading waits for no batch of events, and a missing topic affects no other client.
 */
export function createBrokerClock(options: KafkajsOptions): BrokerClock {
  const topic = options.prefix + CLOCK_TOPIC;
  const kafka = clientOf(options);
  let producer: Promise<Producer> | undefined;
  let offsetMs: number | undefined;
  const connected = (): Promise<Producer> => {
    producer ??= connect(kafka, options).catch((error: unknown) => {
      producer = undefined;
      throw error;
    });
    return producer;
  };
  return {
    async read() {
      const connection = await connected();
      const startedAt = performance.now();
      const [answer] = await connection.send({ topic, acks: 1, messages: [{ value: '' }] });
      const timeMs = Number(answer?.logAppendTime ?? -1);
      if (timeMs < 0) throw new Error(`Topic ${topic} needs message.timestamp.type=LogAppendTime.`);
      offsetMs = timeMs - (startedAt + performance.now()) / 2;
      return timeMs;
    },
    nowMs: () => (offsetMs === undefined ? undefined : Math.round(offsetMs + performance.now())),
    async disconnect() {
      const ended = producer?.then((connection) => connection.disconnect()).catch(() => {});
      await Promise.race([ended, sleep(STOP_WITHIN_MS)]);
    },
  };
}

async function connect(kafka: Kafka, { prefix }: KafkajsOptions): Promise<Producer> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    // Before the first write: kafkajs requests a missing topic again and again, and logs each time.
    if (!(await admin.listTopics()).includes(prefix + CLOCK_TOPIC)) await createClockTopic(admin, prefix);
    await untilLed(admin, [prefix + CLOCK_TOPIC]);
  } finally {
    await admin.disconnect();
  }
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  await producer.connect();
  return producer;
}

/** Creates the clock topic if it is missing. */
export async function createClockTopic(admin: Admin, prefix: string, replicationFactor = USUAL_REPLICATION): Promise<void> {
  await admin.createTopics({
    waitForLeaders: false,
    topics: [
      {
        topic: prefix + CLOCK_TOPIC,
        numPartitions: 1,
        replicationFactor,
        configEntries: [
          { name: 'message.timestamp.type', value: 'LogAppendTime' },
          { name: 'retention.ms', value: String(KEPT_MS) },
          { name: 'segment.ms', value: String(KEPT_MS) },
          { name: 'retention.bytes', value: String(KEPT_BYTES) },
          { name: 'segment.bytes', value: String(KEPT_BYTES) },
        ],
      },
    ],
  });
}
