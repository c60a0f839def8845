import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { AuthenticatedUser, Role } from './authenticated-user.ts';
import { invalidToken } from './token-errors.ts';

export type Expected = { issuer: string; audience: string };

export type VerifiedToken = { user: AuthenticatedUser; issuedAtMs: number; expiresAtMs: number };

const CLOCK_TOLERANCE_S = 60;
export const CLOCK_TOLERANCE_MS = CLOCK_TOLERANCE_S * 1000;
const MAX_CHARACTERS = 8 * 1024;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** The algorithm that belongs to a type of key. A token cannot choose another one for the key that it names. */
const ALGORITHMS: Readonly<Record<string, jwt.Algorithm>> = { rsa: 'RS256', ec: 'ES256' };
const KNOWN_ROLES: readonly string[] = ['buyer', 'staff', 'admin'] satisfies Role[];

/**
 * Reads the id of the key that a token names. Nothing else of an unverified token is used.
 *
 * @throws AppError UNAUTHENTICATED (401) if this cannot be a Florin token, before any key is looked up
 */
export function keyIdOf(token: string): string {
  if (isOversized(token)) throw invalidToken();
  const header = headerOf(token);
  if (!isAlgorithm(header?.alg) || typeof header?.kid !== 'string' || header.crit !== undefined) throw invalidToken();
  return header.kid;
}

export function isOversized(token: string): boolean {
  return token.length > MAX_CHARACTERS;
}

/**
 * Verifies the signature and the claims (RFC 7519).
 *
 * @throws AppError UNAUTHENTICATED (401)
 */
export function readToken(token: string, key: KeyObject, { issuer, audience }: Expected): VerifiedToken {
  const algorithm = ALGORITHMS[key.asymmetricKeyType ?? ''];
  if (algorithm === undefined) throw invalidToken();
  const claims = verifiedClaims(token, key, { algorithms: [algorithm], issuer, audience, clockTolerance: CLOCK_TOLERANCE_S });
  const { sub, sid, roles, jti, exp, iat } = claims;
  const isComplete = isUuid(sub) && isUuid(sid) && isText(jti) && isTime(exp) && isPast(iat);
  if (!isComplete || !Array.isArray(roles)) throw invalidToken();
  const user = Object.freeze({ id: sub, sessionId: sid, roles: Object.freeze(roles.filter(isKnownRole)) });
  return { user, issuedAtMs: issuedAtMsOf(iat, claims['iat_ms']), expiresAtMs: exp * 1000 };
}

function isAlgorithm(alg: unknown): boolean {
  return Object.values<unknown>(ALGORITHMS).includes(alg);
}

function headerOf(token: string): (jwt.JwtHeader & { kid?: unknown }) | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header;
  } catch {
    return undefined;
  }
}

function verifiedClaims(
  token: string,
  key: KeyObject,
  options: jwt.VerifyOptions & { complete?: false },
): Record<string, unknown> {
  try {
    const claims = jwt.verify(token, key, options);
    return typeof claims === 'string' ? {} : claims;
  } catch (error) {
    const isExpired = error instanceof jwt.TokenExpiredError;
    throw invalidToken(isExpired ? 'The access token has expired.' : undefined, error);
  }
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Rejects a future time of issue: such a token would survive "all tokens issued before now are invalid". */
function isPast(issuedAtS: unknown): issuedAtS is number {
  return isTime(issuedAtS) && issuedAtS <= Date.now() / 1000 + CLOCK_TOLERANCE_S;
}

/**
 * Reads the time of issue in milliseconds. A token of the previous release has no `iat_ms`, but an `iat` with a fraction.
 * Without either, the start of the second is used, so that a revocation in the same second blocks the token.
 */
function issuedAtMsOf(iat: number, iatMs: unknown): number {
  const isOfThatSecond = Number.isSafeInteger(iatMs) && Math.floor(Number(iatMs) / 1000) === iat;
  return isOfThatSecond ? Number(iatMs) : Math.round(iat * 1000);
}

/** Skips unknown roles, which a later release may add. */
function isKnownRole(role: unknown): role is Role {
  return typeof role === 'string' && KNOWN_ROLES.includes(role);
}
