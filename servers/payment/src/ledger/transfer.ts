export const transferTypes = [
  'opening-credit',
  'purchase',
  'refund',
  'top-up',
  'adjustment',
  'capture',
  'partial-refund',
] as const;

export type TransferType = (typeof transferTypes)[number];

/** Maximum number of legs of a transfer: `ledger_entries.line` is one unsigned byte. */
export const MAX_LEGS = 255;

/** A movement of money. Its legs are posted together and sum to zero; a transfer of 0 has none. */
export type Transfer = {
  id: string;
  type: TransferType;
  /** Sum of the legs above zero. */
  amountMinor: number;
  /** The currency of all legs. */
  currency: string;
  purchaseId?: string;
  reversesTransferId?: string;
  /** The hold, top-up, adjustment or partial refund that caused the transfer. */
  sourceId?: string;
  legs: readonly Leg[];
};

/** One side of a transfer: an entry of an account. Credits are positive, debits negative. */
export type Leg = AccountLeg | WalletLeg;

/** `account`: the name of a row of `accounts`. */
export type AccountLeg = { account: string; amountMinor: number; walletId?: never; sequence?: never; balanceAfterMinor?: never };

/** `sequence` and `balanceAfterMinor`: of the wallet after this leg, computed under the wallet's lock. */
export type WalletLeg = {
  account: 'wallet';
  walletId: string;
  amountMinor: number;
  sequence: number;
  balanceAfterMinor: number;
};
