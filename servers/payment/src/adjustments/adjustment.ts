import { idText } from '@florin/database';
import type { KeyedRow } from '@florin/http';
import { amountMinor, id, named, storedCurrency, time } from '@florin/values';
import Joi from 'joi';

/** A correction of a wallet's balance by an admin. */
export type Adjustment = {
  id: string;
  userId: string;
  /** Signed: negative debits the wallet. */
  amountMinor: number;
  currency: string;
  /** Empty if the user was erased. */
  reason: string;
  /** `posted`: without a review. The others are statuses of a review. */
  status: 'posted' | ReviewStatus;
  requestedBy: string;
  /** The admin who approved or rejected the adjustment. */
  decidedBy?: string;
  decidedAt?: Date;
  /** Present once the money has moved. */
  transferId?: string;
  balanceAfterMinor?: number;
  createdAt: Date;
};

export type ReviewStatus = 'pending' | 'approved' | 'rejected';

export const reviewStatuses: readonly ReviewStatus[] = ['pending', 'approved', 'rejected'];

export type AdjustmentRow = KeyedRow & {
  id: Buffer;
  user_id: Buffer;
  amount_minor: number;
  currency: string;
  reason: string | null;
  transfer_id: Buffer;
  balance_after_minor: number;
  adjusted_by: Buffer;
  created_at: Date;
};

export function adjustmentOf(row: AdjustmentRow): Adjustment {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    amountMinor: row.amount_minor,
    currency: row.currency,
    reason: row.reason ?? '',
    status: 'posted',
    requestedBy: idText(row.adjusted_by),
    transferId: idText(row.transfer_id),
    balanceAfterMinor: row.balance_after_minor,
    createdAt: row.created_at,
  };
}

export const adjustmentSchema = named(
  'Adjustment',
  Joi.object<Adjustment, true>({
    id: id().required(),
    userId: id().required(),
    amountMinor: amountMinor().required().description('Signed: negative debits the wallet'),
    currency: storedCurrency().required(),
    reason: Joi.string().allow('').required().description('Empty if the user was erased'),
    status: Joi.string()
      .valid('posted', ...reviewStatuses)
      .required()
      .description('posted: without a review. pending: another admin decides. An open set'),
    requestedBy: id().required().description('The admin who requested the adjustment'),
    decidedBy: id().description('The admin who approved or rejected it'),
    decidedAt: time(),
    transferId: id().description('Present once the money has moved'),
    balanceAfterMinor: amountMinor().description('Present once the money has moved'),
    createdAt: time().required(),
  }),
);
