import type { PurchaseItem } from '@florin/events';
import { idText } from '@florin/runtime';
import { amountMinor, id, line, quantity, storedCurrency, time, wholeNumber } from '@florin/values';
import Joi from 'joi';

export const purchaseStatuses = ['requested', 'paid', 'declined', 'cancelled', 'shipped', 'delivered'] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];
export type RefundState = 'none' | 'pending' | 'done';

export const trackingCodeField = line(100);

/** A purchase as the API shows it. */
export type Purchase = {
  id: string;
  userId: string;
  status: PurchaseStatus;
  items: readonly PurchaseItem[];
  totalMinor: number;
  currency: string;
  declineReason?: string;
  refund: RefundState;
  trackingCode?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export type PurchaseRow = {
  id: Buffer;
  user_id: Buffer;
  status: PurchaseStatus;
  total_minor: number;
  currency: string;
  decline_reason: string | null;
  refund: RefundState;
  tracking_code: string | null;
  version: number;
  created_at: Date;
  updated_at: Date;
};

export const purchaseColumns =
  'id, user_id, status, total_minor, currency, decline_reason, refund, tracking_code, version, created_at, updated_at';

export function presentPurchase(row: PurchaseRow, items: readonly PurchaseItem[]): Purchase {
  return {
    id: idText(row.id),
    userId: idText(row.user_id),
    status: row.status,
    items,
    totalMinor: row.total_minor,
    currency: row.currency,
    ...(row.decline_reason === null ? {} : { declineReason: row.decline_reason }),
    refund: row.refund,
    ...(row.tracking_code === null ? {} : { trackingCode: row.tracking_code }),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export const purchaseSchema = Joi.object({
  id: id().required(),
  userId: id().required(),
  status: Joi.string()
    .valid(...purchaseStatuses)
    .required(),
  items: Joi.array()
    .items(
      Joi.object({
        productId: id().required(),
        name: Joi.string().required(),
        quantity: quantity().required(),
        unitPriceMinor: amountMinor().required(),
      }),
    )
    .required(),
  totalMinor: amountMinor().required(),
  currency: storedCurrency().required(),
  declineReason: Joi.string().description('An open set: accept new ones'),
  refund: Joi.string().valid('none', 'pending', 'done').required(),
  trackingCode: Joi.string().description('Of the parcel, once it is on its way and has one'),
  version: wholeNumber().required(),
  createdAt: time().required(),
  updatedAt: time().required(),
});
