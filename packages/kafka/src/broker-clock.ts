import { sleep } from '@florin/runtime';
import kafkajs, { type Admin, type Kafka, type Producer } from 'kafkajs';
import { clientOf, type KafkajsOptions, untilLed } from './kafkajs-broker.ts';

const { Partitioners } = kafkajs;

/** Its records are stamped by the broker, and nobody reads them. */
const CLOCK_TOPIC = 'florin.clock';
/** The least that a broker of ours keeps of it: a record has some 80 bytes. */
const KEPT_MS = 3_600_000;
const KEPT_BYTES = 1_048_576;
/** A broker that does not answer must not hold up the end of a process. */
const STOP_WITHIN_MS = 2_000;
/** What the broker chooses. */
const USUAL_REPLICATION = -1;

export type BrokerClock = {
  /** Asks the broker for its time, in milliseconds. Throws where it does not answer, or may not be asked. */
  read(): Promise<number>;
  /** The broker's time, as of the last answer and what has passed since; undefined before the first. */
  nowMs(): number | undefined;
  disconnect(): Promise<void>;
};

/**
 * Reads the broker's clock. Kafka has no request for it; but a topic with `message.timestamp.type=LogAppendTime` is stamped by the
 * broker, and it tells that time in its answer to whoever writes. So a clock reading is an empty record.
 *
 * With a client of its own, so that a reading waits for no batch of events, and a topic that is missing is no other client's trouble.
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
    // Before anything is written: kafkajs asks for a topic that is missing again and again, and logs each time.
    if (!(await admin.listTopics()).includes(prefix + CLOCK_TOPIC)) await createClockTopic(admin, prefix);
    await untilLed(admin, [prefix + CLOCK_TOPIC]);
  } finally {
    await admin.disconnect();
  }
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  await producer.connect();
  return producer;
}

/** Creates the topic that clocks are compared by, where it is missing. */
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
