import type { Role } from '@florin/auth-middleware';
import { newId } from '@florin/database';
import jwt from 'jsonwebtoken';
import type { SigningKey } from './signing-keys.ts';

export type TokenTerms = { issuer: string; audience: string; ttlS: number };

type Bearer = { userId: string; roles: readonly Role[]; sessionId: string; issuedAt: Date };

/**
 * Signs an access token, which every service accepts until it expires or is revoked. `iat` and `exp` are whole seconds, as strict
 * libraries require. `iat_ms` is the time of issue in milliseconds, which distinguishes a token issued right after a revocation
 * from earlier tokens of the same second.
 */
export function issueAccessToken(
  { userId, roles, sessionId, issuedAt }: Bearer,
  { kid, privateKey }: SigningKey,
  { issuer, audience, ttlS }: TokenTerms,
): string {
  const issuedAtMs = issuedAt.getTime();
  const iat = Math.floor(issuedAtMs / 1000);
  return jwt.sign({ roles, sid: sessionId, iat, iat_ms: issuedAtMs, exp: iat + ttlS }, privateKey, {
    algorithm: 'RS256',
    keyid: kid,
    subject: userId,
    issuer,
    audience,
    jwtid: newId(),
  });
}
