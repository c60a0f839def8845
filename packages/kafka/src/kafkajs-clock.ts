import kafkajs, { type Admin } from 'kafkajs';
import { type ClockConnection, clockTopicOf } from './broker-clock.ts';
import type { KafkaOptions } from './kafka-options.ts';
import { clientOf } from './kafkajs-client.ts';
import { untilLed } from './until-led.ts';

const { Partitioners } = kafkajs;

/** Connects kafkajs to the clock topic, which it creates if it is missing. */
export async function connectKafkajsClock(options: KafkaOptions): Promise<ClockConnection> {
  const kafka = clientOf(options);
  const { topic } = clockTopicOf(options.prefix);
  const admin = kafka.admin();
  await admin.connect();
  try {
    // Before the first write: kafkajs requests a missing topic again and again, and logs each time.
    if (!(await admin.listTopics()).includes(topic)) await createClockTopic(admin, options.prefix);
    await untilLed(admin, [topic]);
  } finally {
    await admin.disconnect();
  }
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  await producer.connect();
  return {
    async append() {
      const [answer] = await producer.send({ topic, acks: 1, messages: [{ value: '' }] });
      return Number(answer?.logAppendTime ?? -1);
    },
    disconnect: () => producer.disconnect(),
  };
}

/** Creates the clock topic if it is missing. */
export async function createClockTopic(admin: Admin, prefix: string, replicationFactor?: number): Promise<void> {
  const { settings, ...topic } = clockTopicOf(prefix, replicationFactor);
  await admin.createTopics({
    waitForLeaders: false,
    topics: [{ ...topic, numPartitions: 1, configEntries: [...settings] }],
  });
}
