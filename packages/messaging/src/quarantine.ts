import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Message } from './broker.ts';
import { cutSets } from './cut-sets.ts';
import { causeOf } from './event-fault.ts';

/** A message on its way to `dead_letters`: dead with the error that says why, or parked behind a dead one of its key. */
export type SetAside = { topic: string; partition: number; message: Message; error?: unknown };

const LONGEST_REASON = 1000;
/** Far below what servers take (16 MB), also as hexadecimal text. */
const BYTES_PER_STATEMENT = 1024 * 1024;

/** Which of these keys wait behind a dead letter; their rows stay locked, so that a replay cannot end the quarantine meanwhile. */
export async function lockQuarantined(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const [rows] = (await trx.raw(
    `SELECT message_key FROM quarantined WHERE consumer = ? AND message_key IN (${keys.map(() => '?').join(', ')})
     ORDER BY message_key FOR UPDATE`,
    [consumer, ...keys],
  )) as [{ message_key: Buffer }[]];
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
  const bytesOf = ({ message }: SetAside): number => message.value?.length ?? 0;
  for (const set of cutSets(letters, { maxBytes: BYTES_PER_STATEMENT, bytesOf })) await insertSet(trx, consumer, set);
}

async function insertSet(trx: Knex.Transaction, consumer: string, letters: readonly SetAside[]): Promise<void> {
  await trx.raw(
    `INSERT INTO dead_letters (id, consumer, status, topic, partition_id, message_offset, message_key, value, cause, reason)
     VALUES ${letters.map(() => '(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').join(', ')} ON DUPLICATE KEY UPDATE dead_letters.id = dead_letters.id`,
    letters.flatMap(({ topic, partition, message, error }) => [
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
  return (error instanceof Error ? error.message : String(error)).slice(0, LONGEST_REASON);
}

async function quarantineKeys(trx: Knex.Transaction, consumer: string, keys: readonly Buffer[]): Promise<void> {
  if (keys.length === 0) return;
  await trx.raw(
    `INSERT INTO quarantined (consumer, message_key) VALUES ${keys.map(() => '(?, ?)').join(', ')}
     ON DUPLICATE KEY UPDATE quarantined.consumer = quarantined.consumer`,
    keys.flatMap((key) => [consumer, key]),
  );
}
