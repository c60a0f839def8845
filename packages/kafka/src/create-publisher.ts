import { createRequire } from 'node:module';
import { MessagesRefused, type OutgoingMessage, PublishFailed } from '@florin/messaging';
import kafkajs, { type ICustomPartitioner, type Kafka, type Producer } from 'kafkajs';
import type { BrokerClock } from './broker-clock.ts';
import { REFUSALS } from './refusals.ts';

const { Partitioners } = kafkajs;

export type Publisher = {
  connect(): Promise<void>;
  publish(messages: readonly OutgoingMessage[]): Promise<void>;
  disconnect(): Promise<void>;
};

type Options = {
  prefix: string;
  timeoutMs: number;
  /**
   * Messages carry the broker's time if it is known. By a fast local clock the broker would refuse them; by a slow one it would
   * delete them early.
   */
  clock: Pick<BrokerClock, 'nowMs'>;
};

/** Creates the producer of the driver. One request is in flight at a time, so that retries keep the order. */
export function createPublisher(kafka: Kafka, { prefix, timeoutMs, clock }: Options): Publisher {
  keepProduceOutcomes();
  /** The partition to which kafkajs sends each message, by message object. */
  const partitions = new WeakMap<object, number>();
  let producer: Promise<Producer> | undefined;
  const connected = (): Promise<Producer> => {
    producer ??= connectProducer(kafka, notePartitions(partitions));
    producer.catch(() => {
      producer = undefined;
    });
    return producer;
  };
  return {
    async connect() {
      await connected();
    },
    async publish(messages) {
      const timeMs = clock.nowMs();
      const stamp = timeMs === undefined ? {} : { timestamp: String(timeMs) };
      const sent = messages.map(({ topic, key, value, headers }) => ({
        topic: prefix + topic,
        message: { key, value, headers: { ...headers }, ...stamp },
      }));
      try {
        const topicMessages = byTopic(sent);
        await (await connected()).sendBatch({ topicMessages, acks: -1, timeout: timeoutMs });
      } catch (error) {
        const { refusal, taken } = readFailure(error);
        const isTaken = ({ topic, message }: Sent): boolean =>
          taken.has(placeOf({ topic, partition: partitions.get(message) ?? -1 }));
        const acknowledged = messages.filter((_, index) => isTaken(sent[index] as Sent));
        if (refusal !== undefined) throw new MessagesRefused(refusal, { acknowledged, cause: error });
        if (acknowledged.length > 0) throw new PublishFailed((error as Error).message, { acknowledged, cause: error });
        throw error;
      }
    },
    async disconnect() {
      if (producer) await (await producer).disconnect();
    },
  };
}

async function connectProducer(kafka: Kafka, createPartitioner: ICustomPartitioner): Promise<Producer> {
  const producer = kafka.producer({ createPartitioner, allowAutoTopicCreation: false, maxInFlightRequests: 1 });
  await producer.connect();
  return producer;
}

function notePartitions(partitions: WeakMap<object, number>): ICustomPartitioner {
  return () => {
    const choose = Partitioners.DefaultPartitioner();
    return (choice) => {
      const partition = choose(choice);
      partitions.set(choice.message, partition);
      return partition;
    };
  };
}

type Sent = { topic: string; message: { key: string; value: string; headers: Record<string, string>; timestamp?: string } };

function byTopic(sent: readonly Sent[]) {
  const topics = new Map<string, Sent['message'][]>();
  for (const { topic, message } of sent) {
    const sameTopic = topics.get(topic);
    if (sameTopic) sameTopic.push(message);
    else topics.set(topic, [message]);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}

type ProduceOutcome = { topic: string; partition: number; errorCode: number };
type ProduceError = { code?: unknown; cause?: unknown; outcomes?: readonly ProduceOutcome[] };

type Failure = {
  /** The broker's error, if it is a fault of the messages. */
  refusal?: string;
  /** The partitions whose batches the broker has acknowledged. */
  taken: ReadonlySet<string>;
};

/** Iterates over an error and its causes, which kafkajs nests. */
function readFailure(error: unknown): Failure {
  const chain: ProduceError[] = [];
  for (let at = error as ProduceError | undefined; at !== undefined; at = at.cause as ProduceError | undefined) chain.push(at);
  const outcomes = chain.find((one) => one.outcomes !== undefined)?.outcomes ?? [];
  const codes = [...chain.map(({ code }) => code), ...outcomes.map(({ errorCode }) => errorCode)] as number[];
  const refusal = codes.map((code) => REFUSALS.get(code)).find((one) => one !== undefined);
  const taken = new Set(outcomes.filter(({ errorCode }) => errorCode === 0).map(placeOf));
  return { ...(refusal === undefined ? {} : { refusal }), taken };
}

function placeOf({ topic, partition }: { topic: string; partition: number }): string {
  return `${topic}/${partition}`;
}

type ProduceResponse = {
  topics: { topicName: string; partitions: { partition: number; errorCode: number }[] }[];
};
type ProduceCall = { request: unknown; response: { decode: unknown; parse(data: ProduceResponse): Promise<unknown> } };
type ProduceRequests = {
  protocol(version: unknown): (options: unknown) => ProduceCall;
  isPatched?: true;
};

/**
 * kafkajs 2.2.4 throws the first error code of a produce response and drops the rest, although the broker may have acknowledged
 * the batches of other partitions. This adds the result of each partition to the error, so that acknowledged messages are not
 * sent again.
 */
function keepProduceOutcomes(): void {
  const { requests } = createRequire(import.meta.url)('kafkajs/src/protocol/requests') as {
    requests: { Produce: ProduceRequests };
  };
  const produce = requests.Produce;
  if (produce.isPatched) return;
  produce.isPatched = true;
  const { protocol } = produce;
  produce.protocol = (version) => (options) => {
    const { request, response } = protocol(version)(options);
    const parse = (data: ProduceResponse): Promise<unknown> =>
      response.parse(data).catch((error: ProduceError) => {
        error.outcomes = outcomesOf(data);
        throw error;
      });
    return { request, response: { ...response, parse } };
  };
}

function outcomesOf({ topics }: ProduceResponse): ProduceOutcome[] {
  return topics.flatMap(({ topicName, partitions }) =>
    partitions.map(({ partition, errorCode }) => ({ topic: topicName, partition, errorCode })),
  );
}
