import { newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { eventually, PROBE } from '@florin/testing';
import type { Broker, Message, OutgoingMessage, Subscription } from '../src/index.ts';

/** A purchase of this number of products; 50 with names of 200 CJK characters have 33 kB. */
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

/** A purchase whose event has about this number of bytes. */
export function requestedOf(userId: string, bytes: number): OutgoingEvent {
  return requested(userId, { items: 1, name: 'x'.repeat(bytes) });
}

export type TopicListener = {
  /** Returns the topic's content: the ids of each key, in order. */
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
