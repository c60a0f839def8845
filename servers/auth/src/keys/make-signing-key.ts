import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { column, defineTable, execute, idBytes, newId } from '@florin/database';
import type { Knex } from 'knex';
import { sealKey } from './seal-key.ts';

export type NewSigningKey = { kid: string; publicJwk: string; sealedPrivateKey: Buffer };

const MODULUS_BITS = 2_048;

/** Creates a key pair. It is slow, so call it before a transaction. */
export async function makeSigningKey(encryptionKey: Buffer): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  const kid = newId();
  const publicJwk = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
  return { kid, publicJwk, sealedPrivateKey: sealKey(privateKey, { kid, encryptionKey }) };
}

export const signingKeysTable = defineTable('signing_keys', {
  id: column.id(),
  ordinal: column.integer('int unsigned'),
  publicJwk: column.text('varchar(2000)'),
  sealedPrivateKey: column.bytes('varbinary(4000)'),
  signsFrom: column.time(),
  publishedUntil: column.time().orNull().byDatabase(),
  createdAt: column.time().byDatabase(),
});

type Place = { ordinal: number; signsFrom: Date };

/** Stores the n-th key. Returns false if another instance stored that key first. */
export async function storeSigningKey(
  trx: Knex.Transaction,
  key: NewSigningKey,
  { ordinal, signsFrom }: Place,
): Promise<boolean> {
  const { affectedRows } = await execute(
    trx,
    `INSERT INTO signing_keys (id, ordinal, public_jwk, sealed_private_key, signs_from) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE id = id`,
    [idBytes(key.kid), ordinal, key.publicJwk, key.sealedPrivateKey, signsFrom],
  );
  return affectedRows === 1;
}
