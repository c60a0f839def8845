import type { Broker } from '@florin/messaging';
import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { plainMessage } from './batch-handler.ts';
import { createBrokerClock, createClockTopic } from './broker-clock.ts';
import { createPublisher } from './create-publisher.ts';
import { followTopic } from './follow-topic.ts';
import { clientOf, type KafkajsOptions, REQUEST_TIMEOUT_MS } from './kafkajs-client.ts';
import { fetchBounds, readStartPositions } from './read-start-positions.ts';
import { subscribeTopics } from './subscribe-topics.ts';
import { untilLed } from './until-led.ts';

const { ConfigResourceTypes } = kafkajs;

const DURABLE_REPLICAS = 3;
const DURABLE_IN_SYNC = 2;
const TOPIC_RETENTION_MS = 30 * 24 * 3600 * 1000;
const MAX_SEGMENT_MS = 7 * 24 * 3600 * 1000;

/** Creates the kafkajs 2.2.4 driver of the broker port. Only this package knows the client library and its faults. */
export function kafkajsBroker(options: KafkajsOptions): Broker {
  const { prefix } = options;
  const kafka = clientOf(options);
  const admin = connectLazily(kafka);
  // A separate client, because kafkajs keeps requesting every topic that was ever read, and fails while one of them is missing.
  const offsetsAdmin = connectLazily(kafka);
  const clock = createBrokerClock(options);
  const publisher = createPublisher(kafka, { prefix, timeoutMs: REQUEST_TIMEOUT_MS, clock });

  return {
    connect: publisher.connect,
    publish: publisher.publish,
    async maxBatchBytes(topic) {
      return readMaxBatchBytes(await admin.get(), prefix + topic);
    },
    async subscribe(subscribeOptions) {
      const { group, topics, storedOffsets } = subscribeOptions;
      const readPositions = async () =>
        readStartPositions({ admin: await offsetsAdmin.get(), prefix, group, topics, storedOffsets });
      return subscribeTopics({ ...options, kafka, readStartPositions: readPositions }, subscribeOptions);
    },
    follow: (followOptions) => followTopic({ ...options, kafka, clock, plainMessage }, followOptions),
    async createTopics(topics, { partitions, replicationFactor, retentionMs = {} }) {
      const connected = await admin.get();
      await connected.createTopics({
        // `waitForLeaders` fails while a broker does not know the topic yet.
        waitForLeaders: false,
        topics: topics.map((topic) => ({
          topic: prefix + topic,
          numPartitions: partitions,
          replicationFactor,
          configEntries: [
            ...retentionEntries(retentionMs[topic] ?? TOPIC_RETENTION_MS),
            { name: 'min.insync.replicas', value: replicationFactor >= DURABLE_REPLICAS ? String(DURABLE_IN_SYNC) : '1' },
          ],
        })),
      });
      await createClockTopic(connected, prefix, replicationFactor);
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
      return findDurabilityFaults(
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

/**
 * Maximum age of a segment. Retention deletes whole segments, and a segment may take a week to fill, so a shorter retention
 * needs shorter segments.
 */
function retentionEntries(retentionMs: number): { name: string; value: string }[] {
  return [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: String(retentionMs) },
    { name: 'segment.ms', value: String(Math.min(MAX_SEGMENT_MS, retentionMs)) },
  ];
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

async function findDurabilityFaults(admin: Admin, names: string[]): Promise<string[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({
      type: ConfigResourceTypes.TOPIC,
      name,
      configNames: ['min.insync.replicas', 'unclean.leader.election.enable'],
    })),
  });
  const replicas = topics.flatMap(({ name, partitions }) => {
    const fewest = Math.min(...partitions.map((partition) => partition.replicas.length));
    return fewest < DURABLE_REPLICAS
      ? [`topic ${name} has ${fewest} replicas: give it a replication factor of ${DURABLE_REPLICAS}`]
      : [];
  });
  const settings = resources.flatMap(({ resourceName, configEntries }) => {
    const configured = (setting: string): string | undefined =>
      configEntries.find(({ configName }) => configName === setting)?.configValue;
    return [
      ...(Number(configured('min.insync.replicas')) < DURABLE_IN_SYNC
        ? [`topic ${resourceName}: set min.insync.replicas to ${DURABLE_IN_SYNC}`]
        : []),
      ...(configured('unclean.leader.election.enable') === 'true'
        ? [`topic ${resourceName}: set unclean.leader.election.enable to false`]
        : []),
    ];
  });
  return [...replicas, ...settings];
}
