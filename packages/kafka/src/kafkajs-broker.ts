import type { Broker } from '@florin/messaging';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { createBrokerClock } from './broker-clock.ts';
import { createPublisher } from './create-publisher.ts';
import { followTopic } from './follow-topic.ts';
import { type KafkaOptions, REQUEST_TIMEOUT_MS } from './kafka-options.ts';
import { clientOf } from './kafkajs-client.ts';
import { connectKafkajsClock, createClockTopic } from './kafkajs-clock.ts';
import { mayPass } from './kafkajs-faults.ts';
import { kafkajsFollower } from './kafkajs-follower.ts';
import { fetchBounds, fetchCommitted } from './kafkajs-offsets.ts';
import { readStartPositions } from './read-start-positions.ts';
import { runSession } from './run-session.ts';
import type { Session } from './session.ts';
import { subscribeTopics } from './subscribe-topics.ts';
import { durabilitySettings, findDurabilityFaults, settingsOf } from './topic-settings.ts';
import { untilLed } from './until-led.ts';

const { ConfigResourceTypes } = kafkajs;

/** Creates the kafkajs 2.2.4 driver of the broker port. Only this package knows the client library and its faults. */
export function kafkajsBroker(options: KafkaOptions): Broker {
  const { prefix } = options;
  const kafka = clientOf(options);
  const admin = connectLazily(kafka);
  // A separate client, because kafkajs keeps requesting every topic that was ever read, and fails while one of them is missing.
  const offsetsAdmin = connectLazily(kafka);
  const clock = createBrokerClock(prefix, () => connectKafkajsClock(options));
  const publisher = createPublisher(kafka, { prefix, timeoutMs: REQUEST_TIMEOUT_MS, clock });

  return {
    connect: publisher.connect,
    publish: publisher.publish,
    async maxBatchBytes(topic) {
      return readMaxBatchBytes(await admin.get(), prefix + topic);
    },
    async subscribe(subscribeOptions) {
      const { group, topics, storedOffsets } = subscribeOptions;
      const readPositions = () =>
        readStartPositions({
          group,
          storedOffsets,
          bounds: async () => fetchBounds(await offsetsAdmin.get(), prefix, topics),
          committed: async () => fetchCommitted(await offsetsAdmin.get(), { prefix, group, topics }),
        });
      const driver = { ...options, kafka, readStartPositions: readPositions };
      const run = (session: Session): Promise<void> => runSession(driver, session);
      return subscribeTopics({ run, mayPass, logger: options.logger }, subscribeOptions);
    },
    follow: (followOptions) =>
      followTopic({ logger: options.logger, clock, ...kafkajsFollower({ ...options, kafka }, followOptions) }, followOptions),
    async createTopics(topics, shape) {
      const connected = await admin.get();
      await connected.createTopics({
        // `waitForLeaders` fails while a broker does not know the topic yet.
        waitForLeaders: false,
        topics: topics.map((topic) => ({
          topic: prefix + topic,
          numPartitions: shape.partitions,
          replicationFactor: shape.replicationFactor,
          configEntries: settingsOf(topic, shape),
        })),
      });
      await createClockTopic(connected, prefix, shape.replicationFactor);
      await untilLed(
        connected,
        topics.map((topic) => prefix + topic),
      );
    },
    async resetOffsets(group, offsets) {
      const connected = await admin.get();
      for (const topic of new Set(offsets.map((place) => place.topic))) {
        const partitions = offsets
          .filter((place) => place.topic === topic)
          .map(({ partition, offset }) => ({ partition, offset }));
        await connected.setOffsets({ groupId: prefix + group, topic: prefix + topic, partitions });
      }
    },
    bounds: async (topics) => fetchBounds(await offsetsAdmin.get(), prefix, topics),
    async offsetsAt(topic, time) {
      const connected = await offsetsAdmin.get();
      const found = await connected.fetchTopicOffsetsByTimestamp(prefix + topic, time.getTime());
      return found.map(({ partition, offset }) => ({ topic, partition, offset }));
    },
    async durabilityFaults(topics) {
      return readDurabilityFaults(
        await admin.get(),
        topics.map((topic) => prefix + topic),
      );
    },
    async check() {
      const connected = await admin.get();
      await connected.describeCluster();
    },
    readClock: clock.read,
    async disconnect() {
      await publisher.disconnect();
      await clock.disconnect();
      await Promise.all([admin.disconnect(), offsetsAdmin.disconnect()]);
    },
  };
}

type LazyAdmin = { get(): Promise<Admin>; disconnect(): Promise<void> };

/** Connects on the first call that needs it, and retries on the next call after a failure. */
function connectLazily(kafka: Kafka): LazyAdmin {
  const admin = kafka.admin();
  let isConnected = false;
  return {
    async get() {
      if (!isConnected) await admin.connect();
      isConnected = true;
      return admin;
    },
    async disconnect() {
      if (isConnected) await admin.disconnect();
    },
  };
}

/** Reads the effective `max.message.bytes` of a topic: its own setting or the broker's default. */
async function readMaxBatchBytes(admin: Admin, name: string): Promise<number> {
  const type = ConfigResourceTypes.TOPIC;
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type, name, configNames: ['max.message.bytes'] }],
  });
  const bytes = Number(resources[0]?.configEntries[0]?.configValue);
  if (!(bytes > 0)) throw new Error(`${name} has no max.message.bytes`);
  return bytes;
}

async function readDurabilityFaults(admin: Admin, names: string[]): Promise<string[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames: durabilitySettings })),
  });
  return findDurabilityFaults(
    topics.map(({ name, partitions }) => ({ name, replicas: partitions.map(({ replicas }) => replicas.length) })),
    resources.map(({ resourceName, configEntries }) => ({
      name: resourceName,
      settings: new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    })),
  );
}
