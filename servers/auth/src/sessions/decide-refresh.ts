/** What is stored about a refresh token. `revokedAt`: an instance of the release before replaced it before it was used. */
export type TokenState = { usedAt: Date | null; revokedAt: Date | null };

export type RefreshDecision =
  /** The token is live: mark it used and issue its successor. */
  | 'rotate'
  /** The token was used a moment ago and nobody has used its successor: issue another one in the successor's place. */
  | 'replace-successor'
  /** The token was replaced before anybody used it: refuse it alone. */
  | 'refuse'
  /** Two parties hold the same token, and either may be a thief: end the session. */
  | 'end-session';

const GRACE_MS = 10_000;

/**
 * Decides what a refresh token that was presented leads to.
 *
 * | token | successor | within 10 s of its first use | later |
 * |---|---|---|---|
 * | live | none | rotate | rotate |
 * | used | unused | replace-successor | end-session |
 * | used | used | end-session | end-session |
 * | replaced, never used | none | refuse | refuse |
 *
 * Several tabs of one browser, and retries after a lost answer, present the same token within the grace period. Each gets a pair of
 * its own and the newest one stays live; a tab that comes back with a replaced token is not a thief.
 */
export function decideRefresh(token: TokenState, successor: TokenState | undefined, now: Date): RefreshDecision {
  if (token.usedAt === null) return token.revokedAt === null ? 'rotate' : 'refuse';
  const isSuccessorUnused = successor !== undefined && successor.usedAt === null && successor.revokedAt === null;
  return isSuccessorUnused && isRecent(token.usedAt, now) ? 'replace-successor' : 'end-session';
}

/** Within the grace before or after: a time further ahead was taken from a clock that was wrong, and is no moment ago. */
function isRecent(at: Date, now: Date): boolean {
  return Math.abs(now.getTime() - at.getTime()) <= GRACE_MS;
}
