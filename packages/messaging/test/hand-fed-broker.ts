import type { Broker, Message, MessageBatch, SubscribeOptions } from '../src/index.ts';

export type HandFedBroker = Broker & {
  /** Hands messages over as one batch, as Kafka would. */
  deliver(place: { topic: string; partition: number }, messages: readonly Message[]): Promise<void>;
};

/** Stands where Kafka stands, for tests that must choose what lies in one batch and who gets it when. */
export function handFedBroker(): HandFedBroker {
  let subscription: SubscribeOptions | undefined;
  return {
    connect: async () => {},
    publish: async () => {},
    maxBatchBytes: async () => 1_000_000,
    subscribe: async (options) => {
      subscription = options;
      return { stop: async () => {}, check: () => {} };
    },
    follow: () => ({ stop: async () => {}, check: () => {} }),
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

/** Messages at the offsets from `first` on. */
export function messagesOf(events: readonly { key: string; event: unknown }[], first = 0): Message[] {
  return events.map(({ key, event }, index) => ({
    offset: String(first + index),
    key: Buffer.from(key),
    value: Buffer.isBuffer(event) ? event : Buffer.from(typeof event === 'string' ? event : JSON.stringify(event)),
    headers: {},
  }));
}
