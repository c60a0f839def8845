import type { Message } from '@florin/messaging';
import type { ClusterMetadata, fetchV17, RecordsBatch } from '@platformatic/kafka';
import type { KafkaOptions } from '../kafka-options.ts';
import { clientOptions, closeClient, prepared } from './client-options.ts';
import { explained } from './faults.ts';
import { library } from './library.ts';

/** Maximum time that the broker waits for a message. */
const MAX_WAIT_MS = 500;
/** Maximum number of bytes of one answer, and of one partition in it. A larger batch comes alone. */
const MAX_BYTES = 10 * 1_048_576;
const MAX_BYTES_PER_PARTITION = 1_048_576;
/** Bit of a record batch that has no messages but marks the end of a transaction. */
const IS_CONTROL = 1 << 5;
const NO_EPOCH = -1;
const NO_LEADER = -1;

/** A partition; its topic is with the prefix. */
export type Place = { topic: string; partition: number };
export type Position = Place & { offset: bigint };
/** Messages of one partition, in order, and the offset after them. Records that are no messages count too. */
export type Fetched = Place & { messages: readonly Message[]; next: bigint };

/** A topic was created anew, so that offsets mean other messages. */
export class TopicReplaced extends Error {
  override readonly name = 'TopicReplaced';
}

export type TopicFetcher = {
  /**
   * Finds the leader of each partition, by a new look.
   *
   * @throws TopicReplaced
   */
  findLeaders(places: readonly Place[]): Promise<Map<number, Place[]>>;
  /**
   * Fetches from one leader. Waits half a second for a first message. At most one fetch per leader may be under way.
   *
   * @throws TopicReplaced
   */
  fetch(leader: number, positions: readonly Position[]): Promise<Fetched[]>;
  /** Closes the connections. A fetch that is under way rejects. */
  close(): Promise<void>;
};

/** Creates a client that reads partitions from given offsets, without a group. */
export function createFetcher(options: KafkaOptions, topics: readonly string[]): TopicFetcher {
  // The library's consumer fetches. It never joins the group that it must name.
  const client = prepared(
    new (library().Consumer)({
      ...clientOptions(options),
      groupId: 'florin.unused',
      minBytes: 1,
      maxBytes: MAX_BYTES,
      maxWaitTime: MAX_WAIT_MS,
    }),
    options,
  );
  client.topics.trackAll(...topics);
  const ids = new Map<string, string>();
  const lookUp = async (forceUpdate: boolean): Promise<ClusterMetadata['topics']> => {
    const { topics: known } = await explained(client.metadata({ topics: [...topics], forceUpdate }));
    for (const [topic, { id }] of known) {
      if ((ids.get(topic) ?? id) !== id) throw new TopicReplaced(`${topic} was created anew`);
      ids.set(topic, id);
    }
    return known;
  };
  return {
    async findLeaders(places) {
      const known = await lookUp(true);
      return groupBy(places, ({ topic, partition }) => known.get(topic)?.partitions[partition]?.leader ?? NO_LEADER);
    },
    async fetch(leader, positions) {
      const known = await lookUp(false);
      const requested = [...groupBy(positions, ({ topic }) => known.get(topic)?.id ?? topic)].map(requestOf);
      const answer = await explained(client.fetch({ node: leader, topics: requested }));
      return readAnswer(answer, positions, new Map([...known].map(([topic, { id }]) => [id, topic])));
    },
    close: () => closeClient(client, () => client.close(true)),
  };
}

function requestOf([topicId, positions]: [string, readonly Position[]]): fetchV17.FetchRequestTopic {
  return {
    topicId,
    partitions: positions.map(({ partition, offset }) => ({
      partition,
      fetchOffset: offset,
      partitionMaxBytes: MAX_BYTES_PER_PARTITION,
      currentLeaderEpoch: NO_EPOCH,
      lastFetchedEpoch: NO_EPOCH,
    })),
  };
}

function readAnswer(
  { responses }: fetchV17.FetchResponse,
  positions: readonly Position[],
  names: Map<string, string>,
): Fetched[] {
  const records = new Map(
    responses.flatMap(({ topicId, partitions }) =>
      partitions.map((one) => [`${names.get(topicId)}/${one.partitionIndex}`, one.records ?? []] as const),
    ),
  );
  return positions.flatMap(({ topic, partition, offset }) => {
    const batches = records.get(`${topic}/${partition}`) ?? [];
    const last = batches.at(-1);
    if (last === undefined) return [];
    const next = last.firstOffset + BigInt(last.lastOffsetDelta) + 1n;
    // Kafka answers with whole batches, so the first one may begin before the offset.
    return [{ topic, partition, messages: batches.flatMap((batch) => messagesOf(batch, offset)), next }];
  });
}

function messagesOf({ firstOffset, attributes, records }: RecordsBatch, from: bigint): Message[] {
  if (attributes & IS_CONTROL) return [];
  return records.flatMap(({ offsetDelta, key, value, headers }) => {
    const offset = firstOffset + BigInt(offsetDelta);
    if (offset < from) return [];
    const texts = headers.map(([name, content]) => [String(name), String(content)] as const);
    return [{ offset: String(offset), key, value, headers: Object.fromEntries(texts) }];
  });
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
