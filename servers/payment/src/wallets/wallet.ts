import { idText } from '@florin/database';
import type { EventData } from '@florin/events';
import { dayOf } from './day-of.ts';

export type Wallet = {
  id: string;
  userId: string;
  currency: string;
  balanceMinor: number;
  heldMinor: number;
  creditLimitMinor: number;
  /** Maximum price of one purchase. */
  spendLimitMinor: number;
  /** Maximum sum of one day's purchases; null: no limit. */
  dailyLimitMinor: number | null;
  /** The day (UTC) of the last charge, as YYYY-MM-DD; null before the first. */
  spentOn: string | null;
  /** Sum of that day's purchases, without refunded ones. */
  spentMinor: number;
  /** The last entry's sequence when the day's count began: earlier purchases are not in it. null: all are. */
  spentFrom: number | null;
  status: 'active' | 'frozen';
  /** Number of transactions that changed the wallet. */
  version: number;
  /** The last entry's sequence; 0 if there is none. */
  entrySequence: number;
};

export type WalletRow = {
  id: Buffer;
  user_id: Buffer;
  currency: string;
  balance_minor: number;
  held_minor: number;
  credit_limit_minor: number;
  spend_limit_minor: number;
  daily_limit_minor: number | null;
  spent_on: Date | null;
  spent_minor: number;
  spent_from: number | null;
  status: Wallet['status'];
  version: number;
  entry_sequence: number;
};

export function walletOf(row: WalletRow): Wallet {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    currency: row.currency,
    balanceMinor: row.balance_minor,
    heldMinor: row.held_minor,
    creditLimitMinor: row.credit_limit_minor,
    spendLimitMinor: row.spend_limit_minor,
    dailyLimitMinor: row.daily_limit_minor,
    spentOn: row.spent_on && dayOf(row.spent_on),
    spentMinor: row.spent_minor,
    spentFrom: row.spent_from,
    status: row.status,
    version: row.version,
    entrySequence: row.entry_sequence,
  };
}

/** Returns what the wallet can pay. */
export function availableMinor({
  balanceMinor,
  creditLimitMinor,
  heldMinor,
}: Pick<Wallet, 'balanceMinor' | 'creditLimitMinor' | 'heldMinor'>): number {
  return balanceMinor + creditLimitMinor - heldMinor;
}

/** Whether the balance, and what the wallet can pay without its holds, are safe integers. */
export function isCountable({ balanceMinor, creditLimitMinor }: Wallet): boolean {
  return Number.isSafeInteger(balanceMinor) && Number.isSafeInteger(balanceMinor + creditLimitMinor);
}

/** Returns the wallet as its events show it. */
export function walletState(wallet: Wallet): EventData<'wallet-changed'> {
  const { id, userId, currency, balanceMinor, spendLimitMinor, status, version } = wallet;
  const { dailyLimitMinor, spentMinor, spentOn } = wallet;
  return {
    walletId: id,
    userId,
    currency,
    balanceMinor,
    availableMinor: availableMinor(wallet),
    spendLimitMinor,
    status,
    version,
    ...(dailyLimitMinor === null ? {} : { dailyLimitMinor }),
    spentMinor,
    ...(spentOn === null ? {} : { spentOn }),
  };
}

export type WalletsByUser = ReadonlyMap<string, readonly Wallet[]>;

/** Replaces a wallet by its new state. */
export function replaceWallet(wallets: Map<string, readonly Wallet[]>, wallet: Wallet): void {
  const ofUser = wallets.get(wallet.userId) ?? [];
  wallets.set(
    wallet.userId,
    ofUser.map((old) => (old.id === wallet.id ? wallet : old)),
  );
}
