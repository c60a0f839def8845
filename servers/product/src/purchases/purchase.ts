import { column, defineTable, omitFields, readRow, type StoredRowOf } from '@florin/database';
import type { PurchaseItem } from '@florin/events';
import { amountMinor, id, line, named, percent, quantity, storedCurrency, time, wholeNumber } from '@florin/values';
import Joi from 'joi';
import { type FrozenMethod, frozenMethodSchema } from '../delivery/index.ts';
import { priceFields, type TaxOfRate } from '../pricing/index.ts';

export const purchaseStatuses = ['requested', 'paid', 'declined', 'cancelled', 'shipped', 'delivered'] as const;
export type PurchaseStatus = (typeof purchaseStatuses)[number];
export type RefundState = 'none' | 'pending' | 'done';

/** How the purchase is paid. */
export type Payment = { method: 'wallet' };
export const byWallet: Payment = { method: 'wallet' };

export const trackingCodeField = line(100);

/** A purchase as the API shows it. */
export type Purchase = {
  id: string;
  /** Absent until the job has given one to a purchase of another release. */
  number?: string;
  userId: string;
  status: PurchaseStatus;
  items: readonly PurchaseItem[];
  subtotalMinor: number;
  discountMinor: number;
  deliveryMinor: number;
  tax: readonly TaxOfRate[];
  totalMinor: number;
  currency: string;
  coupon?: { code: string };
  delivery?: FrozenMethod;
  payment: Payment;
  refundedMinor: number;
  declineReason?: string;
  refund: RefundState;
  trackingCode?: string;
  version: number;
  createdAt: string;
  updatedAt: string;
  /** At endpoints, see `withExpiry`. */
  expiresAt?: string;
};

export const purchasesTable = defineTable('purchases', {
  id: column.id(),
  number: column.text('char(8)').orNull(),
  userId: column.id(),
  status: column.text<PurchaseStatus>('varchar(10)'),
  totalMinor: column.money(),
  currency: column.text('char(3)'),
  declineReason: column.text('varchar(64)').orNull().byDatabase(),
  refund: column.text<RefundState>('varchar(8)').byDatabase(),
  trackingCode: column.text('varchar(100)').orNull().byDatabase(),
  /** NULL if a release without discounts stored the purchase: it then equals the total. */
  subtotalMinor: column.money().orNull(),
  discountMinor: column.money(),
  deliveryMinor: column.money(),
  /** NULL if there is none. */
  tax: column.json<readonly TaxOfRate[]>('varchar(4000)').orNull(),
  couponCode: column.text('varchar(32)').orNull(),
  deliveryMethod: column.json<FrozenMethod>('varchar(2000)').orNull(),
  refundedMinor: column.money().byDatabase(),
  /** The sequence of the event that set `refundedMinor`. */
  refundedSequence: column.integer('bigint').byDatabase(),
  version: column.integer('int unsigned').byDatabase(),
  idempotencyKey: column.textBytes('varbinary(255)'),
  requestHash: column.bytes('binary(32)'),
  sentHash: column.bytes('binary(32)').orNull(),
  createdAt: column.time(),
  updatedAt: column.time(),
});

const shownTable = omitFields(purchasesTable, ['refundedSequence', 'idempotencyKey', 'requestHash', 'sentHash']);

export type PurchaseRow = StoredRowOf<typeof shownTable>;

export const purchaseColumns = shownTable.list;

export function presentPurchase(row: PurchaseRow, items: readonly PurchaseItem[]): Purchase {
  const { declineReason, refund, trackingCode, version, createdAt, updatedAt, ...stored } = readRow(shownTable, row);
  const { id, number, userId, status, totalMinor, subtotalMinor, tax, currency, couponCode, deliveryMethod, ...amounts } = stored;
  return {
    id,
    ...(number === null ? {} : { number }),
    userId,
    status,
    items,
    subtotalMinor: subtotalMinor ?? totalMinor,
    ...amounts,
    // A cancel refunds the rest of the charge.
    refundedMinor: refund === 'done' ? totalMinor : amounts.refundedMinor,
    tax: tax ?? [],
    totalMinor,
    currency,
    ...(couponCode === null ? {} : { coupon: { code: couponCode } }),
    ...(deliveryMethod === null ? {} : { delivery: deliveryMethod }),
    payment: byWallet,
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
    sku: Joi.string().description('The SKU when it was bought'),
    discountMinor: amountMinor().min(1).description('What the coupon takes off the item; absent: nothing'),
    taxRatePercent: percent().description('The tax that the price includes. Absent if an earlier release sold the item'),
  }),
);

export const purchaseSchema = named(
  'Purchase',
  Joi.object({
    id: id().required(),
    number: Joi.string().description(
      'For people: 8 digits and capital letters. Absent for some seconds if a release without numbers accepted the purchase',
    ),
    userId: id().required(),
    status: purchaseStatus.required(),
    items: Joi.array().items(itemSchema).required(),
    ...priceFields,
    currency: storedCurrency().required(),
    coupon: named('PurchaseCoupon', Joi.object({ code: Joi.string().required() })).description('The coupon, if there is one'),
    delivery: frozenMethodSchema,
    payment: named('PurchasePayment', Joi.object({ method: Joi.string().valid('wallet').required() })).required(),
    refundedMinor: amountMinor().min(0).required().description('What was refunded so far'),
    declineReason: Joi.string().description('An open set: clients must accept new values'),
    refund: Joi.string().valid('none', 'pending', 'done').required(),
    trackingCode: Joi.string().description("The carrier's number of the parcel, if staff gave one"),
    version: wholeNumber().required(),
    createdAt: time().required(),
    updatedAt: time().required(),
    expiresAt: time().description('Absent once decided. An undecided purchase is cancelled after this time'),
  }),
);
