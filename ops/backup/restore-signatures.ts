import { openDatabase, runTransaction } from '@florin/database';
import { createEventVerifier, type EventSignatures, type SignatureStarts, type VerifyEvent } from '@florin/events';
import { readSignatureStarts, signWaitingEvents, storeSignatureStarts } from '@florin/messaging';
import type { Knex } from 'knex';

/** Reads from which offsets a database requires signed events, before it is replaced. Empty if it does not exist. */
export async function readStartsBefore(url: string): Promise<SignatureStarts> {
  const db = openDatabase({ url, poolMax: 1 });
  try {
    return await readStarts(db);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ER_BAD_DB_ERROR' || code === 'ER_DBACCESS_DENIED_ERROR') return new Map();
    throw error;
  } finally {
    await db.destroy();
  }
}

type Restoring = { signatures: EventSignatures; startsBefore: SignatureStarts; hasFreshTopics: boolean };

/**
 * Signs the restored outbox, whose events are published once more, and keeps the offsets from which events must be signed. A
 * fresh topic begins at offset 0.
 *
 * @returns false if signed events were required before and the backup has no table for that: it is from an earlier release
 */
export async function restoreSignatures(db: Knex, { signatures, startsBefore, hasFreshTopics }: Restoring): Promise<boolean> {
  await signWaitingEvents(db, 'outbox', signatures);
  if (await db.schema.hasTable('parked_outbox')) await signWaitingEvents(db, 'parked_outbox', signatures);
  if (!(await db.schema.hasTable('signature_starts'))) return startsBefore.size === 0;
  await runTransaction(db, async (trx) => {
    await storeSignatureStarts(trx, offsetsOf(startsBefore));
    if (hasFreshTopics) await trx('signature_starts').update({ signed_from: 0 });
  });
  return true;
}

/** Creates the verifier of messages that all databases read. */
export async function restoredVerifier(databases: readonly Knex[], signatures: EventSignatures): Promise<VerifyEvent> {
  const starts = await Promise.all(databases.map(readStarts));
  return createEventVerifier(signatures, { starts: new Map(starts.flatMap((one) => [...one])) });
}

async function readStarts(db: Knex): Promise<SignatureStarts> {
  return (await db.schema.hasTable('signature_starts')) ? readSignatureStarts(db) : new Map();
}

function offsetsOf(starts: SignatureStarts) {
  return [...starts].map(([place, offset]) => {
    const slash = place.lastIndexOf('/');
    return { topic: place.slice(0, slash), partition: Number(place.slice(slash + 1)), offset };
  });
}
