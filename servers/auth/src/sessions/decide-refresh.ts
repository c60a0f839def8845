/**
 * The stored facts about a refresh token. `revokedAt`: set by an instance of the previous release that replaced the token before
 * it was used.
 */
export type TokenState = { usedAt: Date | null; revokedAt: Date | null };

export type RefreshDecision =
  /** The token is live: mark it as used and issue its successor. */
  | 'rotate'
  /** The token was used a moment ago and its successor is unused: issue another token in the successor's place. */
  | 'replace-successor'
  /** The token was replaced before it was used: reject only this token. */
  | 'reject'
  /** Two parties hold the same token, and either may be a thief: end the session. */
  | 'end-session';

const GRACE_MS = 10_000;

/**
 * Decides the outcome of a presented refresh token.
 *
 * | token | successor | within 10 s of its first use | later |
 * |---|---|---|---|
 * | live | none | rotate | rotate |
 * | used | unused | replace-successor | end-session |
 * | used | used | end-session | end-session |
 * | replaced, never used | none | reject | reject |
 *
 * Several tabs of one browser, and retries after a lost answer, present the same token within the grace period. Each gets its own
 * pair and the newest one stays live; a tab that presents a replaced token is not a thief.
 */
export function decideRefresh(token: TokenState, successor: TokenState | undefined, now: Date): RefreshDecision {
  if (token.usedAt === null) return token.revokedAt === null ? 'rotate' : 'reject';
  const isSuccessorUnused = successor !== undefined && successor.usedAt === null && successor.revokedAt === null;
  return isSuccessorUnused && isRecent(token.usedAt, now) ? 'replace-successor' : 'end-session';
}

/** Accepts the grace period before and after: a time further ahead comes from a clock that was wrong. */
function isRecent(at: Date, now: Date): boolean {
  return Math.abs(now.getTime() - at.getTime()) <= GRACE_MS;
}
