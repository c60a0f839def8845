import { createPublicKey, type KeyObject } from 'node:crypto';
import type { FetchKeys, Jwk } from './fetch-keys.ts';

export type KeyCacheLogger = { warn(message: string, details: object): unknown };

export type KeyCacheOptions = { fetchKeys: FetchKeys; refreshMs: number; logger?: KeyCacheLogger | undefined };

export type KeyCache = {
  /** Resolves after the first attempt, successful or not. */
  start(): Promise<void>;
  stop(): void;
  isEmpty(): boolean;
  find(kid: string): KeyObject | undefined;
  /** Like `find`, but fetches the keys first, unless they were fetched a moment ago. */
  ask(kid: string): Promise<KeyObject | undefined>;
};

const ASK_EVERY_MS = 5_000;
const RETRY_FIRST_MS = 200;
const RETRY_AT_MOST_MS = 2_000;
const MAX_KEYS = 32;
const FEWEST_MODULUS_BITS = 2_048;
const JITTER = 0.1;

/** Caches the issuer's public keys and renews them in the background. The cached keys stay valid if a renewal fails. */
export function createKeyCache({ fetchKeys, refreshMs, logger }: KeyCacheOptions): KeyCache {
  let keys: PublicKeys = new Map();
  let fetching: Promise<void> | undefined;
  let fetchedAtMs = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let isRunning = false;
  let timer: NodeJS.Timeout | undefined;

  const refresh = (): Promise<void> => {
    fetching ??= load().finally(() => {
      fetching = undefined;
      schedule();
    });
    return fetching;
  };
  const load = async (): Promise<void> => {
    fetchedAtMs = performance.now();
    try {
      keys = usableKeys(await fetchKeys(), keys);
      failures = 0;
    } catch (error) {
      failures++;
      logger?.warn('the public keys could not be fetched', { error: reasonOf(error), failures, keysHeld: keys.size });
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    if (isRunning) timer = setTimeout(() => void refresh(), delayMs(failures, refreshMs)).unref();
  };

  return {
    start: () => {
      isRunning = true;
      return refresh();
    },
    stop: () => {
      isRunning = false;
      clearTimeout(timer);
    },
    isEmpty: () => keys.size === 0,
    find: (kid) => keys.get(kid)?.key,
    ask: async (kid) => {
      if (fetching === undefined && performance.now() - fetchedAtMs < ASK_EVERY_MS) return undefined;
      await refresh();
      return keys.get(kid)?.key;
    },
  };
}

/** Adds jitter, so that the instances of all services do not fetch at the same moment. */
function delayMs(failures: number, refreshMs: number): number {
  const planned = failures === 0 ? refreshMs : Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_AT_MOST_MS, refreshMs);
  return planned * (1 - JITTER * Math.random());
}

type PublicKeys = ReadonlyMap<string, { key: KeyObject; published: string }>;

/** Keeps the object of an unchanged key, because the token cache compares key objects. */
function usableKeys(jwks: readonly Jwk[], before: PublicKeys): PublicKeys {
  const keys = new Map<string, { key: KeyObject; published: string }>();
  for (const jwk of jwks.slice(0, MAX_KEYS)) {
    const { kid } = jwk;
    if (typeof kid !== 'string') continue;
    const published = JSON.stringify(jwk);
    const known = before.get(kid);
    const key = known?.published === published ? known.key : publicKeyOf(jwk);
    if (key !== undefined) keys.set(kid, { key, published });
  }
  if (keys.size === 0) throw new Error('The issuer publishes no key that can be used.');
  return keys;
}

/** Imports keys for RS256 and ES256, and skips others. */
function publicKeyOf(jwk: Jwk): KeyObject | undefined {
  const { kty, use = 'sig' } = jwk;
  if (use !== 'sig') return undefined;
  try {
    return kty === 'RSA' ? rsaKeyOf(jwk) : kty === 'EC' ? ecKeyOf(jwk) : undefined;
  } catch {
    return undefined;
  }
}

function rsaKeyOf({ n, e, alg = 'RS256' }: Jwk): KeyObject | undefined {
  if (alg !== 'RS256' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= FEWEST_MODULUS_BITS ? key : undefined;
}

function ecKeyOf({ crv, x, y, alg = 'ES256' }: Jwk): KeyObject | undefined {
  if (alg !== 'ES256' || crv !== 'P-256' || typeof x !== 'string' || typeof y !== 'string') return undefined;
  return createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' });
}

/** Node puts the reason of a failed fetch into `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
