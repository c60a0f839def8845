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
export const MAX_TOKENS = 20_000;

/** Caches verified tokens, so that each is verified once. Holds at most `maxTokens` and evicts the oldest entry. */
export function createTokenCache(maxTokens = MAX_TOKENS): TokenCache {
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

/** Hashes a token, so that a heap dump contains no usable token. */
export function hashOf(token: string): string {
  return hash('sha256', token, 'hex');
}
