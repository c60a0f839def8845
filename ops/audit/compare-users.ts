import { idText } from '@florin/database';
import { sideBy } from './compare-services.ts';
import type { Comparison, Difference, Pair } from './comparison.ts';

export type UserRow = { row_key: Buffer; status: string };
/** Number of a user's wallets: all, in the default currency, and active. `erased`: the user is erased in payment. */
export type WalletsRow = { row_key: Buffer; wallets: number; in_default: number; active: number; erased: number };

/** Compares each user of auth with their wallets. */
export function userComparison({ currency }: { currency: string }): Comparison<UserRow, WalletsRow> {
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error(`${JSON.stringify(currency)} is not an ISO 4217 currency.`);
  return {
    left: sideBy('auth', 'id', (condition) => `SELECT id AS row_key, status FROM users WHERE ${condition}`),
    right: sideBy(
      'payment',
      'user_id',
      (condition) => `SELECT user_id AS row_key, COUNT(*) AS wallets, CAST(SUM(currency = '${currency}') AS SIGNED) AS in_default,
          CAST(SUM(status = 'active') AS SIGNED) AS active,
          EXISTS (SELECT 1 FROM erased_users WHERE erased_users.user_id = wallets.user_id) AS erased
        FROM wallets WHERE ${condition} GROUP BY user_id`,
    ),
    checks: { 'user-wallets': 'users' },
    checksOf: () => ['user-wallets'],
    subjectOf: idText,
    differenceOf: (pair) => compareUser(pair, { currency }),
  };
}

/** An erased user may keep a wallet, which is frozen then. */
const havingAWallet: readonly string[] = ['active', 'disabled'];

/** Returns the difference between auth and payment about a user's wallets. Pure. */
export function compareUser(
  { left: user, right: wallets }: Pair<UserRow, WalletsRow>,
  { currency }: { currency: string },
): Difference | undefined {
  if (user === undefined) {
    return { check: 'user-wallets', detail: `payment has ${wallets?.wallets ?? 0} wallets of a user unknown to auth` };
  }
  const detail = erasureDifference(user, wallets);
  if (detail !== undefined) return { check: 'user-wallets', detail };
  const inDefault = wallets?.in_default ?? 0;
  if (inDefault === 1 || !havingAWallet.includes(user.status)) return undefined;
  return { check: 'user-wallets', detail: `the user is ${user.status} and has ${inDefault} wallets in ${currency}` };
}

function erasureDifference({ status }: UserRow, wallets: WalletsRow | undefined): string | undefined {
  if (wallets === undefined) return undefined;
  if (status !== 'erased') return wallets.erased ? `the user is ${status}, but erased in payment` : undefined;
  if (wallets.active > 0) return `the user is erased and has ${wallets.active} wallets that are not frozen`;
  return wallets.erased ? undefined : 'the user is erased, but not in payment: an admin could unfreeze the wallet';
}
