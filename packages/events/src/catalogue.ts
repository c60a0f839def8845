import { amountMinor as anyAmountMinor, day, percent, storedCurrency, storedId, storedTime } from '@florin/values';
import Joi from 'joi';
import { defineEvent, type EventDefinition } from './define-event.ts';

const id = () => storedId().required();
const currency = () => storedCurrency().required();
const moneyMinor = () => anyAmountMinor().required();
const amountMinor = () => moneyMinor().min(0);

export type PurchaseItem = {
  productId: string;
  name: string;
  quantity: number;
  unitPriceMinor: number;
  /** The chosen value of each option, if the product is a variant. */
  optionValues?: Readonly<Record<string, string>>;
  sku?: string;
  /** What a coupon takes off the item; absent: nothing. */
  discountMinor?: number;
  /** The tax that the price includes; absent if a release without tax rates sold the item. */
  taxRatePercent?: number;
};
const item = Joi.object<PurchaseItem, true>({
  productId: id(),
  name: Joi.string().required(),
  quantity: Joi.number().integer().min(1).required(),
  unitPriceMinor: amountMinor(),
  optionValues: Joi.object()
    .pattern(Joi.string(), Joi.string())
    .description('The chosen value of each option, if the product is a variant'),
  sku: Joi.string(),
  discountMinor: Joi.number().integer().min(1).max(Number.MAX_SAFE_INTEGER).description('What a coupon takes off the item'),
  taxRatePercent: Joi.number().min(0).max(100).description('The tax that the price includes'),
});

type WalletState = {
  walletId: string;
  userId: string;
  currency: string;
  balanceMinor: number;
  availableMinor: number;
  spendLimitMinor: number;
  status: 'active' | 'frozen';
  version: number;
  dailyLimitMinor?: number;
  spentMinor?: number;
  spentOn?: string;
};
const walletState = {
  walletId: id(),
  userId: id(),
  currency: currency(),
  balanceMinor: moneyMinor(),
  availableMinor: moneyMinor(),
  spendLimitMinor: amountMinor(),
  status: Joi.string().valid('active', 'frozen').required(),
  version: Joi.number().integer().min(1).required(),
  dailyLimitMinor: amountMinor().optional().description('Maximum sum of the purchases of one day; absent without a limit'),
  spentMinor: amountMinor().optional().description('Sum of the purchases of `spentOn`, without refunded ones'),
  spentOn: day().description('UTC day of the last charged purchase; absent before the first'),
};

type RefundOf = { refundId: string; purchaseId: string; userId: string; amountMinor: number };
const refundOf = { refundId: id(), purchaseId: id(), userId: id(), amountMinor: moneyMinor().min(1) };
const refundedTotal = () =>
  amountMinor().description(
    'Sum of all refunds of the purchase, absolute: consumers set it, in the order of `sequence`, and never add',
  );

/** A product as everyone may read it, without its stock. */
export type ProductState = {
  productId: string;
  sku: string | null;
  name: string;
  slug: string | null;
  description: string;
  brand: string | null;
  barcode: string | null;
  priceMinor: number;
  compareAtPriceMinor: number | null;
  currency: string;
  taxRatePercent: number | null;
  categoryId: string;
  categoryIds?: string[];
  imageUrl: string | null;
  images: { url: string; alt: string; imageId?: string }[];
  tags: string[];
  attributes: Readonly<Record<string, string>>;
  weightGrams: number | null;
  status: 'active' | 'draft' | 'archived';
  parentId?: string;
  options?: string[];
  optionValues?: Readonly<Record<string, string>>;
  version: number;
  createdAt: string;
  updatedAt: string;
};
const textOrNull = () => Joi.string().allow(null).required();
const image = Joi.object({
  url: Joi.string().required(),
  alt: Joi.string().allow('').required(),
  imageId: storedId().description('If the image was uploaded: `url` is then its path at the gateway'),
});
const productState = {
  productId: id(),
  sku: textOrNull(),
  name: Joi.string().required(),
  slug: textOrNull(),
  description: Joi.string().allow('').required(),
  brand: textOrNull(),
  barcode: textOrNull(),
  priceMinor: amountMinor().description('Tax included'),
  compareAtPriceMinor: amountMinor().allow(null).description('The former price, above `priceMinor`'),
  currency: currency(),
  taxRatePercent: percent().allow(null).required().description('The tax that the price includes; null: the rate of the shop'),
  categoryId: id(),
  categoryIds: Joi.array().items(id()).min(1).description('All categories. The first is `categoryId`'),
  imageUrl: textOrNull().description('The `url` of the first of `images`'),
  images: Joi.array().items(image).required(),
  tags: Joi.array().items(Joi.string()).required(),
  attributes: Joi.object().pattern(Joi.string(), Joi.string()).required(),
  weightGrams: Joi.number().integer().min(0).allow(null).required(),
  status: Joi.string().valid('active', 'draft', 'archived').required().description('Buyers see and buy `active` products only'),
  parentId: storedId().description('The product with the options, if this is a variant'),
  options: Joi.array()
    .items(Joi.string())
    .description('The names of the options, if the product has variants: only these are sold'),
  optionValues: Joi.object().pattern(Joi.string(), Joi.string()).description('The value of each option, if this is a variant'),
  version: Joi.number().integer().min(1).required(),
  createdAt: storedTime().required(),
  updatedAt: storedTime().required(),
};

const ofUsers = { topic: 'florin.users', source: '/auth', aggregate: 'user' } as const;
const ofSessions = { topic: 'florin.sessions', source: '/auth', aggregate: 'user' } as const;
const ofPurchases = { topic: 'florin.purchases', source: '/product', aggregate: 'purchase' } as const;
const ofWallets = { topic: 'florin.payments', source: '/payment', aggregate: 'wallet' } as const;
const ofProducts = { topic: 'florin.products', source: '/product', aggregate: 'product', key: 'product' } as const;
const ofContacts = { topic: 'florin.contacts', source: '/auth', aggregate: 'user' } as const;
const ofImages = { topic: 'florin.images', source: '/media', aggregate: 'image', key: 'image' } as const;
const ofPayments = { topic: 'florin.payments', source: '/payment', aggregate: 'purchase' } as const;

/** The catalogue of all events. An unknown name does not compile. */
export const catalogue = {
  'user-registered': defineEvent<{ userId: string }>()({
    ...ofUsers,
    type: 'user-registered',
    description: 'A user signed up. Payment opens a wallet and posts the opening credit.',
    data: { userId: id() },
  }),
  'user-erased': defineEvent<{ userId: string }>()({
    ...ofUsers,
    type: 'user-erased',
    description: 'A user was erased. Payment freezes the wallets for good. Product erases personal data. The ledger stays.',
    data: { userId: id() },
  }),
  'session-revoked': defineEvent<{ sid: string; userId: string; expiresAt: string }>()({
    ...ofSessions,
    type: 'session-revoked',
    description: 'A session ended. Every instance of every service rejects its tokens until `expiresAt`, when they have expired.',
    data: { sid: id(), userId: id(), expiresAt: storedTime().required() },
  }),
  'tokens-invalidated': defineEvent<{ userId: string; issuedBefore: string }>()({
    ...ofSessions,
    type: 'tokens-invalidated',
    description:
      "A user was disabled or erased, or the roles or the password changed. Every service rejects the user's tokens issued before `issuedBefore`.",
    data: { userId: id(), issuedBefore: storedTime().required() },
  }),
  'purchase-requested': defineEvent<{
    purchaseId: string;
    userId: string;
    items: PurchaseItem[];
    totalMinor: number;
    currency: string;
  }>()({
    ...ofPurchases,
    type: 'purchase-requested',
    description: 'A buyer requested products, and product took their stock. Payment decides once.',
    data: {
      purchaseId: id(),
      userId: id(),
      items: Joi.array().items(item).min(1).required(),
      totalMinor: amountMinor(),
      currency: currency(),
    },
  }),
  'purchase-cancelled': defineEvent<{
    purchaseId: string;
    userId: string;
    by: 'buyer' | 'staff' | 'timeout';
    reason?: string;
    cause?: 'returned';
  }>()({
    ...ofPurchases,
    type: 'purchase-cancelled',
    description:
      'The purchase was cancelled. Payment refunds the charge, or voids the purchase if it has not seen the request yet. With the cause `returned`, the carrier returned the parcel before its delivery. The set of causes is open: accept unknown ones.',
    data: {
      purchaseId: id(),
      userId: id(),
      by: Joi.string().valid('buyer', 'staff', 'timeout').required(),
      reason: Joi.string(),
      cause: Joi.string(),
    },
  }),
  'purchase-shipped': defineEvent<{ purchaseId: string; userId: string; trackingCode?: string }>()({
    ...ofPurchases,
    type: 'purchase-shipped',
    description: 'The products were shipped.',
    data: { purchaseId: id(), userId: id(), trackingCode: Joi.string() },
  }),
  'purchase-delivered': defineEvent<{ purchaseId: string; userId: string; trackingCode?: string }>()({
    ...ofPurchases,
    type: 'purchase-delivered',
    description: 'The products were delivered.',
    data: { purchaseId: id(), userId: id(), trackingCode: Joi.string() },
  }),
  'refund-requested': defineEvent<RefundOf & { currency: string; reason: string }>()({
    ...ofPurchases,
    type: 'refund-requested',
    description:
      'A part of the charge is to be refunded. Payment posts each `refundId` once, and answers again when it is asked again.',
    data: {
      ...refundOf,
      currency: currency(),
      reason: Joi.string().required().description('`claim` or `staff`. An open set, without text about the buyer'),
    },
  }),
  'wallet-opened': defineEvent<WalletState>()({
    ...ofWallets,
    type: 'wallet-opened',
    description: "A wallet was opened. Product creates its copy of the buyer's limits.",
    data: walletState,
  }),
  'wallet-changed': defineEvent<WalletState>()({
    ...ofWallets,
    type: 'wallet-changed',
    description: "A wallet's balance, limits or status changed. Product keeps the newest version of its copy.",
    data: walletState,
  }),
  'purchase-paid': defineEvent<{ purchaseId: string; userId: string; amountMinor: number; transferId: string }>()({
    ...ofPayments,
    type: 'purchase-paid',
    description: "The purchase was charged to the buyer's wallet by this transfer.",
    data: { purchaseId: id(), userId: id(), amountMinor: amountMinor(), transferId: id() },
  }),
  'purchase-declined': defineEvent<{ purchaseId: string; userId: string; amountMinor: number; reason: string }>()({
    ...ofPayments,
    type: 'purchase-declined',
    description: 'The purchase was not charged. The set of reasons is open: accept unknown ones.',
    data: { purchaseId: id(), userId: id(), amountMinor: amountMinor(), reason: Joi.string().required() },
  }),
  'purchase-refunded': defineEvent<{ purchaseId: string; userId: string; amountMinor: number; transferId?: string }>()({
    ...ofPayments,
    type: 'purchase-refunded',
    description:
      'The outcome of a cancellation: the refunded amount, or 0 without a transfer if nothing was charged. After partial refunds it is the rest of the charge.',
    data: { purchaseId: id(), userId: id(), amountMinor: amountMinor(), transferId: storedId() },
  }),
  'refund-posted': defineEvent<RefundOf & { transferId: string; refundedTotalMinor: number }>()({
    ...ofPayments,
    type: 'refund-posted',
    description: "A part of the charge was refunded to the buyer's wallet by this transfer.",
    data: { ...refundOf, transferId: id(), refundedTotalMinor: refundedTotal() },
  }),
  'refund-rejected': defineEvent<RefundOf & { reason: string; refundedTotalMinor: number }>()({
    ...ofPayments,
    type: 'refund-rejected',
    description:
      'The refund was not posted, and never will be: `REFUND_EXCEEDS_CHARGE` or `NOT_CHARGED`. The set of reasons is open: accept unknown ones.',
    data: { ...refundOf, reason: Joi.string().required(), refundedTotalMinor: refundedTotal() },
  }),
  'product-changed': defineEvent<ProductState>()({
    ...ofProducts,
    type: 'product-changed',
    description:
      'A product was created, edited or archived. It carries the whole public state at `version`; keep the newest version. Sales and deliveries publish nothing: `stock` is not in it.',
    data: productState,
  }),
  'image-stored': defineEvent<{ imageId: string; ownerId: string; purpose: 'product' | 'claim' }>()({
    ...ofImages,
    type: 'image-stored',
    description:
      'A user uploaded an image. Product refers only to images that it has seen: to those of `product` from products, to those of `claim` from claims of their owner. The set of purposes is open: skip unknown ones.',
    data: { imageId: id(), ownerId: id(), purpose: Joi.string().required() },
  }),
  'contact-changed': defineEvent<{ userId: string; email: string; name: string | null }>()({
    ...ofContacts,
    type: 'contact-changed',
    description:
      "A user's e-mail address or name is new or changed. It carries both; keep those with the highest `sequence`. Erase them with `user-erased`, and keep none of an erased user, also when it comes late. Never log it.",
    data: { userId: id(), email: Joi.string().required(), name: textOrNull().description('null: the user gave none') },
  }),
} as const;

export type Catalogue = typeof catalogue;
export type EventType = keyof Catalogue;
export type EventData<Type extends EventType> = Catalogue[Type] extends EventDefinition<Type, infer Data> ? Data : never;

export const eventTypes = Object.keys(catalogue) as EventType[];

export function definitionOf(type: EventType): EventDefinition<EventType, unknown> {
  return catalogue[type] as unknown as EventDefinition<EventType, unknown>;
}

export const topics = [...new Set(Object.values(catalogue).map(({ topic }) => topic))];
