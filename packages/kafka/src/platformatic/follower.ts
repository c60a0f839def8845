import type { FollowOptions } from '@florin/messaging';
import type { Follower } from '../follow-topic.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import { clientOptions, closeClient, prepared } from './client-options.ts';
import { fetchRounds } from './fetch-rounds.ts';
import { library } from './library.ts';
import { readBounds, readOffsetsAt } from './topic-admin.ts';
import { createFetcher } from './topic-fetcher.ts';

/** Reads a topic without a group: nothing of the follower is left at the broker. */
export function platformaticFollower(options: KafkaOptions, { topic: name }: Pick<FollowOptions, 'topic'>): Follower {
  const topic = options.prefix + name;
  return {
    async bounds(sinceMs) {
      const admin = prepared(new (library().Admin)(clientOptions(options)), options);
      try {
        const starts = await readOffsetsAt(admin, topic, sinceMs);
        const ranges = await readBounds(admin, options.prefix, [name]);
        return {
          starts: new Map(starts.map(({ partition, offset }) => [partition, offset])),
          lows: new Map(ranges.map(({ partition, low }) => [partition, low])),
          ends: new Map(ranges.map(({ partition, high }) => [partition, high])),
        };
      } finally {
        await closeClient(admin, () => admin.close());
      }
    },
    async read({ positions, signal, onMessages, onFetch }) {
      const offsets = new Map([...positions].map(([partition, offset]) => [partition, BigInt(offset)]));
      const places = [...offsets.keys()].map((partition) => ({ topic, partition }));
      const fetcher = createFetcher(options, [topic]);
      const close = (): void => void fetcher.close();
      signal.addEventListener('abort', close, { once: true });
      try {
        await fetchRounds(fetcher, places, {
          signal,
          onFetch,
          open: (led) => led.map((place) => ({ ...place, offset: offsets.get(place.partition) ?? 0n })),
          async handle({ partition, messages, next }) {
            await onMessages(messages, { partition, next: String(next) });
            offsets.set(partition, next);
          },
        });
      } finally {
        signal.removeEventListener('abort', close);
        await fetcher.close();
      }
    },
  };
}
