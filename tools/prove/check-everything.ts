import type { Answers } from './answers.ts';
import { checkDatabases, databaseRules } from './check-databases.ts';
import { checkTimeline } from './check-timelines.ts';
import type { Duplicator } from './duplicator.ts';
import type { Finding } from './finding.ts';
import type { Checker } from './open-checker.ts';
import { readStored } from './read-stored.ts';

export type CheckResult = {
  findings: Finding[];
  /** What was looked at, for the table. */
  checked: { what: string; count: number }[];
};

type Options = {
  checker: Checker;
  answers: Answers;
  duplicator: Duplicator;
  /** Asks payment to add its ledger up again. */
  auditLedger(): Promise<LedgerAudit>;
};

export type LedgerAudit = { ok: boolean; entries: number; mismatches: { rule: string; id: string; detail: string }[] };

/** Reads everything, while nothing moves. */
export async function checkEverything({ checker, answers, duplicator, auditLedger }: Options): Promise<CheckResult> {
  const ledger = await auditLedger();
  const stored = await readStored(checker);
  const findings: Finding[] = [
    ...(await checkDatabases(checker)),
    ...ledger.mismatches.map(({ rule, id, detail }) => ({ check: rule, subject: id, detail })),
    ...(ledger.ok || ledger.mismatches.length > 0
      ? []
      : [{ check: 'the ledger sums to zero', subject: 'ledger', detail: 'it does not' }]),
    ...answers.check(stored),
    ...stored.timelines.flatMap((facts) => checkTimeline(facts, duplicator)),
  ];
  return {
    findings,
    checked: [
      { what: 'rules across the databases', count: databaseRules },
      { what: 'ledger entries', count: ledger.entries },
      { what: 'purchases', count: stored.purchases.length },
      { what: 'timeline steps', count: stored.timelines.reduce((sum, { steps }) => sum + steps.length, 0) },
      { what: 'accounts', count: stored.users.size },
      { what: 'wishes to buy that clients had', count: answers.asks.length },
    ],
  };
}
