import assert from 'node:assert';
import { type EventSignatures, type SigningKey, signEvent } from '@florin/events';
import type { Knex } from 'knex';

/** The key that signs the events of a database's outbox; null if they stay unsigned. */
type Signer = SigningKey | null;

/** Decides how events are signed, for every later transaction of this database. Call it before events are appended. */
export function setEventSignatures(db: Knex, signatures: EventSignatures): void {
  const eventSigner: Signer = signatures.mode === 'off' ? null : signatures.keys[0];
  db.userParams = { ...db.userParams, eventSigner };
}

/**
 * Returns the function that signs the events of this database.
 *
 * @throws AssertionError if `setEventSignatures` has not been called: other services would refuse the events as forged
 */
export function signerOf(db: Knex): (json: string, address: { topic: string; key: string }) => string {
  const signer = db.userParams?.['eventSigner'] as Signer | undefined;
  assert(signer !== undefined, 'setEventSignatures must be called before events are appended');
  return signer === null ? (json) => json : (json, address) => signEvent(json, address, signer);
}
