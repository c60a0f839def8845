import fc from 'fast-check';
import type { Item, Product, PurchaseRequest, Terms } from './purchase-flow-model.ts';
import type { Handling, Topic } from './purchase-flow-services.ts';

/** Small numbers, so that steps conflict. */
export const users = ['alice', 'bob', 'carol'] as const;
export const products: readonly Product[] = [
  { name: 'leaflet', priceMinor: 0, currency: 'EUR', stock: 5 },
  { name: 'book', priceMinor: 30, currency: 'EUR', stock: 15 },
  { name: 'chair', priceMinor: 95, currency: 'EUR', stock: 6 },
  { name: 'piano', priceMinor: 120, currency: 'EUR', stock: 4 },
  { name: 'dollar book', priceMinor: 10, currency: 'USD', stock: 6 },
];
/** An unknown product. */
export const unknownProduct = 'unicorn';
const keys = ['red', 'green', 'blue', 'black', 'white', 'grey', 'pink', 'brown'];

export type World = {
  terms: Terms;
  /** Number of users with a wallet known to product from the beginning. */
  ready: number;
};

/** The next step. A choice among current items is a number, taken modulo their count. */
export type Step =
  | { do: 'sign up'; user: string }
  | { do: 'buy'; requests: readonly (PurchaseRequest | { sameAs: number })[] }
  | { do: 'cancel'; cancels: readonly { pick: number | 'unknown'; by: 'buyer' | 'staff' }[] }
  | { do: 'time out'; limit: number }
  | { do: 'archive'; product: string }
  | ({ do: 'deliver' } & Delivery)
  | { do: 're-send'; type: Question; pick: number };

export type Delivery = {
  topic: Topic;
  /** The first waiting messages in order; any waiting ones, also twice; or also delivered ones. */
  of: 'oldest' | 'waiting' | 'all ever sent';
  picks: readonly number[];
  handling: Handling;
};

/** Events that get another outcome event when they are published again. */
export type Question = 'user-registered' | 'purchase-requested' | 'purchase-cancelled';

/** Price lists whose highest price is above the limit, above the opening credit, or uses it up. */
export const worlds: fc.Arbitrary<World> = fc.record({
  terms: fc.constantFrom(
    { currency: 'EUR', openingCreditMinor: 100, spendLimitMinor: 90 },
    { currency: 'EUR', openingCreditMinor: 100, spendLimitMinor: 150 },
    { currency: 'EUR', openingCreditMinor: 300, spendLimitMinor: 110 },
  ),
  ready: fc.constantFrom(3, 3, 3, 2, 1),
});

const pick = fc.nat(999);
const knownOrNot = fc.oneof({ weight: 12, arbitrary: pick }, { weight: 1, arbitrary: fc.constant('unknown' as const) });
const quantity = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(1, 2) }, { weight: 1, arbitrary: fc.constantFrom(3, 5) });
const basketOf = (...names: string[]): fc.Arbitrary<Item[]> =>
  fc.uniqueArray(fc.record({ product: fc.constantFrom(...names), quantity }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ product }) => product,
  });
const items = fc.oneof(
  { weight: 12, arbitrary: basketOf('book', 'book', 'book', 'leaflet', 'leaflet', 'chair', 'piano') },
  { weight: 2, arbitrary: basketOf('dollar book') },
  { weight: 1, arbitrary: basketOf('book', 'dollar book', unknownProduct) },
);
const request = fc.oneof(
  { weight: 4, arbitrary: fc.record({ user: fc.constantFrom(...users), key: fc.constantFrom(...keys), items }) },
  { weight: 1, arbitrary: fc.record({ sameAs: pick }) },
);
const handling = fc.oneof(
  { weight: 6, arbitrary: fc.constant('once' as const) },
  { weight: 1, arbitrary: fc.constant('at two consumers at once' as const) },
  { weight: 1, arbitrary: fc.constantFrom('with a crash before the commit' as const, 'with a crash after the commit' as const) },
);

const question = fc.constantFrom<Question[]>(
  'purchase-cancelled',
  'purchase-cancelled',
  'purchase-cancelled',
  'purchase-requested',
  'purchase-requested',
  'user-registered',
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('buy' as const),
      requests: fc.array(request, { minLength: 1, maxLength: 3, size: 'max' }),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      topic: fc.constantFrom(
        'florin.purchases' as const,
        'florin.purchases' as const,
        'florin.payments' as const,
        'florin.payments' as const,
        'florin.users' as const,
      ),
      of: fc.constantFrom('oldest' as const, 'waiting' as const, 'waiting' as const, 'all ever sent' as const),
      picks: fc.array(pick, { minLength: 1, maxLength: 6, size: 'max' }),
      handling,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      cancels: fc.array(fc.record({ pick: knownOrNot, by: fc.constantFrom('buyer' as const, 'staff' as const) }), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('re-send' as const), type: question, pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('time out' as const), limit: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sign up' as const), user: fc.constantFrom(...users) }) },
);
/** At most one: archived products stay archived, and later steps test less. */
const archive: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('archive' as const),
  product: fc.constantFrom('leaflet', 'chair'),
});

export const sequences: fc.Arbitrary<Step[]> = fc
  .tuple(
    fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }),
    fc.option(archive),
    fc.array(step, { maxLength: 10, size: 'max' }),
  )
  .map(([before, between, after]) => [...before, ...(between === null ? [] : [between]), ...after]);

/** How the remaining messages arrive at the end. */
export const endings = fc.constantFrom('oldest first' as const, 'newest first' as const);
export type Ending = 'oldest first' | 'newest first';
