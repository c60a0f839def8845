import { execute, query, runTransaction } from '@florin/database';
import { type EventSignatures, signEvent } from '@florin/events';
import type { Knex } from 'knex';

const ROWS_PER_TRANSACTION = 500;
/** The signature is within the last 95 characters. */
const IS_UNSIGNED = `RIGHT(payload, 95) NOT LIKE '%,"florinsig":"v1.%'`;

type WaitingTable = 'outbox' | 'parked_outbox';
type WaitingRow = { id: number; topic: string; message_key: Buffer; payload: string };

/**
 * Signs the unsigned events of a table that the relay does not read now: `parked_outbox`, or the outbox of a service that does
 * not run.
 *
 * @returns the number of events signed
 */
export async function signWaitingEvents(db: Knex, table: WaitingTable, signatures: EventSignatures): Promise<number> {
  if (signatures.mode === 'off') return 0;
  const [signer] = signatures.keys;
  const signRows = async (trx: Knex.Transaction): Promise<number> => {
    const rows = await query<WaitingRow>(
      trx,
      `SELECT id, topic, message_key, payload FROM ${table} WHERE ${IS_UNSIGNED} ORDER BY id LIMIT ? FOR UPDATE`,
      [ROWS_PER_TRANSACTION],
    );
    for (const { id, topic, message_key, payload } of rows) {
      const signed = signEvent(payload, { topic, key: message_key.toString() }, signer);
      await execute(trx, `UPDATE ${table} SET payload = ? WHERE id = ?`, [signed, id]);
    }
    return rows.length;
  };
  for (let signed = 0; ; ) {
    const rows = await runTransaction(db, signRows);
    signed += rows;
    if (rows < ROWS_PER_TRANSACTION) return signed;
  }
}

/** Whether the outbox has an unsigned event, which the relay will publish as it is. */
export async function hasUnsignedEvents(db: Knex): Promise<boolean> {
  const rows = await query<{ id: number }>(db, `SELECT id FROM outbox WHERE ${IS_UNSIGNED} LIMIT 1`, []);
  return rows.length > 0;
}
