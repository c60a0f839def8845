import { AppError, requestErrors } from '@florin/app-response';
import type { PurchaseItem } from '@florin/events';
import { isCurrency } from '@florin/values';
import { type DeliveryPrice, type Discount, type PricedOrder, priceOrder } from '../pricing/index.ts';
import { type LockedProduct, variantRequired } from '../stock/index.ts';
import { purchaseErrors } from './errors.ts';

export type WantedItem = { productId: string; quantity: number };

/** The items of a purchase at the current prices. */
export type PricedItems = { items: SoldItem[]; currency: string };

type SoldItem = PurchaseItem & { taxRatePercent: number };

/** The content of an accepted purchase. */
export type PurchaseDraft = PricedItems & Omit<PricedOrder, 'lineDiscountsMinor'>;

/** What the request adds to the items. Each function returns the error that refuses the purchase. */
export type OrderTerms = {
  /** Judges the coupon. */
  discountOf?: ((order: PricedItems) => Discount | AppError) | undefined;
  /** Judges the delivery. */
  deliveryOf?: ((order: PricedItems) => DeliveryPrice | AppError) | undefined;
  /** Compares the total with the one that the buyer saw. */
  refuseTotal?: ((draft: PurchaseDraft) => AppError | undefined) | undefined;
};

export type ProductsNow = {
  products: ReadonlyMap<string, LockedProduct>;
  /** The rate of products that name none. */
  taxRatePercent: number;
};

type State = ProductsNow & {
  /** The stock of each product after the earlier requests of the batch. */
  stock: ReadonlyMap<string, number>;
  isWalletOpen: boolean;
  terms?: OrderTerms | undefined;
};

/** Decides whether a purchase is accepted, at the current prices and stock. Pure. */
export function decidePurchase(wanted: readonly WantedItem[], state: State): PurchaseDraft | AppError {
  const order = priceItems(wanted, state);
  if (order instanceof AppError) return order;
  if (!state.isWalletOpen) return new AppError(purchaseErrors.WALLET_NOT_READY, { headers: { 'Retry-After': '1' } });
  const draft = draftPurchase(order, state.terms);
  if (draft instanceof AppError) return draft;
  return state.terms?.refuseTotal?.(draft) ?? findShortage(draft.items, state.stock) ?? draft;
}

/** Names the items at the current prices; the error if one of them cannot be bought, or if they have several currencies. */
function priceItems(wanted: readonly WantedItem[], { products, taxRatePercent }: ProductsNow): PricedItems | AppError {
  const items: SoldItem[] = [];
  const currencies = new Set<string>();
  for (const { productId, quantity } of wanted) {
    const product = products.get(productId);
    if (product === undefined) return unknownProduct(productId);
    if (product.status === 'archived')
      return new AppError(purchaseErrors.PRODUCT_ARCHIVED, { detail: `${product.name} is archived.`, extensions: { productId } });
    if (product.options !== null) return variantRequired(product);
    if (!isCurrency(product.currency)) return unknownCurrency(product);
    currencies.add(product.currency);
    items.push(itemOf(product, quantity, taxRatePercent));
  }
  const [currency, ...others] = currencies;
  if (currency === undefined || others.length > 0) return invalidItems('items must be priced in one currency');
  return { items, currency };
}

function draftPurchase(order: PricedItems, terms: OrderTerms | undefined): PurchaseDraft | AppError {
  const discount = terms?.discountOf?.(order);
  if (discount instanceof AppError) return discount;
  const delivery = terms?.deliveryOf?.(order);
  if (delivery instanceof AppError) return delivery;
  const priced = priceOrder(order.items, { discount, delivery });
  if (priced === undefined) return invalidItems(`items must cost at most ${Number.MAX_SAFE_INTEGER} minor units in total`);
  const { lineDiscountsMinor, ...price } = priced;
  const items = price.discountMinor === 0 ? order.items : withDiscounts(order.items, lineDiscountsMinor);
  return { items, ...price, currency: order.currency };
}

function withDiscounts(items: readonly SoldItem[], discountsMinor: readonly number[]): SoldItem[] {
  return items.map((item, position) => {
    const discountMinor = discountsMinor[position] ?? 0;
    return discountMinor === 0 ? item : { ...item, discountMinor };
  });
}

function findShortage(items: readonly SoldItem[], stock: ReadonlyMap<string, number>): AppError | undefined {
  for (const { productId, name, quantity } of items) {
    const left = stock.get(productId) ?? 0;
    if (quantity > left)
      return new AppError(purchaseErrors.PRODUCT_OUT_OF_STOCK, {
        detail: `${name}: ${left} in stock, ${quantity} requested.`,
        extensions: { productId, available: left },
      });
  }
  return undefined;
}

/** A variant has the name of its parent. */
function itemOf(product: LockedProduct, quantity: number, shopRatePercent: number): SoldItem {
  const { id, name, priceMinor, optionValues, sku, taxRatePercent } = product;
  const item: SoldItem = {
    productId: id,
    name,
    quantity,
    unitPriceMinor: priceMinor,
    taxRatePercent: taxRatePercent ?? shopRatePercent,
  };
  if (optionValues !== null) item.optionValues = optionValues;
  if (sku !== null) item.sku = sku;
  return item;
}

function unknownProduct(productId: string): AppError {
  return new AppError(purchaseErrors.PRODUCT_NOT_FOUND, {
    detail: `There is no product ${productId}.`,
    extensions: { productId },
  });
}

/** An earlier release accepted any three letters as a currency. Payment would decline all purchases of such a product. */
function unknownCurrency({ name, currency }: LockedProduct): AppError {
  return new AppError(purchaseErrors.PRODUCT_CURRENCY_UNKNOWN, {
    detail: `${name} is priced in ${currency}, which is not a currency of ISO 4217. Staff can change its currency.`,
  });
}

function invalidItems(message: string): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'items', message }] });
}
