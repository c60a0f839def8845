import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { column, defineTable, execute, idBytes, newId } from '@florin/database';
import type { Knex } from 'knex';
import { sealKey } from './seal-key.ts';

export type NewSigningKey = { kid: string; publicJwk: string; sealedPrivateKey: Buffer };

/** RS256: RSA with 3,072 bits; ES256: ECDSA on P-256. Both are as strong as a key of 128 bits. */
export type SigningAlgorithm = 'RS256' | 'ES256';

export const signingAlgorithms: readonly SigningAlgorithm[] = ['RS256', 'ES256'];

const MODULUS_BITS = 3_072;

/** Creates a key pair. It is slow, so call it before a transaction. */
export async function makeSigningKey(encryptionKey: Buffer, alg: SigningAlgorithm): Promise<NewSigningKey> {
  const { publicKey, privateKey } =
    alg === 'ES256'
      ? await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
      : await promisify(generateKeyPair)('rsa', { modulusLength: MODULUS_BITS });
  const kid = newId();
  const publicJwk = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg });
  return { kid, publicJwk, sealedPrivateKey: sealKey(privateKey, { kid, encryptionKey }) };
}

/** The algorithm of a key's tokens. */
export function algorithmOf({ asymmetricKeyType }: KeyObject): SigningAlgorithm {
  return asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
}

/** Tells whether a key is one that this release makes for the algorithm: an earlier one made shorter RSA keys. */
export function isMadeFor(alg: SigningAlgorithm, key: KeyObject): boolean {
  return algorithmOf(key) === alg && (alg === 'ES256' || (key.asymmetricKeyDetails?.modulusLength ?? 0) >= MODULUS_BITS);
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
