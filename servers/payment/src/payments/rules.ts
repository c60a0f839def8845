import { availableMinor, type Wallet } from '../wallets/index.ts';

/** What a rule reads of the wallet. For an explanation it is made of the facts that were kept with the decision. */
export type JudgedWallet = Pick<
  Wallet,
  'currency' | 'status' | 'balanceMinor' | 'heldMinor' | 'creditLimitMinor' | 'spendLimitMinor' | 'dailyLimitMinor'
>;

/** `spentMinor`: sum of the wallet's other purchases of that day. */
export type JudgedPurchase = { amountMinor: number; currency: string; spentMinor: number };

/** A reason to decline a purchase. */
export type Rule = {
  /** Stored with payments and sent in events: it never changes. At most 64 characters. */
  reason: string;
  /** The same test for the audit, of a payment `p` with facts and its wallet `w`. null if the facts do not say. */
  brokenSql: string | null;
  /** Whether later rules cannot be tested once this one is broken. */
  endsTests?: boolean;
} & (
  | { isBroken(wallet: JudgedWallet | undefined, purchase: JudgedPurchase): boolean; allowedMinor?: never }
  | { allowedMinor(wallet: JudgedWallet, purchase: JudgedPurchase): number; isBroken?: never }
);

/**
 * The decline reasons in the order in which they are tested: the first that is broken decides. Deciding, explaining and the audit
 * follow this table. A rule has either a test, or the largest amount that it allows.
 */
export const rules = [
  {
    reason: 'WALLET_NOT_FOUND',
    isBroken: (wallet) => wallet === undefined,
    brokenSql: 'p.wallet_id IS NULL',
    endsTests: true,
  },
  {
    reason: 'CURRENCY_MISMATCH',
    isBroken: (wallet, { currency }) => wallet?.currency !== currency,
    brokenSql: 'w.currency <> p.currency',
    endsTests: true,
  },
  {
    reason: 'WALLET_FROZEN',
    isBroken: (wallet) => wallet?.status === 'frozen',
    brokenSql: null,
  },
  {
    reason: 'SPEND_LIMIT_EXCEEDED',
    allowedMinor: ({ spendLimitMinor }) => spendLimitMinor,
    brokenSql: 'p.amount_minor > p.decided_spend_limit_minor',
  },
  {
    reason: 'DAILY_LIMIT_EXCEEDED',
    // Without a limit: the largest sum that can be counted.
    allowedMinor: ({ dailyLimitMinor }, { spentMinor }) => (dailyLimitMinor ?? Number.MAX_SAFE_INTEGER) - spentMinor,
    brokenSql: `p.amount_minor > COALESCE(p.decided_daily_limit_minor, ${Number.MAX_SAFE_INTEGER}) - p.decided_spent_minor`,
  },
  {
    reason: 'INSUFFICIENT_FUNDS',
    allowedMinor: availableMinor,
    brokenSql: 'p.amount_minor > p.decided_balance_minor + p.decided_credit_limit_minor - p.decided_held_minor',
  },
] as const satisfies readonly Rule[];

export type DeclineReason = (typeof rules)[number]['reason'];

/** Whether a purchase breaks a rule. */
export function isBroken(rule: Rule, wallet: JudgedWallet | undefined, purchase: JudgedPurchase): boolean {
  if (rule.isBroken !== undefined) return rule.isBroken(wallet, purchase);
  return wallet === undefined || purchase.amountMinor > rule.allowedMinor(wallet, purchase);
}
