import { sleep } from '@florin/runtime';
import type { produceV7 as produce } from '@platformatic/kafka';
import { type ClockConnection, clockTopicOf } from '../broker-clock.ts';
import { type KafkaOptions, REQUEST_TIMEOUT_MS } from '../kafka-options.ts';
import { clientOptions, closeClient, prepared } from './client-options.ts';
import { explained } from './faults.ts';
import { library } from './library.ts';
import { createTopic, untilLed } from './topic-admin.ts';

const NO_TIME = -1;
const RETRY_MS = 100;

/**
 * Connects to the clock topic, which it creates if it is missing.
 *
 * Sends the request itself, because the library's producer drops the time in the broker's answer. Version 7 of the request is
 * known to all brokers since Kafka 2.1.
 */
export async function connectClock(options: KafkaOptions): Promise<ClockConnection> {
  const { Admin, ProduceAcks, produceV7 } = library();
  const client = prepared(new Admin(clientOptions(options)), options);
  const clockTopic = clockTopicOf(options.prefix);
  const { topic } = clockTopic;
  try {
    const known = await explained(client.listTopics());
    if (!known.includes(topic)) await createTopic(client, { ...clockTopic, partitions: 1 });
    await untilLed(client, [topic]);
  } catch (error) {
    await closeClient(client, () => client.close());
    throw error;
  }
  const append = async (): Promise<number> => {
    const { topics } = await client.metadata({ topics: [topic] });
    const leader = topics.get(topic)?.partitions[0]?.leader ?? -1;
    const connection = (await client.connectToBrokers([leader])).get(leader);
    if (connection === undefined) throw new Error(`${topic} has no leader`);
    const records = [{ topic, partition: 0, value: Buffer.alloc(0), headers: new Map<Buffer, Buffer>() }];
    const answer = (await produceV7.api.async(
      connection,
      ProduceAcks.LEADER,
      REQUEST_TIMEOUT_MS,
      records,
    )) as produce.ProduceResponse;
    return Number(answer.responses[0]?.partitionResponses[0]?.logAppendTimeMs ?? NO_TIME);
  };
  return {
    async append() {
      try {
        return await explained(append());
      } catch {
        // The leader may have moved.
        client.clearMetadata();
        await sleep(RETRY_MS);
        return explained(append());
      }
    },
    disconnect: () => closeClient(client, () => client.close()),
  };
}
