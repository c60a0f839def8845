import type { AppError } from '@florin/app-response';
import type { Request } from 'express';
import { missingToken } from './token-errors.ts';

export type Role = 'buyer' | 'staff' | 'admin';

/**
 * Who may call an endpoint. `admin` may do all that `staff` may. `anyone` may send a token; one that is not good is ignored, unless
 * the answer depends on the user (`requireUser`).
 */
export type Access = 'anyone' | 'user' | 'staff' | 'admin';

/** What a verified access token says of its bearer. */
export type AuthenticatedUser = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
};

const userKey = Symbol('florin.user');
const refusalKey = Symbol('florin.refusal');

type Known = Request & { [userKey]?: AuthenticatedUser; [refusalKey]?: AppError };

/** The bearer of the request's verified token, or undefined where the endpoint is open and no good one was sent. */
export function userOf(request: Request): AuthenticatedUser | undefined {
  return (request as Known)[userKey];
}

/**
 * The user on whom the answer of an open endpoint depends.
 *
 * @throws AppError UNAUTHENTICATED (401) when no token was sent, or one that is not good: then it says why
 */
export function requireUser(request: Request): AuthenticatedUser {
  const { [userKey]: user, [refusalKey]: refusal } = request as Known;
  if (user === undefined) throw refusal ?? missingToken();
  return user;
}

export function rememberUser(request: Request, user: AuthenticatedUser): void {
  (request as Known)[userKey] = user;
}

/** Keeps why an open endpoint's token is ignored, for `requireUser`. */
export function rememberRefusal(request: Request, refusal: AppError): void {
  (request as Known)[refusalKey] = refusal;
}

export function isStaff(user: AuthenticatedUser | undefined): boolean {
  return user !== undefined && (user.roles.includes('staff') || user.roles.includes('admin'));
}
