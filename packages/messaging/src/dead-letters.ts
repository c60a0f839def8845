import { idBytes, newId } from '@florin/runtime';
import type { Knex } from 'knex';
import type { Message } from './broker.ts';

const LONGEST_REASON = 1000;

export type DeadLetter = { topic: string; partition: number; message: Message; reason: string };

/** Keeps messages that could not be read, once each, so that the consumer can go past them and nothing is lost. */
export async function insertDeadLetters(trx: Knex.Transaction, consumer: string, letters: readonly DeadLetter[]): Promise<void> {
  for (const { topic, partition, message, reason } of letters) {
    await trx.raw(
      `INSERT INTO dead_letters (id, consumer, topic, partition_id, message_offset, message_key, value, reason)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE id = id`,
      [idBytes(newId()), consumer, topic, partition, message.offset, message.key, message.value, reason.slice(0, LONGEST_REASON)],
    );
  }
}
