import type { AppError } from '@florin/app-response';
import type { Request } from 'express';
import { missingToken } from './token-errors.ts';

export type Role = 'buyer' | 'staff' | 'admin';

/**
 * Who may call an endpoint. `admin` includes `staff`. `anyone` may send a token; an invalid token is ignored unless the response
 * depends on the user (`requireUser`). `session`: a user; the endpoint itself may take something else for the token, such as a
 * cookie, and otherwise calls `requireUser`.
 */
export type Access = 'anyone' | 'session' | 'user' | 'staff' | 'admin';

/** The user that a verified access token identifies. */
export type AuthenticatedUser = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
};

const userKey = Symbol('florin.user');
const refusalKey = Symbol('florin.refusal');

type Known = Request & { [userKey]?: AuthenticatedUser; [refusalKey]?: AppError };

/** Returns the user of the request's verified token; undefined on an open endpoint without a valid token. */
export function userOf(request: Request): AuthenticatedUser | undefined {
  return (request as Known)[userKey];
}

/**
 * Returns the user, on an open endpoint whose response depends on the user.
 *
 * @throws AppError UNAUTHENTICATED (401) without a valid token; the detail says why a token is invalid
 */
export function requireUser(request: Request): AuthenticatedUser {
  const { [userKey]: user, [refusalKey]: refusal } = request as Known;
  if (user === undefined) throw refusal ?? missingToken();
  return user;
}

export function rememberUser(request: Request, user: AuthenticatedUser): void {
  (request as Known)[userKey] = user;
}

/** Stores the reason why an open endpoint ignores a token, for `requireUser`. */
export function rememberRefusal(request: Request, refusal: AppError): void {
  (request as Known)[refusalKey] = refusal;
}

export function isStaff(user: AuthenticatedUser | undefined): boolean {
  return user !== undefined && (user.roles.includes('staff') || user.roles.includes('admin'));
}
