import { makeEvent, type OutgoingEvent } from '@florin/events';
import { newId } from '@florin/runtime';
import { eventually, testBrokers } from '@florin/testing';
import kafkajs from 'kafkajs';
import type { Broker, Message, OutgoingMessage, Subscription } from '../src/index.ts';

/** The key of messages that only try what a topic takes. */
export const PROBE = 'probe';

/** A purchase of so many products; 50 with names of 200 CJK characters have 33 kB. */
export function requested(userId: string, { items = 50, name = '漢'.repeat(200) } = {}): OutgoingEvent {
  return makeEvent('purchase-requested', {
    sequence: 1,
    data: {
      purchaseId: newId(),
      userId,
      items: Array.from({ length: items }, () => ({ productId: newId(), name, quantity: 1, unitPriceMinor: 100 })),
      totalMinor: 100 * items,
      currency: 'EUR',
    },
  });
}

/** A purchase whose event has about so many bytes. */
export function requestedOf(userId: string, bytes: number): OutgoingEvent {
  return requested(userId, { items: 1, name: 'x'.repeat(bytes) });
}

export type TopicListener = {
  /** What lies in the topic: of each key the ids, in order. */
  published: Map<string, string[]>;
  ids(): string[];
  stop(): Promise<void>;
};

export async function listenTo(broker: Broker, topic: string): Promise<TopicListener> {
  const published = new Map<string, string[]>();
  const note = ({ key, value }: Message): void => {
    if (String(key) === PROBE) return;
    const { id } = JSON.parse(String(value)) as { id: string };
    published.set(String(key), [...(published.get(String(key)) ?? []), id]);
  };
  const subscribe = (): Promise<Subscription> =>
    broker.subscribe({
      group: newId(),
      topics: [topic],
      batchSize: 500,
      onBatch: async ({ messages }) => messages.forEach(note),
      onCrash: (error) => {
        throw error;
      },
    });
  // A new topic may not have its leaders yet.
  const subscription = await eventually(subscribe);
  return { published, ids: () => [...published.values()].flat(), stop: () => subscription.stop() };
}

export function idsOf(events: readonly OutgoingEvent[]): string[] {
  return events.map(({ event }) => event.id);
}

export function bytesOf(messages: readonly OutgoingMessage[]): number {
  return messages.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0);
}

/** Sets a topic's `max.message.bytes`, as an operator may at any time, and returns when the broker goes by it. */
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

/** Gives a topic these settings, and no others. */
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
