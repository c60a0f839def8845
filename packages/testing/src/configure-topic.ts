import kafkajs from 'kafkajs';
import { eventually } from './eventually.ts';
import { testBrokers } from './test-infra.ts';

/** The key of messages that probe a topic's limit. */
export const PROBE = 'probe';

/** Sets a topic's `max.message.bytes`, as an operator may at any time, and returns when the broker applies it. */
export async function limitTopic(name: string, bytes: number): Promise<void> {
  await configureTopic(name, { 'max.message.bytes': String(bytes) });
  const producer = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING }).producer({
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  const takes = (size: number): Promise<boolean> =>
    producer.send({ topic: name, messages: [{ key: PROBE, value: 'x'.repeat(size) }] }).then(
      () => true,
      () => false,
    );
  await eventually(async () => {
    if (await takes(bytes)) throw new Error('the limit is not lowered yet');
    if (!(await takes(bytes - 200))) throw new Error('the limit is not raised yet');
  });
  await producer.disconnect();
}

/** Gives a topic exactly these settings. */
export async function configureTopic(name: string, settings: Record<string, string>): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: testBrokers(), logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  const configEntries = Object.entries(settings).map(([key, value]) => ({ name: key, value }));
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries }],
  });
  await admin.disconnect();
}
