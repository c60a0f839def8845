import type { AuthenticatedUser } from './authenticated-user.ts';
import { type Clock, steadyClock } from './clock.ts';
import { type FetchKeys, keysAt } from './fetch-keys.ts';
import { createKeyCache, type KeyCacheLogger } from './key-cache.ts';
import { CLOCK_TOLERANCE_MS, isOversized, keyIdOf, readToken } from './read-token.ts';
import { createRevocations, type Revocation } from './revocations.ts';
import { type CachedToken, createTokenCache, hashOf } from './token-cache.ts';
import { invalidToken, keysMissing, revokedToken } from './token-errors.ts';

/** The maximum that auth's settings allow. */
const MAX_TOKEN_LIFE_MS = 3_600_000;
const REMOVE_EXPIRED_EVERY_MS = 60_000;

export type TokenVerifier = {
  /** Starts fetching keys. Does not fail if the issuer is unavailable: it retries, and `check` reports it. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Verifies a token and returns its user. Contacts the issuer only for an unknown key, and at a limited rate.
   *
   * @throws AppError UNAUTHENTICATED (401) for an invalid token, UNAVAILABLE (503) while there are no keys
   */
  verify(token: string): Promise<AuthenticatedUser>;
  /** Returns the user of a token that was verified before and is still valid. Costs a hash, and contacts nobody. */
  known(token: string): AuthenticatedUser | undefined;
  /** Invalidates tokens. Call it with each event of `florin.sessions`, in any order; repeated events have no effect. */
  applyRevocation(revocation: Revocation): void;
  /** The number of cached tokens and revocations, for metrics. */
  remembers(): { tokens: number; revocations: number };
  /**
   * For readiness.
   *
   * @throws Error until there are keys
   */
  check(): void;
};

/** The source of the keys: the URL of a JWK Set, with the authorities of its certificate in PEM (default: those that Node trusts), or, for the issuer itself, a function. */
type KeySource = { jwksUrl: string; jwksCa?: string | undefined } | { fetchKeys: FetchKeys };

export type TokenVerifierOptions = KeySource & {
  issuer: string;
  audience: string;
  /** Milliseconds between two renewals of the keys. */
  refreshMs: number;
  /** Maximum life of an access token in milliseconds (default one hour). Revocations are kept for that time. */
  tokenLifeMs?: number;
  /** Maximum number of cached tokens (default 20,000) and revocations (default 100,000). */
  maxTokens?: number;
  maxRevocations?: number;
  logger?: KeyCacheLogger;
  /** Clock for revocations (default: that of this process). */
  clock?: Clock;
  /**
   * For the issuer: tells by its own database whether a verified token is still good, so that a revocation takes effect there
   * before its event does.
   */
  isCurrent?(token: IssuedToken): Promise<boolean>;
};

/** A token whose signature and claims are good. */
export type IssuedToken = { user: AuthenticatedUser; issuedAtMs: number };

/**
 * Creates a verifier of access tokens (RS256 or ES256), which uses the issuer's public keys locally. It caches verified tokens, so that a
 * token costs one verification (50 µs) and afterwards a hash. Each call still checks that the key is published, that the token
 * has not expired and that it is not revoked.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, refreshMs, logger, tokenLifeMs = MAX_TOKEN_LIFE_MS, isCurrent } = options;
  const fetchKeys = 'fetchKeys' in options ? options.fetchKeys : keysAt(options.jwksUrl, options.jwksCa);
  const keys = createKeyCache({ fetchKeys, refreshMs, logger });
  const revocations = createRevocations({
    tokenLifeMs,
    clockToleranceMs: CLOCK_TOLERANCE_MS,
    maxEntries: options.maxRevocations,
    clock: options.clock ?? steadyClock(),
    onFull: () => logger?.warn('too many revocations: every token issued so far is refused until its next refresh', {}),
  });
  const cache = createTokenCache(options.maxTokens);
  let removal: NodeJS.Timeout | undefined;

  const remembered = (hash: string): CachedToken | undefined => {
    const token = cache.find(hash);
    if (token === undefined) return undefined;
    if (Date.now() < token.expiresAtMs + CLOCK_TOLERANCE_MS && keys.find(token.kid) === token.key) return token;
    cache.drop(hash);
    return undefined;
  };
  const verified = async (token: string): Promise<CachedToken> => {
    const kid = keyIdOf(token);
    if (keys.isEmpty()) throw keysMissing();
    const key = keys.find(kid) ?? (await keys.ask(kid));
    if (key === undefined) throw invalidToken();
    return { ...readToken(token, key, { issuer, audience }), kid, key };
  };

  return {
    start: async () => {
      removal = setInterval(revocations.removeExpired, REMOVE_EXPIRED_EVERY_MS).unref();
      await keys.start();
    },
    stop: async () => {
      clearInterval(removal);
      keys.stop();
    },
    verify: async (token) => {
      if (isOversized(token)) throw invalidToken();
      const hash = hashOf(token);
      let found = remembered(hash);
      if (found === undefined) {
        found = await verified(token);
        cache.keep(hash, found);
      }
      const { user, issuedAtMs } = found;
      const isBlocked = revocations.blocks({ userId: user.id, sessionId: user.sessionId, issuedAtMs });
      if (!isBlocked && (isCurrent === undefined || (await isCurrent({ user, issuedAtMs })))) return user;
      cache.drop(hash);
      throw revokedToken();
    },
    known: (token) => {
      const { user, issuedAtMs } = (isOversized(token) ? undefined : remembered(hashOf(token))) ?? {};
      if (user === undefined || issuedAtMs === undefined) return undefined;
      return revocations.blocks({ userId: user.id, sessionId: user.sessionId, issuedAtMs }) ? undefined : user;
    },
    applyRevocation: revocations.apply,
    remembers: () => ({ tokens: cache.size(), revocations: revocations.size() }),
    check: () => {
      if (keys.isEmpty()) throw new Error('no public keys yet');
    },
  };
}
