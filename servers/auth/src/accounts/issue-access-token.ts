import type { Role } from '@florin/auth-middleware';
import { newId } from '@florin/runtime';
import jwt from 'jsonwebtoken';
import type { SigningKey } from '../keys/signing-keys.ts';

export type TokenTerms = { issuer: string; audience: string; ttlS: number };

type Bearer = { userId: string; roles: readonly Role[]; sessionId: string };

/** Signs an access token, which every service believes until it expires. */
export function issueAccessToken(
  { userId, roles, sessionId }: Bearer,
  { kid, privateKey }: SigningKey,
  { issuer, audience, ttlS }: TokenTerms,
): string {
  return jwt.sign({ roles, sid: sessionId }, privateKey, {
    algorithm: 'RS256',
    keyid: kid,
    subject: userId,
    issuer,
    audience,
    expiresIn: ttlS,
    jwtid: newId(),
  });
}
