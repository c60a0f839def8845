import { hash, type KeyObject } from 'node:crypto';
import type { VerifiedToken } from './read-token.ts';

/** A token whose signature and claims have been found good, and the key that it was signed with. */
export type CachedToken = VerifiedToken & { kid: string; key: KeyObject };

export type TokenCache = {
  find(hash: string): CachedToken | undefined;
  keep(hash: string, token: CachedToken): void;
  drop(hash: string): void;
  size(): number;
};

/** About 12 MB. */
export const MOST_TOKENS = 20_000;

/** Keeps what verified tokens say, so that a token is verified once. At most `maxTokens`; then the one kept longest goes. */
export function createTokenCache(maxTokens = MOST_TOKENS): TokenCache {
  const tokens = new Map<string, CachedToken>();
  return {
    find: (hash) => tokens.get(hash),
    keep(hash, token) {
      tokens.set(hash, token);
      if (tokens.size <= maxTokens) return;
      const [oldest] = tokens.keys();
      if (oldest !== undefined) tokens.delete(oldest);
    },
    drop: (hash) => tokens.delete(hash),
    size: () => tokens.size,
  };
}

/** What a token is kept under: a heap dump then holds no token that could be used. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'hex');
}
