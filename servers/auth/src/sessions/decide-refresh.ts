/** What is known of a refresh token when it is presented. */
export type TokenState = { usedAt: Date | null; revokedAt: Date | null };

export type RefreshDecision =
  /** It is good: it is used up and a successor issued. */
  | 'rotate'
  /** Its answer got lost, it seems: the successor, which nobody has used, is revoked and another issued. */
  | 'replace-successor'
  /** Two parties hold the same token: whichever is the thief, the family ends. */
  | 'end-session'
  /** It was revoked a moment ago by a retry that crossed it: its bearer is late, not a thief. */
  | 'refuse';

const GRACE_MS = 10_000;

export function decideRefresh(token: TokenState, successor: TokenState | undefined, now: Date): RefreshDecision {
  if (token.revokedAt !== null) return isRecent(token.revokedAt, now) ? 'refuse' : 'end-session';
  if (token.usedAt === null) return 'rotate';
  const isSuccessorUnused = successor !== undefined && successor.usedAt === null && successor.revokedAt === null;
  return isRecent(token.usedAt, now) && isSuccessorUnused ? 'replace-successor' : 'end-session';
}

function isRecent(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() <= GRACE_MS;
}
