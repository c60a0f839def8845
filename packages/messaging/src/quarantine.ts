import { insertRows, newId, query } from '@florin/database';
import type { Knex } from 'knex';
import type { Message } from './broker.ts';
import { causeOf } from './event-fault.ts';
import { deadLettersTable, quarantinedTable } from './messaging-tables.ts';

/** A message on its way to `dead_letters`: dead with the error that says why, or parked behind a dead one of its key. */
export type SetAside = { topic: string; partition: number; message: Message; error?: unknown };

const LONGEST_REASON = 1000;

/** Which of these keys wait behind a dead letter; their rows stay locked, so that a replay cannot end the quarantine meanwhile. */
export async function lockQuarantined(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await query<{ message_key: Buffer }>(
    trx,
    'SELECT message_key FROM quarantined WHERE consumer = ? AND message_key IN (?) ORDER BY message_key FOR UPDATE',
    [consumer, keys],
  );
  return new Set(rows.map(({ message_key }) => message_key.toString('latin1')));
}

/** Keeps messages aside, once each and in order, and holds back what comes later with the key of a dead one. */
export async function setAside(trx: Knex.Transaction, consumer: string, letters: readonly SetAside[]): Promise<void> {
  await insertLetters(trx, consumer, letters);
  const keys = letters.flatMap(({ message, error }) => (error === undefined || message.key === null ? [] : [message.key]));
  await quarantineKeys(trx, consumer, keys);
}

/** Writes letters, once each and in order. Holds nothing back. */
export async function insertLetters(trx: Knex.Transaction, consumer: string, letters: readonly SetAside[]): Promise<void> {
  const rows = letters.map(({ topic, partition, message, error }) => ({
    id: newId(),
    consumer,
    status: error === undefined ? ('parked' as const) : ('dead' as const),
    topic,
    partitionId: partition,
    messageOffset: message.offset,
    messageKey: message.key,
    value: message.value,
    cause: error === undefined ? null : causeOf(error),
    reason: error === undefined ? null : reasonOf(error),
  }));
  await insertRows(trx, deadLettersTable, rows, { onDuplicateKey: 'dead_letters.id = dead_letters.id' });
}

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
}

async function quarantineKeys(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<void> {
  await insertRows(
    trx,
    quarantinedTable,
    keys.map((messageKey) => ({ consumer, messageKey })),
    { onDuplicateKey: 'quarantined.consumer = quarantined.consumer' },
  );
}
