import type { AuthenticatedUser } from './authenticated-user.ts';
import { type FetchKeys, keysAt } from './fetch-keys.ts';
import { createKeyCache, type KeyCacheLogger } from './key-cache.ts';
import { keyIdOf, readToken } from './read-token.ts';
import { invalidToken, keysMissing } from './token-errors.ts';

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
  logger?: KeyCacheLogger;
};

/** Verifies access tokens (RS256) locally, with the issuer's public keys. */
export function createTokenVerifier({ issuer, audience, refreshMs, logger, ...source }: TokenVerifierOptions): TokenVerifier {
  const fetchKeys = 'fetchKeys' in source ? source.fetchKeys : keysAt(source.jwksUrl);
  const keys = createKeyCache({ fetchKeys, refreshMs, logger });
  return {
    start: () => keys.start(),
    stop: async () => keys.stop(),
    verify: async (token) => {
      const keyId = keyIdOf(token);
      if (keys.isEmpty()) throw keysMissing();
      const key = keys.find(keyId) ?? (await keys.ask(keyId));
      if (key === undefined) throw invalidToken();
      return readToken(token, key, { issuer, audience });
    },
    check: () => {
      if (keys.isEmpty()) throw new Error('no public keys yet');
    },
  };
}
