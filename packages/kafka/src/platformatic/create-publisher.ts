import { MessagesRefused, type OutgoingMessage, PublishFailed } from '@florin/messaging';
import { sleep } from '@florin/runtime';
import type { ClusterMetadata, MessageToProduce, produceV9 } from '@platformatic/kafka';
import type { BrokerClock } from '../broker-clock.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import { REFUSALS } from '../refusals.ts';
import { clientOptions, closeClient, prepared } from './client-options.ts';
import { explain, explained, faultsOf, isUnknownTopic, mayPass } from './faults.ts';
import { library } from './library.ts';
import { partitionOfKey } from './partition-of-key.ts';

/** Every in-sync replica acknowledges. */
const ALL_IN_SYNC = -1;
const MAX_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 2_000;

export type Publisher = {
  connect(): Promise<void>;
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  disconnect(): Promise<void>;
};

/**
 * Creates the producer of the driver. One request per broker is in flight at a time, and a retry sends only what is not
 * acknowledged, so that retries keep the order.
 *
 * @param clock messages carry the broker's time if it is known. By a fast local clock the broker would refuse them; by a slow one
 *   it would delete them early.
 */
export function createPublisher(options: KafkaOptions, clock: Pick<BrokerClock, 'nowMs'>): Publisher {
  const producer = prepared(
    new (library().Producer)({ ...clientOptions(options), maxInflights: 1, repeatOnStaleMetadata: false }),
    options,
  );
  const placed = async (messages: readonly OutgoingMessage[]): Promise<Placed[]> => {
    const topics = [...new Set(messages.map(({ topic }) => options.prefix + topic))];
    const metadata = await producer.metadata({ topics });
    const timeMs = clock.nowMs();
    return messages.map((message) => placeMessage(message, options.prefix + message.topic, { metadata, timeMs }));
  };
  /** @returns how the attempt failed; undefined if the broker has acknowledged everything */
  const attempt = async (messages: readonly OutgoingMessage[]): Promise<Failure | undefined> => {
    let sent: Placed[] = [];
    try {
      sent = await placed(messages);
      await producer.send({ messages: sent.map(({ record }) => record), acks: ALL_IN_SYNC });
      return undefined;
    } catch (error) {
      const isTaken = takenBy(error);
      return { error, rest: messages.filter((_, index) => !isTaken(sent[index]?.record)) };
    }
  };
  return {
    async connect() {
      await explained(producer.metadata({ topics: [], forceUpdate: true }));
    },
    async publish(messages) {
      let rest: readonly OutgoingMessage[] = messages;
      for (let attempts = 1; rest.length > 0; attempts++) {
        const failure = await attempt(rest);
        if (failure === undefined) return;
        rest = failure.rest;
        if (attempts === MAX_ATTEMPTS || !mayRetry(failure.error)) throw failureOf(failure, messages);
        producer.clearMetadata();
        await sleep(Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), MAX_PAUSE_MS));
      }
    },
    disconnect: () => closeClient(producer, () => producer.close()),
  };
}

type Placed = { record: MessageToProduce & { partition: number } };

function placeMessage(
  { key, value, headers }: OutgoingMessage,
  topic: string,
  { metadata, timeMs }: { metadata: ClusterMetadata; timeMs: number | undefined },
): Placed {
  const bytes = key === null ? undefined : Buffer.from(key);
  const partitions = metadata.topics.get(topic)?.partitionsCount ?? 1;
  return {
    record: {
      topic,
      partition: bytes === undefined ? 0 : partitionOfKey(bytes, partitions),
      value: Buffer.from(value),
      headers: new Map(Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)])),
      ...(bytes && { key: bytes }),
      ...(timeMs !== undefined && { timestamp: BigInt(timeMs) }),
    },
  };
}

type Failure = { error: unknown /** What the broker has not acknowledged. */; rest: readonly OutgoingMessage[] };
type Produced = { offsets?: readonly { topic: string; partition: number }[] };

/** Tells which messages the broker acknowledged although the call failed: those of other brokers, and of other partitions. */
function takenBy(error: unknown): (record: Placed['record'] | undefined) => boolean {
  const faults = faultsOf(error);
  const elsewhere = faults.flatMap((fault) => (fault as { produced?: Produced }).produced?.offsets ?? []);
  const answered = faults.flatMap(({ response }) =>
    ((response as Partial<produceV9.ProduceResponse> | undefined)?.responses ?? []).flatMap(({ name, partitionResponses }) =>
      partitionResponses.filter(({ errorCode }) => errorCode === 0).map(({ index }) => ({ topic: name, partition: index })),
    ),
  );
  const taken = new Set([...elsewhere, ...answered].map(({ topic, partition }) => `${topic}/${partition}`));
  return (record) => record !== undefined && taken.has(`${record.topic}/${record.partition}`);
}

/** A missing topic is not retried: the caller does, for as long as it takes. */
function mayRetry(error: unknown): boolean {
  return refusalOf(error) === undefined && mayPass(error) && !isUnknownTopic(error);
}

function refusalOf(error: unknown): string | undefined {
  const codes = faultsOf(error).map(({ apiCode }) => REFUSALS.get(apiCode ?? 0));
  return codes.find((code) => code !== undefined);
}

function failureOf({ error, rest }: Failure, messages: readonly OutgoingMessage[]): Error {
  const open = new Set(rest);
  const acknowledged = messages.filter((message) => !open.has(message));
  const refusal = refusalOf(error);
  if (refusal !== undefined) return new MessagesRefused(refusal, { acknowledged, cause: error });
  const explanation = explain(error);
  return acknowledged.length > 0 ? new PublishFailed(explanation.message, { acknowledged, cause: error }) : explanation;
}
