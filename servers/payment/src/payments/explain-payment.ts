import type { DeclineReason } from './decide-payment.ts';
import type { DecisionFacts, Payment } from './payment.ts';

export type RuleOutcome = {
  /** The reason that is given where it fails. */
  rule: DeclineReason;
  outcome: 'passed' | 'failed' | 'not-tested';
  /** The most that it would have let pass, where it is about an amount. */
  allowedMinor?: number;
};

export type Explanation = {
  decision: 'charged' | 'declined' | 'voided';
  /** The first rule that failed; null where none did. */
  decidedBy: string | null;
  /** The wallet as the decision found it. */
  facts: (DecisionFacts & { availableMinor: number }) | null;
  /** Why there are no facts, where there are none. */
  factsMissing?: 'NO_WALLET' | 'CANCELLED_FIRST' | 'NOT_KEPT_THEN';
  /** In the order in which they are tested; none where nothing was tested, or nothing was kept of it. */
  rules: readonly RuleOutcome[];
};

/**
 * Why a payment was decided as it was: from what was kept with the decision, and from nothing that may have changed since.
 *
 * @param walletCurrency of the wallet that was looked at, which is for good
 */
export function explainPayment(payment: Payment, walletCurrency: string | undefined): Explanation {
  const { facts } = payment;
  if (payment.status === 'voided')
    return { decision: 'voided', decidedBy: null, facts: null, factsMissing: 'CANCELLED_FIRST', rules: [] };
  const decidedBy = payment.status === 'declined' ? payment.declineReason : null;
  const decision = decidedBy === null ? 'charged' : 'declined';
  if (facts !== undefined) {
    const rules = testRules(payment, { facts, walletCurrency, decidedBy });
    return { decision, decidedBy, facts: { ...facts, availableMinor: availableOf(facts) }, rules };
  }
  if (decidedBy !== 'WALLET_NOT_FOUND') return { decision, decidedBy, facts: null, factsMissing: 'NOT_KEPT_THEN', rules: [] };
  const rules = order.map((rule) => ({ rule, outcome: rule === decidedBy ? ('failed' as const) : ('not-tested' as const) }));
  return { decision, decidedBy, facts: null, factsMissing: 'NO_WALLET', rules };
}

const order: readonly DeclineReason[] = [
  'WALLET_NOT_FOUND',
  'CURRENCY_MISMATCH',
  'WALLET_FROZEN',
  'SPEND_LIMIT_EXCEEDED',
  'DAILY_LIMIT_EXCEEDED',
  'INSUFFICIENT_FUNDS',
];

type Decision = { facts: DecisionFacts; walletCurrency: string | undefined; decidedBy: string | null };

/** Amounts are compared with every limit, so that one sees what else would have failed; not with those of another currency. */
function testRules({ amountMinor, currency }: Payment, { facts, walletCurrency, decidedBy }: Decision): RuleOutcome[] {
  const isSameCurrency = walletCurrency === currency;
  const limit = (rule: DeclineReason, allowedMinor: number): RuleOutcome => {
    if (!isSameCurrency) return { rule, outcome: 'not-tested' };
    return { rule, outcome: amountMinor <= allowedMinor ? 'passed' : 'failed', allowedMinor };
  };
  return [
    { rule: 'WALLET_NOT_FOUND', outcome: 'passed' },
    { rule: 'CURRENCY_MISMATCH', outcome: isSameCurrency ? 'passed' : 'failed' },
    { rule: 'WALLET_FROZEN', outcome: !isSameCurrency ? 'not-tested' : decidedBy === 'WALLET_FROZEN' ? 'failed' : 'passed' },
    limit('SPEND_LIMIT_EXCEEDED', facts.spendLimitMinor),
    limit('DAILY_LIMIT_EXCEEDED', (facts.dailyLimitMinor ?? Number.MAX_SAFE_INTEGER) - facts.spentMinor),
    limit('INSUFFICIENT_FUNDS', availableOf(facts)),
  ];
}

function availableOf({ balanceMinor, creditLimitMinor, heldMinor }: DecisionFacts): number {
  return balanceMinor + creditLimitMinor - heldMinor;
}
