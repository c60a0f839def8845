import { decideRefresh, type TokenState } from '../src/sessions/decide-refresh.ts';

export type Answer = { outcome: 'issued'; token: number } | { outcome: 'refused' };

/** One session's refresh tokens in memory, with the decisions of the service. Tokens are numbers in order of issue. */
export type SessionModel = {
  /** The first token of the session. */
  first: number;
  present(token: number, now: Date): Answer;
  hasEnded(): boolean;
  /** The number of rows that the table would have. */
  size(): number;
};

type Row = TokenState & { successor?: number };

/** @param options `marksReplaced`: as the previous release does, which keeps a replaced token's row and marks it */
export function createSessionModel({ marksReplaced = false } = {}): SessionModel {
  const rows = new Map<number, Row>([[0, { usedAt: null, revokedAt: null }]]);
  let newest = 0;
  let hasEnded = false;

  const replace = (token: number, now: Date): void => {
    if (marksReplaced) rows.set(token, { usedAt: null, revokedAt: now });
    else rows.delete(token);
  };
  const issue = (of: Row, now: Date): Answer => {
    const token = ++newest;
    rows.set(token, { usedAt: null, revokedAt: null });
    of.usedAt ??= now;
    of.successor = token;
    return { outcome: 'issued', token };
  };

  return {
    first: 0,
    hasEnded: () => hasEnded,
    size: () => rows.size,
    present(token, now) {
      const row = rows.get(token);
      if (hasEnded || row === undefined) return { outcome: 'refused' };
      const successor = row.successor === undefined ? undefined : rows.get(row.successor);
      const decision = decideRefresh(row, successor, now);
      if (decision === 'end-session') hasEnded = true;
      if (decision === 'replace-successor' && row.successor !== undefined) replace(row.successor, now);
      return decision === 'rotate' || decision === 'replace-successor' ? issue(row, now) : { outcome: 'refused' };
    },
  };
}
