/**
 * Sessions, and the row of the user who owns them. Every change of a user's sessions or tokens locks that row and increments its
 * version, so the row's type, lock and events are here, below credentials and users.
 */
export { appendUserEvents, userFact } from './append-user-events.ts';
export { endAllSessions, endOldestSessions, endSession, signOutEverywhere } from './end-sessions.ts';
export { isNewSession } from './is-new-session.ts';
export { forgetWhereabouts, KNOWN_ADDRESS_DAYS } from './known-addresses.ts';
export { type LockedUser, lockActiveUser, lockUser, lockUsers } from './lock-user.ts';
export { type OpenedSession, openSession } from './open-session.ts';
export { createRefreshCookie, type RefreshCookie } from './refresh-cookie.ts';
export { refreshSession } from './refresh-session.ts';
export { type AddressStorage, createOriginReader, type ReadOrigin, type SessionOrigin } from './session-origin.ts';
export type { PruningOptions } from './session-pruning.ts';
export { bringBackTokenTime, invalidateTokens, issueTimeOf } from './token-time.ts';
export { allRoles, roleField, type User, type UserRow, userColumns, userOfRow, userSchema, usersTable } from './user.ts';
