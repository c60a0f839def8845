import { availableMinor } from '../wallets/index.ts';
import type { DecisionFacts, Payment } from './payment.ts';
import { isBroken, type JudgedPurchase, type JudgedWallet, type Rule, rules } from './rules.ts';

export type RuleOutcome = {
  /** The decline reason. */
  rule: string;
  outcome: 'passed' | 'failed' | 'not-tested';
  /** The largest amount that the rule allows, if it limits amounts. */
  allowedMinor?: number;
};

export type Explanation = {
  decision: 'charged' | 'declined' | 'voided';
  /** The first rule that failed; null if none did. */
  decidedBy: string | null;
  /** The wallet as the decision found it. */
  facts: (DecisionFacts & { availableMinor: number }) | null;
  /** Why there are no facts. */
  factsMissing?: 'NO_WALLET' | 'CANCELLED_FIRST' | 'NOT_KEPT_THEN';
  /** In the order in which they are tested; empty if nothing was tested or kept. */
  rules: readonly RuleOutcome[];
};

/**
 * Explains why a payment was decided as it was, from the facts that were kept with the decision.
 *
 * @param walletCurrency of the wallet that the facts describe; it never changes
 */
export function explainPayment(payment: Payment, walletCurrency: string | undefined): Explanation {
  const { facts } = payment;
  if (payment.status === 'voided')
    return { decision: 'voided', decidedBy: null, facts: null, factsMissing: 'CANCELLED_FIRST', rules: [] };
  const decidedBy = payment.status === 'declined' ? payment.declineReason : null;
  const decision = decidedBy === null ? 'charged' : 'declined';
  if (facts !== undefined) {
    // The status is not among the facts, but the decision depends on it.
    const status = decidedBy === 'WALLET_FROZEN' ? 'frozen' : 'active';
    const wallet = { ...facts, currency: walletCurrency ?? '', status } as const;
    const shown = { ...facts, availableMinor: availableMinor(facts) };
    return { decision, decidedBy, facts: shown, rules: testRules(wallet, { ...payment, spentMinor: facts.spentMinor }) };
  }
  if (decidedBy !== 'WALLET_NOT_FOUND') return { decision, decidedBy, facts: null, factsMissing: 'NOT_KEPT_THEN', rules: [] };
  return {
    decision,
    decidedBy,
    facts: null,
    factsMissing: 'NO_WALLET',
    rules: testRules(undefined, { ...payment, spentMinor: 0 }),
  };
}

/** Tests the later rules too, to show what else would have failed. */
function testRules(wallet: JudgedWallet | undefined, purchase: JudgedPurchase): RuleOutcome[] {
  let isOver = false;
  return rules.map((rule: Rule): RuleOutcome => {
    if (isOver) return { rule: rule.reason, outcome: 'not-tested' };
    const isFailed = isBroken(rule, wallet, purchase);
    isOver = isFailed && rule.endsTests === true;
    const allowedMinor = wallet && rule.allowedMinor?.(wallet, purchase);
    return { rule: rule.reason, outcome: isFailed ? 'failed' : 'passed', ...(allowedMinor !== undefined && { allowedMinor }) };
  });
}
