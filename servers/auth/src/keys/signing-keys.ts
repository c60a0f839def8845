import type { KeyObject } from 'node:crypto';
import type { Jwk } from '@florin/auth-middleware';
import { idText, query, rowsOf, type Transact } from '@florin/database';
import { faultOf, type Logger } from '@florin/runtime';
import type { Knex } from 'knex';
import { isMadeFor, makeSigningKey, type SigningAlgorithm, storeSigningKey } from './make-signing-key.ts';
import { type EncryptionKeys, openKey } from './seal-key.ts';

export type SigningKey = { kid: string; privateKey: KeyObject };

export type SigningKeys = {
  /** Creates the first key if there is none, then reads the keys periodically. */
  start(): Promise<void>;
  stop(): void;
  /** The key that signs now. */
  current(): SigningKey;
  /** The published keys, for JWKS. */
  published(): Promise<Jwk[]>;
};

const FIRST = 1;
const QUERY_TIMEOUT_MS = 2_000;
const RETRY_MS = 1_000;

type Parts = {
  db: Knex;
  transact: Transact;
  encryptionKeys: EncryptionKeys;
  /** The algorithm of new keys. */
  algorithm: SigningAlgorithm;
  refreshMs: number;
  logger: Logger;
};

/** `signsAtMs`: by `performance.now()`, so that instances whose clocks differ change keys at the same moment. */
type TimedKey = SigningKey & { signsAtMs: number };

/**
 * The key pairs of access tokens, stored in the database and shared by all instances. A rotation publishes a key long before it
 * signs, so that all instances change to it at the same time.
 */
export function createSigningKeys({ db, transact, encryptionKeys, algorithm, refreshMs, logger }: Parts): SigningKeys {
  let newestFirst: readonly TimedKey[] = [];
  let timer: NodeJS.Timeout | undefined;

  const load = async (): Promise<void> => {
    newestFirst = openedKeys(await findSigningKeys(db), { encryptionKeys, logger });
  };
  const schedule = (delayMs: number): void => {
    timer = setTimeout(() => {
      load().then(
        () => schedule(refreshMs),
        (error: unknown) => {
          logger.warn('the signing keys could not be read again', faultOf(error));
          schedule(Math.min(RETRY_MS, refreshMs));
        },
      );
    }, delayMs).unref();
  };

  return {
    start: async () => {
      if ((await findSigningKeys(db)).length === 0) {
        const key = await makeSigningKey(encryptionKeys.current, algorithm);
        // The first key signs at once, also by the clock of an instance that is behind this one.
        await transact((trx) => storeSigningKey(trx, key, { ordinal: FIRST, signsFrom: new Date(0) }));
      }
      await load();
      const [newest] = newestFirst;
      if (newest !== undefined && !isMadeFor(algorithm, newest.privateKey))
        logger.warn('the newest signing key is not as SIGNING_ALGORITHM says: npm run auth:rotate-key makes one that is', {
          kid: newest.kid,
          algorithm,
        });
      schedule(refreshMs);
    },
    stop: () => clearTimeout(timer),
    current: () => {
      const key = newestFirst.find(({ signsAtMs }) => signsAtMs <= performance.now());
      if (key === undefined) throw new Error('The signing keys are not loaded.');
      return key;
    },
    published: () => publishedKeys(db),
  };
}

type SigningKeyRow = { id: Buffer; sealed_private_key: Buffer; signs_from: Date; read_at: Date };

/** A broken key that does not sign yet must not stop the service; a broken key that signs must. */
function openedKeys(
  rows: readonly SigningKeyRow[],
  { encryptionKeys, logger }: { encryptionKeys: EncryptionKeys; logger: Logger },
): TimedKey[] {
  const nowMs = performance.now();
  return rows.flatMap(({ id, sealed_private_key, signs_from: signsFrom, read_at }) => {
    const kid = idText(id);
    const waitMs = signsFrom.getTime() - read_at.getTime();
    try {
      return [{ kid, privateKey: openKey(sealed_private_key, { kid, encryptionKeys }), signsAtMs: nowMs + waitMs }];
    } catch (error) {
      if (waitMs <= 0) throw error;
      logger.error('a signing key that does not sign yet cannot be opened', { kid, signsFrom, ...faultOf(error) });
      return [];
    }
  });
}

/** The key that signs now and those that will sign, newest first. */
async function findSigningKeys(db: Knex): Promise<SigningKeyRow[]> {
  const rows = await query<SigningKeyRow>(
    db,
    `SELECT id, sealed_private_key, signs_from, NOW(3) AS read_at FROM signing_keys
      WHERE ordinal >= (SELECT MAX(ordinal) FROM signing_keys WHERE signs_from <= NOW(3)) ORDER BY ordinal DESC`,
  );
  return rows;
}

async function publishedKeys(db: Knex): Promise<Jwk[]> {
  const rows = await rowsOf<{ public_jwk: string }>(
    db('signing_keys')
      .select('public_jwk')
      .whereRaw('published_until IS NULL OR published_until > NOW(3)')
      .orderBy('ordinal', 'desc')
      .timeout(QUERY_TIMEOUT_MS),
  );
  return rows.map(({ public_jwk }) => JSON.parse(public_jwk) as Jwk);
}
