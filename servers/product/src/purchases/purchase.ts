import { column, defineTable, omitFields, readRow, type StoredRowOf } from '@florin/database';
import type { PurchaseItem } from '@florin/events';
import { amountMinor, id, line, named, quantity, storedCurrency, time, wholeNumber } from '@florin/values';
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

export const purchasesTable = defineTable('purchases', {
  id: column.id(),
  userId: column.id(),
  status: column.text<PurchaseStatus>('varchar(10)'),
  totalMinor: column.money(),
  currency: column.text('char(3)'),
  declineReason: column.text('varchar(64)').orNull().byDatabase(),
  refund: column.text<RefundState>('varchar(8)').byDatabase(),
  trackingCode: column.text('varchar(100)').orNull().byDatabase(),
  version: column.integer('int unsigned').byDatabase(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
  updatedAt: column.time(),
});

const shownTable = omitFields(purchasesTable, ['idempotencyKey', 'requestHash', 'sentHash']);

export type PurchaseRow = StoredRowOf<typeof shownTable>;

export const purchaseColumns = shownTable.list;

export function presentPurchase(row: PurchaseRow, items: readonly PurchaseItem[]): Purchase {
  const { declineReason, refund, trackingCode, version, createdAt, updatedAt, ...purchase } = readRow(shownTable, row);
  const { id, userId, status, ...price } = purchase;
  return {
    id,
    userId,
    status,
    items,
    ...price,
    ...(declineReason === null ? {} : { declineReason }),
    refund,
    ...(trackingCode === null ? {} : { trackingCode }),
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export const purchaseStatus = named('PurchaseStatus', Joi.string().valid(...purchaseStatuses));

const itemSchema = named(
  'PurchaseItem',
  Joi.object({
    productId: id().required(),
    name: Joi.string().required(),
    quantity: quantity().min(1).required(),
    unitPriceMinor: amountMinor().min(0).required(),
    optionValues: Joi.object()
      .pattern(Joi.string(), Joi.string())
      .description('The chosen value of each option, if the product is a variant'),
  }),
);

export const purchaseSchema = named(
  'Purchase',
  Joi.object({
    id: id().required(),
    userId: id().required(),
    status: purchaseStatus.required(),
    items: Joi.array().items(itemSchema).required(),
    totalMinor: amountMinor().min(0).required(),
    currency: storedCurrency().required(),
    declineReason: Joi.string().description('An open set: clients must accept new values'),
    refund: Joi.string().valid('none', 'pending', 'done').required(),
    trackingCode: Joi.string().description("The carrier's number of the parcel, if staff gave one"),
    version: wholeNumber().required(),
    createdAt: time().required(),
    updatedAt: time().required(),
  }),
);
