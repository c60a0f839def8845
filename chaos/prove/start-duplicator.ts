import { newId } from '@florin/database';
import { createEventVerifier, parseEvent, type Topic, topics } from '@florin/events';
import { openKafkajs } from '@florin/kafka';
import type { KafkaSecurity } from '@florin/runtime';
import kafkajs, { type EachMessagePayload } from 'kafkajs';
import type { Random } from '../../dev/seed/random.ts';
import type { DuplicateFault } from './draw-fault.ts';
import { createProductFeed, type ProductFeed } from './product-feed.ts';
import { signatures, signed } from './signatures.ts';

export type Duplicator = {
  /** Starts to repeat this share of the messages. */
  begin(how: DuplicateFault, share: number): void;
  end(): void;
  /** Number of repeated messages by kind. */
  sent: Record<DuplicateFault, number>;
  /** Events consumed from the topics: by purchase, type by event id. */
  consumed: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Ids of the reissued requests. */
  reissued: ReadonlySet<string>;
  products: ProductFeed;
  /** Waits until every repeated message is published. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

type Options = { kafkaBrokers: readonly string[]; kafkaSecurity: KafkaSecurity; kafkaPrefix: string; random: Random };

const REQUEST_TYPES = ['purchase-requested', 'purchase-cancelled'];

/**
 * Consumes the platform's topics and publishes messages again at once, mostly to another partition, where another consumer
 * handles them concurrently. A cancel keeps its partition: it must not overtake its own request.
 */
export async function startDuplicator({
  kafkaBrokers,
  kafkaSecurity,
  kafkaPrefix: prefix,
  random,
}: Options): Promise<Duplicator> {
  const kafka = openKafkajs({
    clientId: 'florin-prove',
    brokers: kafkaBrokers,
    security: kafkaSecurity,
    logLevel: kafkajs.logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 1_000 },
  });
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner, allowAutoTopicCreation: false });
  const consumer = kafka.consumer({
    groupId: `${prefix}prove`,
    sessionTimeout: 6_000,
    heartbeatInterval: 1_000,
    maxWaitTimeInMs: 100,
  });
  const admin = kafka.admin();
  const sent: Record<DuplicateFault, number> = { copy: 0, reissue: 0 };
  const consumed = new Map<string, Map<string, string>>();
  const reissued = new Set<string>();
  const products = createProductFeed();
  const own = new Set<string>();
  const verify = createEventVerifier(signatures);
  const underWay = new Set<Promise<unknown>>();
  let partitions = 1;
  let fault: { how: DuplicateFault; share: number } | undefined;

  const note = ({ id, type, subject }: { id: string; type: string; subject: string }): void => {
    const events = consumed.get(subject) ?? new Map<string, string>();
    consumed.set(subject, events.set(id, type));
  };
  const repeat = async ({ topic: prefixed, partition, message }: EachMessagePayload): Promise<void> => {
    const topic = prefixed.slice(prefix.length) as Topic;
    const { key, value, offset } = message;
    const parsed = parseEvent({ topic, partition, offset, key, value }, verify);
    // Poison messages and forged events are not repeated.
    if (parsed.kind !== 'event') return;
    const { event } = parsed;
    if (/^(purchase|refund)-/.test(event.type)) note(event);
    if (event.type === 'product-changed') products.changed(event);
    if (own.delete(event.id) || fault === undefined || !random.chance(fault.share)) return;
    const { how } = fault;
    if (how === 'reissue' && !REQUEST_TYPES.includes(event.type)) return;
    const id = how === 'copy' ? event.id : newId();
    const to = event.type === 'purchase-cancelled' ? partition : random.between(0, partitions - 1);
    own.add(id);
    if (how === 'reissue') reissued.add(id);
    sent[how]++;
    await producer.send({
      topic: prefixed,
      acks: -1,
      messages: [
        {
          key,
          value: how === 'copy' ? value : signed({ ...event, id }, { topic, key: String(key) }),
          partition: to,
          headers: message.headers ?? {},
        },
      ],
    });
  };

  await Promise.all([producer.connect(), consumer.connect(), admin.connect()]);
  const { topics: described } = await admin.fetchTopicMetadata({ topics: topics.map((topic) => prefix + topic) });
  partitions = Math.min(...described.map((topic) => topic.partitions.length));
  await admin.disconnect();
  await consumer.subscribe({ topics: topics.map((topic) => prefix + topic), fromBeginning: true });
  await consumer.run({
    partitionsConsumedConcurrently: 4,
    eachMessage: (payload) => {
      const work = repeat(payload);
      underWay.add(work);
      return work.finally(() => underWay.delete(work));
    },
  });
  return {
    begin(how, share) {
      fault = { how, share };
    },
    end() {
      fault = undefined;
    },
    sent,
    consumed,
    reissued,
    products,
    async idle() {
      await Promise.allSettled([...underWay]);
    },
    async stop() {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}
