import type { Broker } from '@florin/messaging';
import { clockTopicOf, createBrokerClock } from '../broker-clock.ts';
import { followTopic } from '../follow-topic.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import { readStartPositions } from '../read-start-positions.ts';
import type { Session } from '../session.ts';
import { subscribeTopics } from '../subscribe-topics.ts';
import { settingsOf } from '../topic-settings.ts';
import { clientOptions, closeClient, prepared } from './client-options.ts';
import { connectClock } from './clock.ts';
import { createPublisher } from './create-publisher.ts';
import { explained, mayPass } from './faults.ts';
import { platformaticFollower } from './follower.ts';
import { library } from './library.ts';
import { resetOffsets } from './reset-offsets.ts';
import { runSession } from './run-session.ts';
import {
  createTopic,
  readBounds,
  readCommitted,
  readDurabilityFaults,
  readMaxBatchBytes,
  readOffsetsAt,
  untilLed,
} from './topic-admin.ts';

/** Creates the @platformatic/kafka 2.12.1 driver of the broker port. It connects on first use. */
export function platformaticBroker(options: KafkaOptions): Broker {
  const { prefix, logger } = options;
  const admin = prepared(new (library().Admin)(clientOptions(options)), options);
  const clock = createBrokerClock(prefix, () => connectClock(options));
  const publisher = createPublisher(options, clock);
  const named = (topics: readonly string[]): string[] => topics.map((topic) => prefix + topic);

  return {
    connect: publisher.connect,
    publish: publisher.publish,
    maxBatchBytes: (topic) => readMaxBatchBytes(admin, prefix + topic),
    async subscribe(subscribeOptions) {
      const { group, topics, storedOffsets } = subscribeOptions;
      const readPositions = () =>
        readStartPositions({
          group,
          storedOffsets,
          bounds: () => readBounds(admin, prefix, topics),
          committed: () => readCommitted(admin, { prefix, group, topics }),
        });
      const driver = { ...options, readStartPositions: readPositions };
      const run = (session: Session): Promise<void> => runSession(driver, session);
      return subscribeTopics({ run, mayPass, logger }, subscribeOptions);
    },
    follow: (followOptions) => followTopic({ logger, clock, ...platformaticFollower(options, followOptions) }, followOptions),
    async createTopics(topics, shape) {
      for (const topic of topics)
        await createTopic(admin, { ...shape, topic: prefix + topic, settings: settingsOf(topic, shape) });
      await createTopic(admin, { ...clockTopicOf(prefix, shape.replicationFactor), partitions: 1 });
      await untilLed(admin, named(topics));
    },
    resetOffsets: (group, offsets) => resetOffsets(admin, prefix, { group, offsets }),
    bounds: (topics) => readBounds(admin, prefix, topics),
    async offsetsAt(topic, time) {
      const found = await readOffsetsAt(admin, prefix + topic, time.getTime());
      return found.map(({ partition, offset }) => ({ topic, partition, offset }));
    },
    durabilityFaults: (topics) => readDurabilityFaults(admin, named(topics)),
    async check() {
      await explained(admin.metadata({ topics: [], forceUpdate: true }));
    },
    readClock: clock.read,
    async disconnect() {
      await publisher.disconnect();
      await clock.disconnect();
      await closeClient(admin, () => admin.close());
    },
  };
}
