import assert from 'node:assert/strict';
import { newId } from '@florin/database';
import type { AccountLeg, Leg, Transfer, WalletLeg } from '../ledger/index.ts';
import { availableMinor, isCountable, type Wallet } from './wallet.ts';

type Built = { transfer: Transfer; wallet: Wallet };

type Movement = Pick<Transfer, 'type' | 'purchaseId' | 'reversesTransferId' | 'sourceId'> & {
  /** Signed: negative when the wallet pays. */
  amountMinor: number;
  /** The account on the other side, or the legs of several accounts. */
  against: string | readonly AccountLeg[];
};

/** Builds the transfer that changes a wallet's balance, and the wallet after it. */
export function buildTransfer(wallet: Wallet, movement: Movement): Built {
  const built = buildUncheckedTransfer(wallet, movement);
  if (movement.amountMinor !== 0) assertSound(built.wallet);
  return built;
}

/** For the first of two transfers of a wallet, between which the wallet may cover less than it holds. */
export function buildUncheckedTransfer(wallet: Wallet, { amountMinor, against, ...movement }: Movement): Built {
  const transfer = { ...movement, id: newId(), amountMinor: Math.abs(amountMinor), currency: wallet.currency };
  if (amountMinor === 0) return { transfer: { ...transfer, legs: [] }, wallet };
  const after = { ...wallet, balanceMinor: wallet.balanceMinor + amountMinor, entrySequence: wallet.entrySequence + 1 };
  const leg: WalletLeg = {
    account: 'wallet',
    walletId: wallet.id,
    amountMinor,
    sequence: after.entrySequence,
    balanceAfterMinor: after.balanceMinor,
  };
  if (typeof against === 'string')
    return { transfer: { ...transfer, legs: [leg, { account: against, amountMinor: -amountMinor }] }, wallet: after };
  const legs = [leg, ...against];
  return { transfer: { ...transfer, amountMinor: creditOf(legs), legs }, wallet: after };
}

function creditOf(legs: readonly Leg[]): number {
  return legs.reduce((sum, { amountMinor }) => sum + Math.max(amountMinor, 0), 0);
}

function assertSound(wallet: Wallet): void {
  assert(isCountable(wallet), `wallet ${wallet.id} would have more than can be counted`);
  assert(availableMinor(wallet) >= 0, `wallet ${wallet.id} would be overdrawn: ${availableMinor(wallet)}`);
}
