import { idText } from '@florin/database';
import { formatAmount } from '@florin/values';
import type { Comparison, Difference, Pair, Side } from './comparison.ts';

export type LimitRow = {
  /** The user's id (16 bytes), then the currency. */
  row_key: Buffer;
  version: number;
  available_minor: number;
  spend_limit_minor: number;
  status: string;
  daily_limit_minor: number | null;
  spent_minor: number | null;
  /** YYYY-MM-DD */
  spent_on: string | null;
  /** 1 if the three fields above are known: an earlier release does not publish or store them. */
  has_spending: number;
};

type LimitPair = Pair<LimitRow, LimitRow>;

/** Compares product's copy of each wallet's limit with the wallet. */
export const limitComparison: Comparison<LimitRow, LimitRow> = {
  left: sideByUserAndCurrency(
    'product',
    'available_minor, COALESCE(spending_version = version, 0) AS has_spending',
    'buyer_limits',
  ),
  right: sideByUserAndCurrency(
    'payment',
    'balance_minor + credit_limit_minor - held_minor AS available_minor, 1 AS has_spending',
    'wallets',
  ),
  checks: { 'buyer-limits': 'wallets' },
  checksOf: () => ['buyer-limits'],
  subjectOf: (key) => `${idText(key.subarray(0, 16))} ${currencyOf(key)}`,
  differenceOf: compareLimit,
  remainingOf,
};

/** Returns the difference between a wallet and product's copy. Pure. */
export function compareLimit({ left: copy, right: wallet }: LimitPair): Difference | undefined {
  const hasSpending = copy?.has_spending === 1;
  const [copied, actual] = [describe(copy, { hasSpending }), describe(wallet, { hasSpending })];
  if (copy !== undefined && copied === actual) return undefined;
  return { check: 'buyer-limits', detail: `copy in product: ${copied}; wallet: ${actual}` };
}

/** True if the wallet has a daily limit and an earlier release wrote the copy without it. Pure. */
export function lacksDailyLimit({ left: copy, right: wallet }: LimitPair): boolean {
  return copy?.has_spending === 0 && wallet !== undefined && wallet.daily_limit_minor !== null;
}

/**
 * A wallet in constant use is always some versions ahead of its copy. A difference is resolved when the copy has been rewritten
 * with at least the version that the wallet had at first, and is not ahead of its wallet. Pure.
 */
export function remainingOf(first: LimitPair, now: LimitPair): Difference | undefined {
  const { left: copy, right: wallet } = now;
  if (copy === undefined || wallet === undefined || copy.version === wallet.version) return compareLimit(now);
  const hasMoved = copy.version > (first.left?.version ?? 0);
  const hasCaughtUp = copy.version >= (first.right?.version ?? 0);
  return hasMoved && hasCaughtUp && copy.version < wallet.version ? undefined : compareLimit(now);
}

function currencyOf(key: Buffer): string {
  return key.subarray(16).toString('ascii');
}

function describe(limit: LimitRow | undefined, { hasSpending }: { hasSpending: boolean }): string {
  if (limit === undefined) return 'missing';
  const { row_key, version, available_minor, spend_limit_minor, status, daily_limit_minor, spent_minor, spent_on } = limit;
  const amount = (minor: number | null): string => formatAmount(BigInt(minor ?? 0), currencyOf(row_key));
  const daily = daily_limit_minor === null ? 'any amount' : amount(daily_limit_minor);
  const spending = hasSpending ? `, ${daily} a day, ${amount(spent_minor)} spent on ${spent_on ?? 'no day'}` : '';
  return `${status}, ${amount(available_minor)} available, ${amount(spend_limit_minor)} at once${spending} (version ${version})`;
}

function sideByUserAndCurrency(service: 'product' | 'payment', available: string, table: string): Side {
  const select = `SELECT CONCAT(user_id, currency) AS row_key, version, ${available}, spend_limit_minor, status,
    daily_limit_minor, spent_minor, CAST(spent_on AS CHAR) AS spent_on FROM ${table}`;
  return {
    service,
    page(after, limit) {
      const order = 'ORDER BY user_id, currency LIMIT ?';
      if (after === undefined) return { sql: `${select} ${order}`, values: [limit] };
      const [user, currency] = [after.subarray(0, 16), currencyOf(after)];
      return {
        sql: `${select} WHERE user_id >= ? AND (user_id > ? OR (user_id = ? AND currency > ?)) ${order}`,
        values: [user, user, user, currency, limit],
      };
    },
    ofKeys: (keys) => ({
      sql: `${select} WHERE user_id IN (${keys.map(() => '?').join(', ')})`,
      values: keys.map((key) => key.subarray(0, 16)),
    }),
  };
}
