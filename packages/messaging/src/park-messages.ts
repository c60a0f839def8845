import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Message } from './broker.ts';
import { cutSets } from './cut-sets.ts';
import { causeOf } from './is-poison.ts';

/** A message for `dead_letters`: dead, with the error that was thrown, or parked behind a dead message of its key. */
export type FailedMessage = { topic: string; partition: number; message: Message; error?: unknown };

const MAX_REASON_LENGTH = 1000;
/** Far below the servers' limit of 16 MB, even as hexadecimal text. */
const BYTES_PER_STATEMENT = 1024 * 1024;

/** Finds the keys that have a dead message, and locks their rows, so that a replay cannot end a quarantine meanwhile. */
export async function lockQuarantined(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const [rows] = (await trx.raw(
    `SELECT message_key FROM quarantined WHERE consumer = ? AND message_key IN (${keys.map(() => '?').join(', ')})
     ORDER BY message_key FOR UPDATE`,
    [consumer, ...keys],
  )) as [{ message_key: Buffer }[]];
  return new Set(rows.map(({ message_key }) => message_key.toString('latin1')));
}

/** Writes messages to `dead_letters`, once each and in order, and quarantines the keys of dead ones. */
export async function parkMessages(trx: Knex.Transaction, consumer: string, messages: readonly FailedMessage[]): Promise<void> {
  await insertDeadLetters(trx, consumer, messages);
  const keys = messages.flatMap(({ message, error }) => (error === undefined || message.key === null ? [] : [message.key]));
  await quarantineKeys(trx, consumer, keys);
}

/** Writes messages to `dead_letters`, once each and in order. Quarantines no key. */
export async function insertDeadLetters(
  trx: Knex.Transaction,
  consumer: string,
  messages: readonly FailedMessage[],
): Promise<void> {
  const bytesOf = ({ message }: FailedMessage): number => message.value?.length ?? 0;
  for (const set of cutSets(messages, { maxBytes: BYTES_PER_STATEMENT, bytesOf })) await insertSet(trx, consumer, set);
}

async function insertSet(trx: Knex.Transaction, consumer: string, messages: readonly FailedMessage[]): Promise<void> {
  await trx.raw(
    `INSERT INTO dead_letters (id, consumer, status, topic, partition_id, message_offset, message_key, value, cause, reason)
     VALUES ${messages.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')} ON DUPLICATE KEY UPDATE dead_letters.id = dead_letters.id`,
    messages.flatMap(({ topic, partition, message, error }) => [
      idBytes(newId()),
      consumer,
      error === undefined ? 'parked' : 'dead',
      topic,
      partition,
      message.offset,
      message.key,
      message.value,
      error === undefined ? null : causeOf(error),
      error === undefined ? null : reasonOf(error),
    ]),
  );
}

export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, MAX_REASON_LENGTH);
}

async function quarantineKeys(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<void> {
  if (keys.length === 0) return;
  await trx.raw(
    `INSERT INTO quarantined (consumer, message_key) VALUES ${keys.map(() => '(?, ?)').join(', ')}
     ON DUPLICATE KEY UPDATE quarantined.consumer = quarantined.consumer`,
    keys.flatMap((key) => [consumer, key]),
  );
}
