import type { Role } from '@florin/auth-middleware';
import { newId } from '@florin/runtime';
import jwt from 'jsonwebtoken';
import type { SigningKey } from '../keys/signing-keys.ts';

export type TokenTerms = { issuer: string; audience: string; ttlS: number };

type Bearer = { userId: string; roles: readonly Role[]; sessionId: string; issuedAt: Date };

/**
 * Signs an access token, which every service believes until it expires or is revoked. `iat` has milliseconds (RFC 7519 allows a
 * fraction): a token issued right after all earlier ones were made void is told from those of the same second.
 */
export function issueAccessToken(
  { userId, roles, sessionId, issuedAt }: Bearer,
  { kid, privateKey }: SigningKey,
  { issuer, audience, ttlS }: TokenTerms,
): string {
  const issuedAtS = issuedAt.getTime() / 1000;
  return jwt.sign({ roles, sid: sessionId, iat: issuedAtS, exp: issuedAtS + ttlS }, privateKey, {
    algorithm: 'RS256',
    keyid: kid,
    subject: userId,
    issuer,
    audience,
    jwtid: newId(),
  });
}
