import type { Broker, Message, MessageBatch, SubscribeOptions } from '../src/index.ts';

export type HandFedBroker = Broker & {
  /** Delivers messages as one batch, as Kafka does. */
  deliver(place: { topic: string; partition: number }, messages: readonly Message[]): Promise<void>;
};

/** Replaces Kafka in tests that choose the content of a batch, its consumer and its time. */
export function handFedBroker(): HandFedBroker {
  let subscription: SubscribeOptions | undefined;
  return {
    connect: async () => {},
    publish: async () => {},
    maxBatchBytes: async () => 1_000_000,
    subscribe: async (options) => {
      subscription = options;
      return { stop: async () => {}, setPaused: () => {}, check: () => {} };
    },
    follow: () => ({ stop: async () => {}, check: () => {}, ageMs: () => 0 }),
    createTopics: async () => {},
    resetOffsets: async () => {},
    bounds: async () => [],
    offsetsAt: async () => [],
    durabilityFaults: async () => [],
    check: async () => {},
    disconnect: async () => {},
    async deliver(place, messages) {
      const batch: MessageBatch = { ...place, messages, heartbeat: async () => {}, isStale: () => false };
      await subscription?.onBatch(batch);
    },
  };
}

/** Messages at consecutive offsets from `first`. */
export function messagesOf(events: readonly { key: string; event: unknown }[], first = 0): Message[] {
  return events.map(({ key, event }, index) => ({
    offset: String(first + index),
    key: Buffer.from(key),
    value: Buffer.isBuffer(event) ? event : Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)),
    headers: {},
  }));
}
