import assert from 'node:assert/strict';
import { newId } from '@florin/runtime';
import { availableMinor, isCountable, type Wallet } from '../wallets/wallet.ts';

export type SystemAccount = 'opening-credit' | 'top-ups' | 'sales' | 'adjustments';

export type Entry = { amountMinor: number } & (
  | { account: SystemAccount }
  | { account: 'wallet'; walletId: string; sequence: number; balanceAfterMinor: number }
);

export const transferTypes = ['opening-credit', 'purchase', 'refund', 'top-up', 'adjustment', 'capture'] as const;

export type TransferType = (typeof transferTypes)[number];

/** One movement of money: what is posted together, and sums to zero. A transfer of 0 has no entries. */
export type Transfer = {
  id: string;
  type: TransferType;
  amountMinor: number;
  currency: string;
  purchaseId?: string;
  reversesTransferId?: string;
  /** The hold, top-up or adjustment that it carries out. */
  sourceId?: string;
  entries: readonly Entry[];
};

type Moved = { transfer: Transfer; wallet: Wallet };

type Move = Pick<Transfer, 'type' | 'purchaseId' | 'reversesTransferId' | 'sourceId'> & {
  /** What the wallet gains; negative when it pays. */
  gainMinor: number;
  /** The other side. */
  account: SystemAccount;
};

/** Moves money between a wallet and a system account: the transfer to post, and the wallet as it will be then. */
export function moveMoney(wallet: Wallet, move: Move): Moved {
  const moved = moveUnchecked(wallet, move);
  if (move.gainMinor !== 0) assertSound(moved.wallet);
  return moved;
}

/** For the first of two moves of a wallet, between which it need not cover what it holds. */
export function moveUnchecked(wallet: Wallet, { gainMinor, account, ...move }: Move): Moved {
  const transfer = { ...move, id: newId(), amountMinor: Math.abs(gainMinor), currency: wallet.currency };
  if (gainMinor === 0) return { transfer: { ...transfer, entries: [] }, wallet };
  const after = { ...wallet, balanceMinor: wallet.balanceMinor + gainMinor, entrySequence: wallet.entrySequence + 1 };
  const entries: Entry[] = [
    {
      account: 'wallet',
      walletId: wallet.id,
      amountMinor: gainMinor,
      sequence: after.entrySequence,
      balanceAfterMinor: after.balanceMinor,
    },
    { account, amountMinor: -gainMinor },
  ];
  return { transfer: { ...transfer, entries }, wallet: after };
}

function assertSound(wallet: Wallet): void {
  assert(isCountable(wallet), `wallet ${wallet.id} would have more than can be counted`);
  assert(availableMinor(wallet) >= 0, `wallet ${wallet.id} would be overdrawn: ${availableMinor(wallet)}`);
}
