import assert from 'node:assert/strict';
import { makeRoom, type Room } from '../adjustments/index.ts';
import type { Transfer } from '../ledger/index.ts';
import { buildTransfer, type Wallet } from '../wallets/index.ts';
import type { ChargedPayment } from './payment.ts';

type Movement = Pick<Transfer, 'type' | 'purchaseId' | 'reversesTransferId' | 'sourceId' | 'amountMinor'>;

type Credit = { refund: { transfer: Transfer; wallet: Wallet }; room: Room | undefined };

/** Builds the transfer of a refund to the wallet that paid. Makes room first if the wallet is full. */
export function creditRefund(payment: ChargedPayment, walletsOfBuyer: readonly Wallet[], movement: Movement): Credit {
  const charged = walletsOfBuyer.find(({ id }) => id === payment.walletId);
  assert(charged !== undefined, `the wallet that paid purchase ${payment.purchaseId} is not the buyer's`);
  const room = makeRoom(charged, movement.amountMinor);
  return { refund: buildTransfer(room?.wallet ?? charged, { ...movement, against: 'sales' }), room };
}
