import { sleep } from '@florin/runtime';
import type { Admin } from 'kafkajs';

const LOOKS_FOR_LEADERS = 100;
const LEADER_POLL_MS = 100;
const passesSoon: ReadonlySet<string | undefined> = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE']);

/** Retries until every partition has a leader, which takes a moment for new topics. */
export async function untilLed(admin: Admin, names: string[]): Promise<void> {
  for (let look = 1; ; look++) {
    const isLast = look === LOOKS_FOR_LEADERS;
    const { topics } = await admin.fetchTopicMetadata({ topics: names }).catch((error: Error & { type?: string }) => {
      if (isLast || !passesSoon.has(error.type)) throw error;
      return { topics: [] };
    });
    const partitions = topics.flatMap((topic) => topic.partitions);
    if (topics.length === names.length && partitions.every(({ leader }) => leader >= 0)) return;
    if (isLast) throw new Error(`No leader for every partition of ${names.join(', ')}`);
    await sleep(LEADER_POLL_MS);
  }
}
