import { createRequire } from 'node:module';
import { type Logger, sleep } from '@florin/runtime';
import kafkajs, { type Admin, type Consumer, type EachBatchPayload, type Kafka, type logLevel as KafkaLogLevel } from 'kafkajs';
import type { Broker, Message, SubscribeOptions, Subscription } from './broker.ts';
import { followTopic } from './kafkajs-follow.ts';
import { createPublisher } from './kafkajs-publish.ts';

const { ConfigResourceTypes, Kafka: KafkaClient, logLevel } = kafkajs;

const MAX_WAIT_MS = 500;
const REQUEST_TIMEOUT_MS = 15_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** What several of them have goes into one transaction, see createConsumer. */
const PARTITIONS_AT_ONCE = 32;
const DURABLE_REPLICAS = 3;
const DURABLE_IN_SYNC = 2;
const LOOKS_FOR_LEADERS = 100;
const LEADER_POLL_MS = 100;
const TOPIC_RETENTION_MS = 30 * 24 * 3600 * 1000;
const LONGEST_SEGMENT_MS = 7 * 24 * 3600 * 1000;

export type KafkajsOptions = {
  brokers: readonly string[];
  clientId: string;
  /** Goes before every topic and group, so that several platforms can share a broker. */
  prefix: string;
  /** After this silence a consumer counts as dead and its partitions go to others. */
  sessionTimeoutMs: number;
  logger: Logger;
};

/** The broker port's driver over kafkajs 2.2.4. Only it and the other `kafkajs-*.ts` know the client library and its known faults. */
export function kafkajsBroker(options: KafkajsOptions): Broker {
  stopIdleBusyLoop();
  const { prefix } = options;
  let onOffsetLost: (error: Error) => void = () => {};
  const kafka = clientOf(options, (message) => {
    // kafkajs goes on from the earliest offset without asking: events were lost to retention, and a person must know.
    if (/offset out of range/i.test(message)) onOffsetLost(new Error(message));
  });
  const admin = kafka.admin();
  const publisher = createPublisher(kafka, { prefix, timeoutMs: REQUEST_TIMEOUT_MS });
  let isAdminConnected = false;

  const connectAdmin = async (): Promise<void> => {
    if (isAdminConnected) return;
    await admin.connect();
    isAdminConnected = true;
  };

  return {
    connect: publisher.connect,
    publish: publisher.publish,
    async maxBatchBytes(topic) {
      await connectAdmin();
      return readMaxBatchBytes(admin, prefix + topic);
    },
    async subscribe(subscribeOptions) {
      onOffsetLost = subscribeOptions.onCrash;
      return subscribe(
        kafka.consumer({
          groupId: prefix + subscribeOptions.group,
          sessionTimeout: options.sessionTimeoutMs,
          heartbeatInterval: Math.floor(options.sessionTimeoutMs / 6),
          rebalanceTimeout: options.sessionTimeoutMs * 2,
          maxWaitTimeInMs: MAX_WAIT_MS,
          allowAutoTopicCreation: false,
        }),
        prefix,
        subscribeOptions,
      );
    },
    // A client of its own: a follower may miss what was kept no longer, and no other consumer must be stopped for it.
    follow: (followOptions) => followTopic({ ...options, kafka: clientOf(options), plainMessage }, followOptions),
    async createTopics(topics, { partitions, replicationFactor, retentionMs = {} }) {
      await connectAdmin();
      await admin.createTopics({
        // Its own waiting fails on a broker that has not yet heard of the topic.
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
      await untilLed(
        admin,
        topics.map((topic) => prefix + topic),
      );
    },
    async resetOffsets(group, offsets) {
      await connectAdmin();
      for (const topic of new Set(offsets.map((place) => place.topic))) {
        const partitions = offsets
          .filter((place) => place.topic === topic)
          .map(({ partition, offset }) => ({ partition, offset }));
        await admin.setOffsets({ groupId: prefix + group, topic: prefix + topic, partitions });
      }
    },
    async durabilityFaults(topics) {
      await connectAdmin();
      return findDurabilityFaults(
        admin,
        topics.map((topic) => prefix + topic),
      );
    },
    async check() {
      await connectAdmin();
      await admin.describeCluster();
    },
    async disconnect() {
      await publisher.disconnect();
      if (isAdminConnected) await admin.disconnect();
    },
  };
}

export function clientOf({ clientId, brokers, logger }: KafkajsOptions, onLog: (message: string) => void = () => {}): Kafka {
  return new KafkaClient({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      logKafka(logger, entry);
      onLog(entry.log.message);
    },
  });
}

/** Time is kept by whole segments, and a segment may take a week to fill: where less is kept, it must end sooner. */
function retentionEntries(retentionMs: number): { name: string; value: string }[] {
  return [
    { name: 'cleanup.policy', value: 'delete' },
    { name: 'retention.ms', value: String(retentionMs) },
    { name: 'segment.ms', value: String(Math.min(LONGEST_SEGMENT_MS, retentionMs)) },
  ];
}

/** New topics take a moment until every partition of theirs has a leader. */
async function untilLed(admin: Admin, names: string[]): Promise<void> {
  for (let look = 1; ; look++) {
    const isLast = look === LOOKS_FOR_LEADERS;
    const { topics } = await admin.fetchTopicMetadata({ topics: names }).catch((error: Error & { type?: string }) => {
      if (isLast || error.type !== 'UNKNOWN_TOPIC_OR_PARTITION') throw error;
      return { topics: [] };
    });
    const partitions = topics.flatMap((topic) => topic.partitions);
    if (topics.length === names.length && partitions.every(({ leader }) => leader >= 0)) return;
    if (isLast) throw new Error(`No leader for every partition of ${names.join(', ')}`);
    await sleep(LEADER_POLL_MS);
  }
}

/** The topic's own setting or, where it has none, the broker's `message.max.bytes`: the broker answers what holds. */
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

async function subscribe(consumer: Consumer, prefix: string, options: SubscribeOptions): Promise<Subscription> {
  const stopping = new AbortController();
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) options.onCrash(payload.error);
  });
  try {
    await join(consumer, { prefix, options, signal: stopping.signal });
  } catch (error) {
    // Else each attempt, while a topic is missing, would leave its connections open.
    await consumer.disconnect();
    throw error;
  }
  return {
    async stop() {
      stopping.abort();
      // Waits for the batches under way, then leaves the group.
      await consumer.disconnect();
    },
  };
}

async function join(
  consumer: Consumer,
  { prefix, options, signal }: { prefix: string; options: SubscribeOptions; signal: AbortSignal },
): Promise<void> {
  await consumer.connect();
  await consumer.subscribe({ topics: options.topics.map((topic) => prefix + topic), fromBeginning: true });
  const failures = new Map<string, number>();
  await consumer.run({
    autoCommit: false,
    eachBatchAutoResolve: false,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    eachBatch: async (payload) => {
      const { topic, partition } = payload.batch;
      const place = `${topic}/${partition}`;
      try {
        await handInPieces(payload, { prefix, options });
        failures.delete(place);
      } catch (error) {
        if (!(error instanceof HandlerFailure)) throw error;
        const failed = (failures.get(place) ?? 0) + 1;
        failures.set(place, failed);
        void resumeLater({ consumer, topic, partition, failed, signal });
      }
    },
  });
}

/** Marks what the handler threw, so that kafkajs' own errors (a rebalance, say) still reach kafkajs. */
class HandlerFailure extends Error {
  override readonly name = 'HandlerFailure';
}

async function handInPieces(
  { batch, heartbeat, isRunning, isStale, resolveOffset, commitOffsetsIfNecessary }: EachBatchPayload,
  { prefix, options }: { prefix: string; options: SubscribeOptions },
): Promise<void> {
  const { topic, partition, messages } = batch;
  const isOver = (): boolean => !isRunning() || isStale();
  for (let start = 0; start < messages.length; start += options.batchSize) {
    if (isOver()) return;
    const piece = messages.slice(start, start + options.batchSize);
    try {
      await options.onBatch({
        topic: topic.slice(prefix.length),
        partition,
        messages: piece.map(plainMessage),
        heartbeat,
        isStale: isOver,
      });
    } catch (error) {
      throw new HandlerFailure('The handler failed', { cause: error });
    }
    const last = piece.at(-1)?.offset ?? '0';
    resolveOffset(last);
    // Not consumer.commitOffsets: that does nothing, and says nothing, once the consumer is being stopped.
    await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: nextOffset(last) }] }] });
    await heartbeat();
  }
}

function nextOffset(offset: string): string {
  return (BigInt(offset) + 1n).toString();
}

export function plainMessage(message: EachBatchPayload['batch']['messages'][number]): Message {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)] as const);
  return { offset: message.offset, key: message.key, value: message.value, headers: Object.fromEntries(headers) };
}

type Place = { consumer: Consumer; topic: string; partition: number; failed: number; signal: AbortSignal };

/** A failed partition rests while the others flow; its unresolved messages are fetched again afterwards. */
async function resumeLater({ consumer, topic, partition, failed, signal }: Place): Promise<void> {
  const here = [{ topic, partitions: [partition] }];
  consumer.pause(here);
  const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** (failed - 1), LONGEST_PAUSE_MS);
  await sleep(pauseMs * (0.75 + Math.random() / 2), signal);
  if (!signal.aborted) consumer.resume(here);
}

function logKafka(
  logger: Logger,
  { level, log }: { level: KafkaLogLevel; log: { message: string } & Record<string, unknown> },
): void {
  const { message, timestamp: _timestamp, logger: _logger, stack: _stack, ...details } = log;
  logger.log(level === logLevel.ERROR ? 'warn' : 'debug', `kafka: ${message}`, details);
}

type RequestQueuePrototype = { scheduleCheckPendingRequests(): void };
type RequestQueue = { pending: unknown[]; throttledUntil: number };

/**
 * kafkajs 2.2.4 sets a timer for requests that wait in its queue even when none does: 2,744 wake-ups a second when idle, and a
 * TimeoutNegativeWarning on newer Node. With nothing pending and no throttling there is nothing to schedule.
 */
function stopIdleBusyLoop(): void {
  const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
    prototype: RequestQueuePrototype & { isPatched?: true };
  };
  if (queue.prototype.isPatched) return;
  queue.prototype.isPatched = true;
  const schedule = queue.prototype.scheduleCheckPendingRequests;
  queue.prototype.scheduleCheckPendingRequests = function (this: RequestQueue & RequestQueuePrototype) {
    if (this.pending.length === 0 && this.throttledUntil <= Date.now()) return;
    schedule.call(this);
  };
}
