import type { AuthenticatedUser } from './authenticated-user.ts';
import { type Clock, steadyClock } from './clock.ts';
import { type FetchKeys, keysAt } from './fetch-keys.ts';
import { createKeyCache, type KeyCacheLogger } from './key-cache.ts';
import { CLOCK_TOLERANCE_MS, isOversized, keyIdOf, readToken } from './read-token.ts';
import { createRevocations, type Revocation } from './revocations.ts';
import { type CachedToken, createTokenCache, hashOf } from './token-cache.ts';
import { invalidToken, keysMissing, revokedToken } from './token-errors.ts';

/** The longest that auth's settings allow. */
const LONGEST_TOKEN_LIFE_MS = 3_600_000;
const SWEEP_EVERY_MS = 60_000;

export type TokenVerifier = {
  /** Begins to fetch keys. Does not fail when the issuer is away: it goes on trying, and `check` tells. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Whose token it is. Asks nobody, but for an unknown key, and that within a bound.
   *
   * @throws AppError UNAUTHENTICATED (401) for a bad token, UNAVAILABLE (503) while there are no keys
   */
  verify(token: string): Promise<AuthenticatedUser>;
  /** Makes tokens void from now on: give it each event of `florin.sessions`. In any order, and as often as they come. */
  applyRevocation(revocation: Revocation): void;
  /** How many tokens and revocations it holds, for metrics. */
  remembers(): { tokens: number; revocations: number };
  /** For readiness: throws until there are keys. */
  check(): void;
};

/** Where keys come from: the URL of a JWK Set or, for the issuer itself, a function. */
type KeySource = { jwksUrl: string } | { fetchKeys: FetchKeys };

export type TokenVerifierOptions = KeySource & {
  issuer: string;
  audience: string;
  /** How often the keys are renewed. */
  refreshMs: number;
  /** The longest that an access token lives; so long a revocation is kept. An hour unless told. */
  tokenLifeMs?: number;
  /** Bounds of memory: 20,000 verified tokens and 100,000 revocations unless told. */
  maxTokens?: number;
  maxRevocations?: number;
  logger?: KeyCacheLogger;
  /** By which revocations are kept: of this process unless told. */
  clock?: Clock;
};

/**
 * Verifies access tokens (RS256) locally, with the issuer's public keys. What it found good is remembered, so that a token costs
 * a verification once (50 µs) and then a hash; that its key is still published, that it has not expired and that it is not
 * revoked is seen to each time.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, refreshMs, logger, tokenLifeMs = LONGEST_TOKEN_LIFE_MS } = options;
  const fetchKeys = 'fetchKeys' in options ? options.fetchKeys : keysAt(options.jwksUrl);
  const keys = createKeyCache({ fetchKeys, refreshMs, logger });
  const revocations = createRevocations({
    tokenLifeMs,
    clockToleranceMs: CLOCK_TOLERANCE_MS,
    maxEntries: options.maxRevocations,
    clock: options.clock ?? steadyClock(),
    onFull: () => logger?.warn('too many revocations: every token issued so far is refused until its next refresh', {}),
  });
  const cache = createTokenCache(options.maxTokens);
  let sweeping: NodeJS.Timeout | undefined;

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
      sweeping = setInterval(revocations.sweep, SWEEP_EVERY_MS).unref();
      await keys.start();
    },
    stop: async () => {
      clearInterval(sweeping);
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
      if (!revocations.blocks({ userId: user.id, sessionId: user.sessionId, issuedAtMs })) return user;
      cache.drop(hash);
      throw revokedToken();
    },
    applyRevocation: revocations.apply,
    remembers: () => ({ tokens: cache.size(), revocations: revocations.size() }),
    check: () => {
      if (keys.isEmpty()) throw new Error('no public keys yet');
    },
  };
}
