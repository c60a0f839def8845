import type { Request } from 'express';

export type Role = 'buyer' | 'staff' | 'admin';

/** Who may call an endpoint. `admin` may do all that `staff` may; `anyone` may come with a token, which is then checked. */
export type Access = 'anyone' | 'user' | 'staff' | 'admin';

/** What a verified access token says of its bearer. */
export type AuthenticatedUser = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly sessionId: string;
};

const userKey = Symbol('florin.user');

/** The bearer of the request's verified token, or undefined where the endpoint is open and none was sent. */
export function userOf(request: Request): AuthenticatedUser | undefined {
  return (request as Request & { [userKey]?: AuthenticatedUser })[userKey];
}

export function rememberUser(request: Request, user: AuthenticatedUser): void {
  (request as Request & { [userKey]?: AuthenticatedUser })[userKey] = user;
}

export function isStaff(user: AuthenticatedUser | undefined): boolean {
  return user !== undefined && (user.roles.includes('staff') || user.roles.includes('admin'));
}
