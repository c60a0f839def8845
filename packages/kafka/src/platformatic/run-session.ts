import { sleep } from '@florin/runtime';
import type { KafkaOptions } from '../kafka-options.ts';
import { createEnding, type Session, type SessionOptions } from '../session.ts';
import { deliver } from './deliver.ts';
import { createMember } from './group-member.ts';

/** Consumes as one member of a group until stopped. */
export async function runSession(driver: KafkaOptions & SessionOptions, session: Session): Promise<void> {
  // A gap ends the subscription even if another member reads the partition.
  await driver.readStartPositions();
  const { group, topics } = session.options;
  const ending = createEnding(session.signal);
  let assigned = new AbortController();
  let delivering: Promise<void> = Promise.resolve();
  const member = createMember(driver, {
    group,
    topics,
    async beforeJoin() {
      assigned.abort();
      await batchesUnderWay(session, driver);
    },
    onAssigned(assignments) {
      assigned.abort();
      assigned = new AbortController();
      const signal = AbortSignal.any([assigned.signal, ending.signal]);
      // One assignment after the other, so that no partition is handled twice at the same time.
      delivering = delivering
        .then(() => deliver(driver, session, { assignments, signal, commit: member.commit }))
        .catch((error: unknown) => ending.reach(error as Error));
    },
    onLost: ending.reach,
  });
  try {
    await member.join();
    session.onJoined();
    await ending.reached;
  } finally {
    ending.reach();
    await delivering;
    await member.leave();
  }
}

/**
 * Waits for the batches that are being handled, so that their effects and offsets are committed before another member gets their
 * partitions. Without a heartbeat meanwhile, it must not take a session timeout. A batch that takes longer sees that it is stale.
 */
async function batchesUnderWay({ underWay }: Session, { sessionTimeoutMs }: SessionOptions): Promise<void> {
  const waited = new AbortController();
  await Promise.race([Promise.allSettled(underWay), sleep(sessionTimeoutMs / 2, waited.signal)]);
  waited.abort();
}
