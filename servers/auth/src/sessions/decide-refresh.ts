/** What is known of a refresh token when it is presented. */
export type TokenState = { usedAt: Date | null; revokedAt: Date | null };

export type RefreshDecision =
  /** It is good: it is used up and a successor issued. */
  | 'rotate'
  /** Its answer got lost, it seems: the successor, which nobody has used, is revoked and another issued. */
  | 'replace-successor'
  /** Two parties hold the same token: whichever is the thief, the family ends. */
  | 'end-session'
  | 'refuse';

const GRACE_MS = 10_000;

export function decideRefresh(token: TokenState, successor: TokenState | undefined, now: Date): RefreshDecision {
  if (token.revokedAt !== null) return 'refuse';
  if (token.usedAt === null) return 'rotate';
  const isRetry = now.getTime() - token.usedAt.getTime() <= GRACE_MS;
  const isSuccessorUnused = successor !== undefined && successor.usedAt === null && successor.revokedAt === null;
  return isRetry && isSuccessorUnused ? 'replace-successor' : 'end-session';
}
