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

/** Lets pass who sends a valid access token as `Authorization: Bearer`. `userOf(request)` is its bearer from then on. */
export function requireAuth(verifier: Verifier): RequestHandler {
  return async (request, _response, next) => {
    if (request.headers.authorization === undefined) throw missingToken();
    rememberUser(request, await bearerOf(request.headers.authorization, verifier));
    next();
  };
}

/**
 * A token is optional. One that is expired, revoked or malformed is ignored: whoever was signed in once still sees what anyone may
 * see. While no token can be verified at all, the answer is 503 as everywhere.
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

/** Lets pass who has one of the roles; goes behind `requireAuth`. */
export function requireRole(...roles: readonly [Role, ...Role[]]): RequestHandler {
  return (request: Request, _response, next) => {
    const user = requireUser(request);
    if (!roles.some((role) => hasRole(user, role))) throw new AppError(requestErrors.FORBIDDEN);
    next();
  };
}

/** The handlers that go before an endpoint, by who may call it. */
export function createGuard(verifier: Verifier): (access: Access) => RequestHandler[] {
  const byAccess: Record<Access, RequestHandler[]> = {
    anyone: [identify(verifier)],
    user: [requireAuth(verifier)],
    staff: [requireAuth(verifier), requireRole('staff')],
    admin: [requireAuth(verifier), requireRole('admin')],
  };
  return (access) => byAccess[access];
}

async function bearerOf(authorization: string, verifier: Verifier): Promise<AuthenticatedUser> {
  const token = BEARER.exec(authorization)?.[1];
  if (token === undefined) throw invalidToken('Send the access token as "Authorization: Bearer <token>".');
  return verifier.verify(token);
}

function hasRole({ roles }: AuthenticatedUser, role: Role): boolean {
  return roles.includes(role) || (role === 'staff' && roles.includes('admin'));
}
