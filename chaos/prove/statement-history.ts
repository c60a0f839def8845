import type { Finding } from './finding.ts';

export type StatementEntry = { sequence: number; atMs: number; amountMinor: number; balanceAfterMinor: number };

export type Statement = {
  openingMinor: number;
  entries: readonly StatementEntry[];
  closingMinor: number;
  /** Every entry before this time is included; entries of the same millisecond may follow. */
  untilMs: number;
};

type HistoricalBalance = {
  userId: string;
  atMs: number;
  /** Sequence of its last entry; 0 for none. */
  sequence: number;
  balanceMinor: number;
  /** True if entries of the same millisecond are included. */
  isInclusive: boolean;
};

export type Explanation = {
  id: string;
  userId: string;
  status: string;
  amountMinor: number;
  declineReason?: string;
  decision: string;
  decidedBy: string | null;
  facts: { sequence: number; balanceMinor: number; availableMinor: number } | null;
  rules: readonly { rule: string; outcome: string }[];
};

/** Entries of each user's wallet, in order. */
export type StoredEntries = ReadonlyMap<string, readonly StatementEntry[]>;

export type StatementHistory = ReturnType<typeof createStatementHistory>;

/** Records statements, historical balances and explanations of decisions. */
export function createStatementHistory() {
  const balances: HistoricalBalance[] = [];
  const facts: { paymentId: string; userId: string; sequence: number; balanceMinor: number }[] = [];
  const entries = new Map<string, StatementEntry & { userId: string }>();
  const counts = { statements: 0, balances: 0, explanations: 0 };
  const violations: Finding[] = [];
  const reportViolation = (check: string, subject: string, detail: string): void =>
    void violations.push({ check, subject, detail });
  return {
    violations,
    reportViolation,
    counts: () => counts,
    statement(userId: string, statement: Statement): void {
      counts.statements++;
      const fault = faultOfStatement(statement);
      if (fault !== undefined) reportViolation('a statement adds up', userId, fault);
      for (const entry of statement.entries) entries.set(`${userId} ${entry.sequence}`, { ...entry, userId });
      const { sequence = 0 } = statement.entries.at(-1) ?? {};
      const { untilMs: atMs, closingMinor: balanceMinor } = statement;
      if (sequence > 0) balances.push({ userId, atMs, sequence, balanceMinor, isInclusive: false });
    },
    balanceAt(said: Omit<HistoricalBalance, 'isInclusive'>): void {
      counts.balances++;
      balances.push({ ...said, isInclusive: true });
    },
    explained(explanation: Explanation): void {
      counts.explanations++;
      const fault = faultOfExplanation(explanation);
      if (fault !== undefined) reportViolation('an explanation matches its decision', explanation.id, fault);
      const { id: paymentId, userId } = explanation;
      if (explanation.facts !== null) facts.push({ ...explanation.facts, paymentId, userId });
    },
    /** Compares the history with the ledger: historical balances never change. */
    check(stored: StoredEntries): Finding[] {
      const findings = [...violations];
      const find = (check: string, subject: string, detail: string): void => void findings.push({ check, subject, detail });
      const entryOf = (userId: string, sequence: number): StatementEntry | undefined => stored.get(userId)?.[sequence - 1];
      for (const { userId, ...said } of entries.values()) {
        const kept = entryOf(userId, said.sequence);
        if (kept === undefined || !isSame(kept, said))
          find('a statement entry never changes', userId, `${JSON.stringify(said)} read, ${JSON.stringify(kept)} stored`);
      }
      for (const { userId, atMs, sequence, balanceMinor, isInclusive } of balances) {
        const [last, next] = [entryOf(userId, sequence), entryOf(userId, sequence + 1)];
        const isEarlier = (entry: StatementEntry): boolean => (isInclusive ? entry.atMs <= atMs : entry.atMs < atMs);
        const detail = `as of ${new Date(atMs).toISOString()} ${balanceMinor} after entry ${sequence} read`;
        if (balanceMinor !== (last?.balanceAfterMinor ?? 0) || (last && last.atMs > atMs))
          find('a historical balance is that of its last entry', userId, `${detail}, ${JSON.stringify(last)} stored`);
        if (next && isEarlier(next))
          find('a historical balance has every earlier entry', userId, `${detail}, ${JSON.stringify(next)} stored`);
      }
      for (const { paymentId, userId, sequence, balanceMinor } of facts) {
        const kept = sequence === 0 ? 0 : entryOf(userId, sequence)?.balanceAfterMinor;
        if (kept !== balanceMinor)
          find('a decision used the current balance', paymentId, `${balanceMinor} after entry ${sequence} read, ${kept} stored`);
      }
      return findings;
    },
  };
}

function faultOfStatement({ openingMinor, entries, closingMinor }: Statement): string | undefined {
  let before: Pick<StatementEntry, 'sequence' | 'atMs' | 'balanceAfterMinor'> | undefined;
  for (const entry of entries) {
    if (before && entry.sequence !== before.sequence + 1) return `entry ${entry.sequence} comes after ${before.sequence}`;
    if (before && entry.atMs < before.atMs) return `entry ${entry.sequence} was booked before ${before.sequence}`;
    const sum = (before?.balanceAfterMinor ?? openingMinor) + entry.amountMinor;
    if (sum !== entry.balanceAfterMinor) return `${entry.balanceAfterMinor} after entry ${entry.sequence}, the sum is ${sum}`;
    before = entry;
  }
  const last = before?.balanceAfterMinor ?? openingMinor;
  return last === closingMinor ? undefined : `it closes with ${closingMinor} after ${last}`;
}

function faultOfExplanation(explanation: Explanation): string | undefined {
  const { status, decision, decidedBy, declineReason = null, facts, rules, amountMinor } = explanation;
  if (decision !== (status === 'refunded' ? 'charged' : status)) return `${status}, and the decision was ${decision}`;
  if (decidedBy !== declineReason) return `declined for ${declineReason}, decided by ${decidedBy}`;
  const failed = rules.find(({ outcome }) => outcome === 'failed')?.rule ?? null;
  if (failed !== decidedBy) return `decided by ${decidedBy}, the first rule that failed is ${failed}`;
  if (decision === 'charged' && (facts === null || facts.availableMinor < amountMinor))
    return `${amountMinor} were charged of ${facts?.availableMinor}`;
  return undefined;
}

function isSame(a: StatementEntry, b: StatementEntry): boolean {
  return a.atMs === b.atMs && a.amountMinor === b.amountMinor && a.balanceAfterMinor === b.balanceAfterMinor;
}
