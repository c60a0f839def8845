import { insertRows, query } from '@florin/database';
import { createEventVerifier, type EventSignatures, needsStart, type SignatureStarts, type VerifyEvent } from '@florin/events';
import type { Knex } from 'knex';
import type { PartitionOffset } from './broker.ts';
import { signatureStartsTable } from './messaging-tables.ts';

type StartRow = { topic: string; partition_id: number; signed_from: number | string };

/** Creates the verifier for a batch of messages. Reads the stored offsets only if the batch has unsigned messages. */
export async function verifierFor(
  db: Knex,
  signatures: EventSignatures,
  messages: readonly { value: Buffer | null }[],
): Promise<VerifyEvent> {
  const needsStarts = messages.some(({ value }) => needsStart(signatures, value));
  return createEventVerifier(signatures, needsStarts ? { starts: await readSignatureStarts(db) } : {});
}

/** Reads the first offset of each partition from which events must be signed. Empty until it has been stored. */
export async function readSignatureStarts(db: Knex): Promise<SignatureStarts> {
  const rows = await query<StartRow>(db, 'SELECT topic, partition_id, signed_from FROM signature_starts', []);
  return new Map(rows.map(({ topic, partition_id, signed_from }) => [`${topic}/${partition_id}`, String(signed_from)]));
}

/** Stores from which offset of each partition events must be signed. A stored offset never changes. */
export async function storeSignatureStarts(trx: Knex, starts: readonly PartitionOffset[]): Promise<void> {
  await insertRows(
    trx,
    signatureStartsTable,
    starts.map(({ topic, partition, offset }) => ({ topic, partitionId: partition, signedFrom: offset })),
    { onDuplicateKey: 'signature_starts.topic = signature_starts.topic' },
  );
}
