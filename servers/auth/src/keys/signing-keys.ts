import type { KeyObject } from 'node:crypto';
import type { Jwk } from '@florin/auth-middleware';
import { idText, type Transact } from '@florin/runtime';
import type { Knex } from 'knex';
import { makeSigningKey, storeSigningKey } from './make-signing-key.ts';
import { unsealKey } from './seal-key.ts';

export type SigningKey = { kid: string; privateKey: KeyObject };

export type SigningKeys = {
  /** Makes the first key where there is none yet. */
  start(): Promise<void>;
  /** What signs now. */
  current(): SigningKey;
  /** What tokens may be signed with, for JWKS. */
  published(): Promise<Jwk[]>;
};

const FIRST = 1;
const QUERY_TIMEOUT_MS = 2_000;

type Parts = { db: Knex; transact: Transact; encryptionKey: Buffer };

/** The key pairs of access tokens, which live in the database and are shared by all instances. */
export function createSigningKeys({ db, transact, encryptionKey }: Parts): SigningKeys {
  let signing: SigningKey | undefined;
  return {
    start: async () => {
      if ((await findSigningKey(db)) === undefined) {
        const key = await makeSigningKey(encryptionKey);
        await transact((trx) => storeSigningKey(trx, FIRST, key));
      }
      const row = await findSigningKey(db);
      if (row === undefined) throw new Error('There is no signing key.');
      const kid = idText(row.id);
      signing = { kid, privateKey: unsealKey(row.sealed_private_key, { kid, encryptionKey }) };
    },
    current: () => {
      if (signing === undefined) throw new Error('The signing keys are not loaded.');
      return signing;
    },
    published: () => publishedKeys(db),
  };
}

type SigningKeyRow = { id: Buffer; sealed_private_key: Buffer };

async function findSigningKey(db: Knex): Promise<SigningKeyRow | undefined> {
  const [[row]] = (await db.raw(
    'SELECT id, sealed_private_key FROM signing_keys WHERE signs_from <= ? ORDER BY ordinal DESC LIMIT 1',
    [new Date()],
  )) as [SigningKeyRow[]];
  return row;
}

async function publishedKeys(db: Knex): Promise<Jwk[]> {
  const [rows] = (await db
    .raw('SELECT public_jwk FROM signing_keys WHERE published_until IS NULL OR published_until > ? ORDER BY ordinal DESC', [
      new Date(),
    ])
    .timeout(QUERY_TIMEOUT_MS)) as [{ public_jwk: string }[]];
  return rows.map(({ public_jwk }) => JSON.parse(public_jwk) as Jwk);
}
