import fc from 'fast-check';
import { v7 } from 'uuid';
import type { EventData, EventType } from '../src/index.ts';

const id = fc.constant(undefined).map(() => v7());
const amountMinor = fc.maxSafeNat();
const text = fc.string({ unit: 'grapheme', minLength: 1 });
const time = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
const currency = fc.constantFrom('EUR', 'SEK');
const optional = <T extends object>(fields: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
const both = <A, B>(first: fc.Arbitrary<A>, second: fc.Arbitrary<B>): fc.Arbitrary<A & B> =>
  fc.tuple(first, second).map(([a, b]) => ({ ...a, ...b }));

const purchase = fc.record({ purchaseId: id, userId: id });
const tracking = both(purchase, optional({ trackingCode: text }));
const decided = both(purchase, fc.record({ amountMinor }));
const walletNow = fc.record({
  walletId: id,
  userId: id,
  currency,
  balanceMinor: fc.maxSafeInteger(),
  availableMinor: fc.maxSafeInteger(),
  spendLimitMinor: amountMinor,
  status: fc.constantFrom('active' as const, 'frozen' as const),
  version: fc.integer({ min: 1 }),
});
const wallet = both(
  walletNow,
  optional({
    dailyLimitMinor: amountMinor,
    spentMinor: amountMinor,
    spentOn: fc.constantFrom('2026-01-01', '2026-12-31'),
  }),
);

const refund = both(purchase, fc.record({ refundId: id, amountMinor: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }) }));

const textOrNull = fc.option(text);
const product = both(
  fc.record({
    productId: id,
    sku: textOrNull,
    name: text,
    slug: textOrNull,
    description: fc.string(),
    brand: textOrNull,
    barcode: textOrNull,
    priceMinor: amountMinor,
    compareAtPriceMinor: fc.option(amountMinor),
    currency,
    taxRatePercent: fc.constantFrom(0, 7.7, 19, null),
  }),
  fc.record({
    categoryId: id,
    categoryIds: fc.array(id, { minLength: 1, maxLength: 3 }),
    imageUrl: textOrNull,
    images: fc.array(fc.record({ url: fc.webUrl(), alt: fc.string() }), { maxLength: 3 }),
    tags: fc.array(text, { maxLength: 3 }),
    attributes: fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }),
    weightGrams: fc.option(fc.nat()),
    status: fc.constantFrom('active' as const, 'draft' as const, 'archived' as const),
    version: fc.integer({ min: 1 }),
    createdAt: time,
    updatedAt: time,
  }),
);

/** Valid data of every event type. */
export const sampleData: { readonly [Type in EventType]: fc.Arbitrary<EventData<Type>> } = {
  'user-registered': fc.record({ userId: id }),
  'user-erased': fc.record({ userId: id }),
  'session-revoked': fc.record({ sid: id, userId: id, expiresAt: time }),
  'tokens-invalidated': fc.record({ userId: id, issuedBefore: time }),
  'purchase-requested': both(
    purchase,
    fc.record({
      items: fc.array(
        fc.record({ productId: id, name: text, quantity: fc.integer({ min: 1, max: 1_000_000 }), unitPriceMinor: amountMinor }),
        { minLength: 1, maxLength: 5 },
      ),
      totalMinor: amountMinor,
      currency,
    }),
  ),
  'purchase-cancelled': both(
    both(purchase, fc.record({ by: fc.constantFrom('buyer' as const, 'staff' as const, 'timeout' as const) })),
    optional({ reason: text, cause: fc.constant('returned' as const) }),
  ),
  'purchase-shipped': tracking,
  'purchase-delivered': tracking,
  'refund-requested': both(refund, fc.record({ currency, reason: text })),
  'refund-posted': both(refund, fc.record({ transferId: id, refundedTotalMinor: amountMinor })),
  'refund-rejected': both(refund, fc.record({ reason: text, refundedTotalMinor: amountMinor })),
  'wallet-opened': wallet,
  'wallet-changed': wallet,
  'purchase-paid': both(decided, fc.record({ transferId: id })),
  'purchase-declined': both(decided, fc.record({ reason: text })),
  'purchase-refunded': both(decided, optional({ transferId: id })),
  'product-changed': product,
  'image-stored': fc.record({ imageId: id, ownerId: id, purpose: fc.constantFrom('product' as const, 'claim' as const) }),
  'contact-changed': fc.record({ userId: id, email: fc.emailAddress(), name: textOrNull }),
};
