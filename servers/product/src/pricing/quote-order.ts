import { AppError } from '@florin/app-response';
import type { SoldProduct } from '../stock/index.ts';
import { draftOrder, type OrderDraft, type OrderTerms } from './draft-order.ts';
import {
  findBuyable,
  findShortage,
  type PricedItems,
  type ProductsNow,
  type SoldItem,
  soldItem,
  type WantedItem,
} from './price-items.ts';
import { errorProblem, type OrderProblem } from './problem.ts';

/** An item of a quote, whether it can be bought or not. */
export type QuotedItem = SoldItem & { currency: string; isInTotal: boolean };

/** An order at the current prices, with all problems of the order. */
export type Quote = Omit<OrderDraft, 'items'> & { items: QuotedItem[]; problems: OrderProblem[] };

type State = ProductsNow & {
  stock: ReadonlyMap<string, number>;
  terms?: OrderTerms | undefined;
  /** The currency of an order without an item that can be bought. */
  currency: string;
};

/**
 * Quotes an order. Items that cannot be bought, and items in another currency than the first that can, are problems and do not count
 * in the total. A coupon or a delivery that does not apply is a problem, and the order is priced without it. Pure.
 *
 * @param wanted items of existing products
 */
export function quoteOrder(wanted: readonly WantedItem[], state: State): Quote {
  const problems: OrderProblem[] = [];
  const { items, order } = itemsOf(wanted, state, problems);
  const draft = draftAnyway(order, state.terms, problems);
  for (const item of draft.items) {
    const shortage = findShortage(item, state.stock);
    if (shortage !== undefined) problems.push(errorProblem(shortage));
  }
  const priced = new Map(draft.items.map((item) => [item.productId, item]));
  return { ...draft, items: items.map((item) => ({ ...item, ...priced.get(item.productId) })), problems };
}

function itemsOf(
  wanted: readonly WantedItem[],
  { products, taxRatePercent, currency: fallback }: State,
  problems: OrderProblem[],
): { items: QuotedItem[]; order: PricedItems } {
  const counted: SoldItem[] = [];
  let currency: string | undefined;
  const items = wanted.flatMap(({ productId, quantity }): QuotedItem[] => {
    const product = products.get(productId);
    const refusal = refuseItem(products, { productId, currency });
    if (refusal !== undefined) problems.push(refusal);
    if (product === undefined) return [];
    const item = soldItem(product, quantity, taxRatePercent);
    if (refusal === undefined) {
      currency ??= product.currency;
      counted.push(item);
    }
    return [{ ...item, currency: product.currency, isInTotal: refusal === undefined }];
  });
  return { items, order: { items: counted, currency: currency ?? fallback } };
}

function refuseItem(
  products: ReadonlyMap<string, SoldProduct>,
  { productId, currency }: { productId: string; currency: string | undefined },
): OrderProblem | undefined {
  const product = findBuyable(products, productId);
  if (product instanceof AppError) return { ...errorProblem(product), productId };
  if (currency === undefined || product.currency === currency) return undefined;
  const message = `${product.name} is priced in ${product.currency}, other items in ${currency}. One order has one currency.`;
  return { code: 'CURRENCY_MISMATCH', severity: 'error', message, productId };
}

/** Drafts the order without what does not apply. */
function draftAnyway(order: PricedItems, terms: OrderTerms = {}, problems: OrderProblem[]): OrderDraft {
  if (order.items.length === 0) return emptyDraft(order);
  const apply = <Judged>(judge: ((order: PricedItems) => Judged | AppError) | undefined): (() => Judged) | undefined => {
    const judged = judge?.(order);
    if (judged === undefined) return undefined;
    if (!(judged instanceof AppError)) return () => judged;
    problems.push(errorProblem(judged));
    return undefined;
  };
  const discountOf = apply(terms.discountOf);
  const deliveryOf = apply(terms.deliveryOf);
  const couponCode = discountOf === undefined ? undefined : terms.couponCode;
  const draft = draftOrder(order, { discountOf, deliveryOf, couponCode });
  if (!(draft instanceof AppError)) return draft;
  problems.push(tooDear);
  return { ...emptyDraft(order), items: order.items };
}

const tooDear: OrderProblem = {
  code: 'TOTAL_TOO_HIGH',
  severity: 'error',
  message: `The order costs more than ${Number.MAX_SAFE_INTEGER} minor units. Remove items.`,
};

function emptyDraft({ currency }: PricedItems): OrderDraft {
  return { items: [], subtotalMinor: 0, discountMinor: 0, deliveryMinor: 0, tax: [], totalMinor: 0, currency };
}
