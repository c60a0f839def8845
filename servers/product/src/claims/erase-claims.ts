import { execute, idBytes } from '@florin/database';
import type { Event } from '@florin/events';
import type { Knex } from 'knex';

const BATCH_SIZE = 500;

/**
 * Erases what was written about erased buyers: the texts, rejections and messages of their claims, and the reasons of their refunds.
 * Claims and refunds stay, and can still be decided: the bookkeeping needs them.
 *
 * Runs after `eraseBuyers`, which remembers the users and locks their purchases: concurrent requests have saved their texts by then,
 * or find the users erased.
 */
export async function eraseClaims(trx: Knex.Transaction, events: readonly Event<'user-erased'>[]): Promise<void> {
  const userIds = events.map(({ data }) => idBytes(data.userId));
  const claims = await idsOf(trx, 'claims', userIds);
  for (const ids of batches(claims)) {
    await execute(trx, 'UPDATE claims SET text = NULL, rejection = NULL WHERE id IN (?)', [ids]);
    await execute(trx, 'DELETE FROM claim_messages WHERE claim_id IN (?)', [ids]);
  }
  const refunds = await idsOf(trx, 'refunds', userIds);
  for (const ids of batches(refunds)) await execute(trx, 'UPDATE refunds SET reason = NULL WHERE id IN (?)', [ids]);
}

function idsOf(trx: Knex.Transaction, table: 'claims' | 'refunds', userIds: readonly Buffer[]): Promise<Buffer[]> {
  return trx(table).whereIn('user_id', userIds).orderBy('id').pluck('id');
}

function batches(ids: readonly Buffer[]): Buffer[][] {
  return Array.from({ length: Math.ceil(ids.length / BATCH_SIZE) }, (_, index) =>
    ids.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
}
