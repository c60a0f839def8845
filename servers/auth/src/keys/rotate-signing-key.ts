import assert from 'node:assert/strict';
import { databaseTime, idText, queryFirst } from '@florin/database';
import { appendAuditEntry, type CommandActor } from '@florin/runtime';
import type { Knex } from 'knex';
import { type NewSigningKey, storeSigningKey } from './make-signing-key.ts';
import { type EncryptionKeys, openKey } from './seal-key.ts';

export type Rotation = {
  kid: string;
  signsFrom: Date;
  previousKid: string;
  /** The time at which the last token of the previous key has expired at every verifier. */
  previousPublishedUntil: Date;
};

type Terms = { encryptionKeys: EncryptionKeys; jwksRefreshS: number; accessTokenTtlS: number; actor: CommandActor };

/** Allowance for verifiers' slow clocks. */
const CLOCK_TOLERANCE_S = 60;

/**
 * Publishes a new key, which signs once every verifier has read it. The previous key stays published until its last token has
 * expired. Deletes keys that are past their time, with their private halves.
 *
 * @throws Error while the key of the last rotation does not sign yet, or when the encryption key differs from that of the
 * services
 */
export async function rotateSigningKey(
  trx: Knex.Transaction,
  key: NewSigningKey,
  { encryptionKeys, jwksRefreshS, accessTokenTtlS, actor }: Terms,
): Promise<Rotation> {
  // Reads the newest key under the lock: a transaction that waited for the lock got the row that was newest before.
  await lockNewestKey(trx);
  const previous = await lockNewestKey(trx);
  const now = (await databaseTime(trx)).getTime();
  if (previous === undefined) throw new Error('There is no signing key yet: auth creates the first one when it starts.');
  const previousKid = idText(previous.id);
  if (previous.signs_from.getTime() > now)
    throw new Error(`A rotation is under way: key ${previousKid} signs from ${previous.signs_from.toISOString()}.`);
  openKey(previous.sealed_private_key, { kid: previousKid, encryptionKeys });
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
