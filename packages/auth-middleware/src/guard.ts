import { AppError, requestErrors } from '@florin/app-response';
import type { Request, RequestHandler } from 'express';
import {
  type Access,
  type AuthenticatedUser,
  type Role,
  rememberRefusal,
  rememberUser,
  requireUser,
} from './authenticated-user.ts';
import { invalidToken, missingToken } from './token-errors.ts';
import type { TokenVerifier } from './token-verifier.ts';

const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;

type Verifier = Pick<TokenVerifier, 'verify'>;

/** Middleware that requires a valid access token (`Authorization: Bearer`, RFC 6750). `userOf(request)` then returns its user. */
export function requireAuth(verifier: Verifier): RequestHandler {
  return async (request, _response, next) => {
    if (request.headers.authorization === undefined) throw missingToken();
    rememberUser(request, await bearerOf(request.headers.authorization, verifier));
    next();
  };
}

/**
 * Middleware for open endpoints: a token is optional, and an expired, revoked or malformed one is ignored. While tokens cannot
 * be verified at all the response is 503, as everywhere.
 */
export function identify(verifier: Verifier): RequestHandler {
  return async (request, _response, next) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) await tryToRemember(request, authorization, verifier);
    next();
  };
}

async function tryToRemember(request: Request, authorization: string, verifier: Verifier): Promise<void> {
  try {
    rememberUser(request, await bearerOf(authorization, verifier));
  } catch (error) {
    if (!(error instanceof AppError) || error.status !== 401) throw error;
    rememberRefusal(request, error);
  }
}

/** Middleware that requires one of the roles. Mount it after `requireAuth`. */
export function requireRole(...roles: readonly [Role, ...Role[]]): RequestHandler {
  return (request: Request, _response, next) => {
    const user = requireUser(request);
    if (!roles.some((role) => hasRole(user, role))) throw new AppError(requestErrors.FORBIDDEN);
    next();
  };
}

/** Creates the handlers for an endpoint's access. */
export function createGuard(verifier: Verifier): (access: Access) => RequestHandler[] {
  const byAccess: Record<Access, RequestHandler[]> = {
    anyone: [identify(verifier)],
    session: [identify(verifier)],
    user: [requireAuth(verifier)],
    staff: [requireAuth(verifier), requireRole('staff')],
    admin: [requireAuth(verifier), requireRole('admin')],
  };
  return (access) => byAccess[access];
}

/**
 * Finds the user of a request whose token was verified before, without verifying one: for limits that come before authentication.
 *
 * @returns undefined for other tokens, which may be valid
 */
export function createKnownUser({ known }: Pick<TokenVerifier, 'known'>): (request: Request) => AuthenticatedUser | undefined {
  return ({ headers: { authorization } }) => {
    const token = tokenIn(authorization);
    return token === undefined ? undefined : known(token);
  };
}

function tokenIn(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}

async function bearerOf(authorization: string, verifier: Verifier): Promise<AuthenticatedUser> {
  const token = tokenIn(authorization);
  if (token === undefined) throw invalidToken('Send the access token as "Authorization: Bearer <token>".');
  return verifier.verify(token);
}

function hasRole({ roles }: AuthenticatedUser, role: Role): boolean {
  return roles.includes(role) || (role === 'staff' && roles.includes('admin'));
}
