/**
 * Sessions, and the row of the user who owns them: everything that changes a user's sessions or tokens holds the lock of that row
 * and counts its events there, so that its type, its lock and its events are here, below credentials and users.
 */
export { appendUserEvents, userFact } from './append-user-events.ts';
export { endAllSessions, endOldestSessions } from './end-sessions.ts';
export { type LockedUser, lockActiveUser, lockUsers } from './lock-user.ts';
export { type OpenedSession, openSession } from './open-session.ts';
export { refreshSession } from './refresh-session.ts';
export type { PruningOptions } from './session-pruning.ts';
export { bringBackTokenTime, invalidateTokens, issueTimeOf } from './token-time.ts';
export { allRoles, type User, type UserRow, userColumns, userOfRow, userSchema, usersTable } from './user.ts';
