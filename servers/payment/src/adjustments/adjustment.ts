import { idText } from '@florin/database';
import type { KeyedRow } from '@florin/http';
import { amountMinor, id, storedCurrency, time } from '@florin/values';
import Joi from 'joi';

/** A correction of a wallet's balance by an admin. */
export type Adjustment = {
  id: string;
  userId: string;
  /** Signed: negative debits the wallet. */
  amountMinor: number;
  currency: string;
  reason: string;
  transferId: string;
  balanceAfterMinor: number;
  createdAt: Date;
};

export type AdjustmentRow = KeyedRow & {
  id: Buffer;
  user_id: Buffer;
  amount_minor: number;
  currency: string;
  reason: string;
  transfer_id: Buffer;
  balance_after_minor: number;
  created_at: Date;
};

export function adjustmentOf(row: AdjustmentRow): Adjustment {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason,
    transferId: idText(row.transfer_id),
    balanceAfterMinor: row.balance_after_minor,
    createdAt: row.created_at,
  };
}

export const adjustmentSchema = Joi.object<Adjustment, true>({
  id: id().required(),
  userId: id().required(),
  amountMinor: amountMinor().required().description('Signed: negative debits the wallet'),
  currency: storedCurrency().required(),
  reason: Joi.string().required(),
  transferId: id().required(),
  balanceAfterMinor: amountMinor().required(),
  createdAt: time().required(),
});
