import assert from 'node:assert/strict';
import { databaseTime, idText, queryFirst } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { type NewSigningKey, storeSigningKey } from './make-signing-key.ts';
import { unsealKey } from './seal-key.ts';

export type Rotation = {
  kid: string;
  signsFrom: Date;
  previousKid: string;
  /** When the last token that the previous key signed has expired everywhere. */
  previousPublishedUntil: Date;
};

type Terms = { encryptionKey: Buffer; jwksRefreshS: number; accessTokenTtlS: number; actor: CommandActor };

/** Verifiers' clocks may be so late. */
const CLOCK_TOLERANCE_S = 60;

/**
 * Publishes a new key, which signs once every verifier has surely read it, and the one before it until nothing that it signed is
 * good any more. Keys whose time is over are forgotten, private half and all.
 *
 * @throws Error while the key of the last rotation is yet to sign, or when the encryption key is not the one that services have
 */
export async function rotateSigningKey(
  trx: Knex.Transaction,
  key: NewSigningKey,
  { encryptionKey, jwksRefreshS, accessTokenTtlS, actor }: Terms,
): Promise<Rotation> {
  // Who waited for the lock got the row that was the newest then; what is the newest now is read under the lock.
  await lockNewestKey(trx);
  const previous = await lockNewestKey(trx);
  const now = (await databaseTime(trx)).getTime();
  if (previous === undefined) throw new Error('There is no signing key yet: auth makes the first one when it starts.');
  const previousKid = idText(previous.id);
  if (previous.signs_from.getTime() > now)
    throw new Error(`A rotation is under way: key ${previousKid} signs from ${previous.signs_from.toISOString()}.`);
  unsealKey(previous.sealed_private_key, { kid: previousKid, encryptionKey });
  const signsFrom = new Date(now + 2 * jwksRefreshS * 1000);
  const previousPublishedUntil = new Date(signsFrom.getTime() + (accessTokenTtlS + CLOCK_TOLERANCE_S) * 1000);
  await trx.raw('UPDATE signing_keys SET published_until = ? WHERE id = ?', [previousPublishedUntil, previous.id]);
  await trx.raw('DELETE FROM signing_keys WHERE published_until < ?', [new Date(now)]);
  const isStored = await storeSigningKey(trx, key, { ordinal: previous.ordinal + 1, signsFrom });
  assert(isStored, `another rotation has made key ${previous.ordinal + 1}`);
  await appendAuditEntry(trx, {
    ...actor,
    action: 'signing-key.rotate',
    subject: key.kid,
    before: { kid: previousKid },
    after: { kid: key.kid, signsFrom, previousPublishedUntil },
  });
  return { kid: key.kid, signsFrom, previousKid, previousPublishedUntil };
}

type KeyRow = { id: Buffer; ordinal: number; signs_from: Date; sealed_private_key: Buffer };

async function lockNewestKey(trx: Knex.Transaction): Promise<KeyRow | undefined> {
  const row = await queryFirst<KeyRow>(
    trx,
    'SELECT id, ordinal, signs_from, sealed_private_key FROM signing_keys ORDER BY ordinal DESC LIMIT 1 FOR UPDATE',
  );
  return row;
}
