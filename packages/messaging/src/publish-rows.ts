import type { ReachFailpoint, Tracer } from '@florin/runtime';
import type { Connection } from 'mysql2/promise';
import type { BatchLimit } from './batch-limit.ts';
import { type Broker, MessagesRefused, type OutgoingMessage, PublishFailed } from './broker.ts';
import type { Parking } from './park-rows.ts';
import { type OutboxRow, readPayloads } from './read-outbox.ts';
import { tracingPublish } from './trace-publishing.ts';

/** What an active relay works with: one connection, for as long as it holds the lock. */
export type Term = {
  broker: Broker;
  /** Undefined: publishing is not traced. */
  tracer?: Tracer | undefined;
  connection: Connection;
  parking: Parking;
  limit: BatchLimit;
  reachFailpoint: ReachFailpoint;
};

type Outgoing = { row: OutboxRow; message: OutgoingMessage };

/**
 * Publishes outbox rows in one request and deletes them.
 *
 * @param onPublishing called just before the request is sent
 * @returns false if the broker refused some rows: one row is then parked, or all rows are sent, and the outbox must be read anew
 */
export async function publishRows(term: Term, rows: readonly OutboxRow[], onPublishing: () => void): Promise<boolean> {
  term.reachFailpoint('after-read-before-publish');
  const payloads = await readPayloads(term.connection, rows);
  onPublishing();
  return publish(
    term,
    rows.map((row, index) => ({ row, message: messageOf(row, payloads[index] ?? '') })),
  );
}

async function publish(term: Term, outgoing: readonly Outgoing[]): Promise<boolean> {
  const messages = outgoing.map(({ message }) => message);
  try {
    await tracingPublish(term.tracer, messages, () => term.broker.publish(messages));
  } catch (error) {
    if (!(error instanceof PublishFailed)) throw error;
    const left = await deleteAcknowledged(term, outgoing, error);
    if (!(error instanceof MessagesRefused)) throw error;
    await narrowDown(term, left, error.message);
    return false;
  }
  term.reachFailpoint('after-publish-before-delete');
  await deleteSent(term.connection, outgoing);
  return true;
}

/** Deletes acknowledged rows, so that they are never sent again. */
async function deleteAcknowledged(
  { connection }: Term,
  outgoing: readonly Outgoing[],
  failure: PublishFailed,
): Promise<readonly Outgoing[]> {
  const acknowledged = new Set(failure.acknowledged);
  const isTaken = ({ message }: Outgoing): boolean => acknowledged.has(message);
  await deleteSent(connection, outgoing.filter(isTaken));
  return outgoing.filter((one) => !isTaken(one));
}

/** Halves the refused rows until the faulty row is alone, and parks it. */
async function narrowDown(term: Term, refused: readonly Outgoing[], reason: string): Promise<void> {
  term.limit.forget();
  const [first, ...others] = refused;
  if (first === undefined) return;
  if (others.length === 0) {
    await term.parking.parkRefused(first.row, reason);
    return;
  }
  const middle = Math.ceil(refused.length / 2);
  if (await publish(term, refused.slice(0, middle))) await publish(term, refused.slice(middle));
}

function messageOf({ topic, message_key }: OutboxRow, value: string): OutgoingMessage {
  return { topic, key: message_key.toString(), value, headers: { 'content-type': 'application/cloudevents+json' } };
}

/**
 * Deletes exactly the rows that were sent, by id: an older row may have been committed meanwhile, and any other condition would
 * delete it unsent. ORDER BY and LIMIT make the server walk the primary key; without them IN stalled for seconds under load.
 */
async function deleteSent(connection: Connection, sent: readonly Outgoing[]): Promise<void> {
  if (sent.length === 0) return;
  const ids = sent.map(({ row }) => row.id);
  await connection.query('DELETE FROM outbox WHERE id IN (?) ORDER BY id LIMIT ?', [ids, ids.length]);
}
