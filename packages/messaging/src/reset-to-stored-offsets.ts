import { runTransaction } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Broker, PartitionBounds, PartitionOffset } from './broker.ts';
import { readOffsets } from './consumer-offsets.ts';
import { describeGap, findGaps, type OffsetGap, OffsetGapError, startPositions } from './start-positions.ts';

export type ResetOptions = {
  /** The consumer group, `florin.<service>`. It must have no members: stop the service's instances first. */
  consumer: string;
  /** Where the partitions begin and end that it reads. */
  bounds: readonly PartitionBounds[];
  /** Whether messages that were deleted before they were read may be left out. */
  acceptsGaps?: boolean;
  actor: CommandActor;
};

export type Reset = { offsets: PartitionOffset[]; gaps: OffsetGap[] };

/**
 * Makes a consumer go on from the offsets in its database, which were written with the effects of what came before them. What it
 * gets again, its inbox drops. A partition of which nothing is stored begins at its first message; so does one with an accepted
 * gap. The audit log gets an entry for the reset, and one for each accepted gap with what was missed.
 *
 * @returns the offsets set, and the gaps accepted
 * @throws OffsetGapError when there are gaps that are not accepted; then nothing is changed
 */
export async function resetToStoredOffsets(db: Knex, broker: Broker, options: ResetOptions): Promise<Reset> {
  const { consumer, bounds, acceptsGaps = false, actor } = options;
  const stored = await readOffsets(db, consumer);
  const gaps = findGaps(stored, bounds);
  if (gaps.length > 0 && !acceptsGaps) throw new OffsetGapError(consumer, gaps);
  const isLost = ({ topic, partition }: PartitionOffset): boolean =>
    gaps.some((gap) => gap.topic === topic && gap.partition === partition);
  const kept = stored.filter((offset) => !isLost(offset));
  const offsets = startPositions({ bounds, committed: kept, stored: kept }).map(({ topic, partition, offset }) => ({
    topic,
    partition,
    offset,
  }));
  // Before the transaction: the broker refuses while an instance runs, and then nothing is recorded. Setting offsets takes seconds
  // per topic, and the database closes a connection whose transaction is idle for ten seconds. If the process ends in between, the
  // next run sets the same offsets.
  await broker.resetOffsets(consumer, offsets);
  await runTransaction(db, async (trx) => {
    await acceptGaps(trx, { consumer, actor }, { gaps, offsets });
    await appendAuditEntry(trx, { ...actor, action: 'consumer.reset-offsets', subject: consumer, after: { offsets } });
  });
  return { offsets, gaps };
}

/** The messages that a consumer is missing by the offsets in its database. */
export async function readGaps(db: Knex, { consumer, bounds }: Pick<ResetOptions, 'consumer' | 'bounds'>): Promise<OffsetGap[]> {
  return findGaps(await readOffsets(db, consumer), bounds);
}

type Accepting = { consumer: string; actor: CommandActor };

async function acceptGaps(trx: Knex.Transaction, { consumer, actor }: Accepting, { gaps, offsets }: Reset): Promise<void> {
  for (const gap of gaps) {
    const { topic, partition, from } = gap;
    const start = offsets.find((one) => one.topic === topic && one.partition === partition);
    await trx('consumer_offsets').where({ consumer, topic, partition_id: partition }).delete();
    await appendAuditEntry(trx, {
      ...actor,
      action: 'consumer.accept-gap',
      subject: `${topic}/${partition}`,
      before: { consumer, nextOffset: from },
      after: { consumer, nextOffset: start?.offset ?? null, missed: describeGap(gap) },
    });
  }
}
