export { type Access, type AuthenticatedUser, isStaff, type Role, requireUser, userOf } from './authenticated-user.ts';
export type { Clock } from './clock.ts';
export type { FetchKeys, Jwk } from './fetch-keys.ts';
export { createGuard, createKnownUser, identify, requireAuth, requireRole } from './guard.ts';
export { requireOther } from './require-other.ts';
export type { Revocation } from './revocations.ts';
export { staleRevocations } from './token-errors.ts';
export { createTokenVerifier, type IssuedToken, type TokenVerifier, type TokenVerifierOptions } from './token-verifier.ts';
