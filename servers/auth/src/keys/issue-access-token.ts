import type { Role } from '@florin/auth-middleware';
import { newId } from '@florin/database';
import jwt from 'jsonwebtoken';
import { algorithmOf } from './make-signing-key.ts';
import type { SigningKey } from './signing-keys.ts';

export type TokenTerms = {
  issuer: string;
  audience: string;
  /** Maximum life of a token in seconds. */
  ttlS: number;
  /** Life of a token of staff and admins in seconds. */
  staffTtlS: number;
};

type Bearer = { userId: string; roles: readonly Role[]; sessionId: string; issuedAt: Date };

/** The life of a token in seconds: a stolen token of staff or an admin is worth more, so it expires sooner. */
export function tokenLifeS(roles: readonly Role[], { ttlS, staffTtlS }: TokenTerms): number {
  return roles.some((role) => role !== 'buyer') ? Math.min(staffTtlS, ttlS) : ttlS;
}

/**
 * Signs an access token, which every service accepts until it expires or is revoked. `iat` and `exp` are whole seconds, as strict
 * libraries require. `iat_ms` is the time of issue in milliseconds, which distinguishes a token issued right after a revocation
 * from earlier tokens of the same second.
 */
export function issueAccessToken(
  { userId, roles, sessionId, issuedAt }: Bearer,
  { kid, privateKey }: SigningKey,
  terms: TokenTerms,
): string {
  const { issuer, audience } = terms;
  const issuedAtMs = issuedAt.getTime();
  const iat = Math.floor(issuedAtMs / 1000);
  return jwt.sign({ roles, sid: sessionId, iat, iat_ms: issuedAtMs, exp: iat + tokenLifeS(roles, terms) }, privateKey, {
    algorithm: algorithmOf(privateKey),
    keyid: kid,
    subject: userId,
    issuer,
    audience,
    jwtid: newId(),
  });
}
