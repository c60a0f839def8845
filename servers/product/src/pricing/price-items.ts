import { AppError } from '@florin/app-response';
import type { PurchaseItem } from '@florin/events';
import { isCurrency } from '@florin/values';
import { type SoldProduct, variantRequired } from '../stock/index.ts';
import { invalidItems, orderErrors } from './errors.ts';

export type WantedItem = { productId: string; quantity: number };

/** An item at the current price. */
export type SoldItem = PurchaseItem & { taxRatePercent: number };

/** The items of an order at the current prices, in one currency. */
export type PricedItems = { items: SoldItem[]; currency: string };

export type ProductsNow = {
  products: ReadonlyMap<string, SoldProduct>;
  /** The rate of products that name none. */
  taxRatePercent: number;
};

/** Prices items; returns the first error if one of them cannot be bought, or if they have several currencies. Pure. */
export function priceItems(wanted: readonly WantedItem[], { products, taxRatePercent }: ProductsNow): PricedItems | AppError {
  const items: SoldItem[] = [];
  const currencies = new Set<string>();
  for (const { productId, quantity } of wanted) {
    const product = findBuyable(products, productId);
    if (product instanceof AppError) return product;
    currencies.add(product.currency);
    items.push(soldItem(product, quantity, taxRatePercent));
  }
  const [currency, ...others] = currencies;
  if (currency === undefined || others.length > 0) return invalidItems('items must be priced in one currency');
  return { items, currency };
}

/** Returns the product, or the error why nobody can buy it now, whatever its stock. Pure. */
export function findBuyable(products: ReadonlyMap<string, SoldProduct>, productId: string): SoldProduct | AppError {
  const product = products.get(productId);
  if (product === undefined) return unknownProduct(productId);
  if (product.status === 'archived')
    return new AppError(orderErrors.PRODUCT_ARCHIVED, { detail: `${product.name} is archived.`, extensions: { productId } });
  if (product.options !== null) return variantRequired(product);
  return isCurrency(product.currency) ? product : unknownCurrency(product);
}

/** A variant has the name of its parent. Pure. */
export function soldItem(product: SoldProduct, quantity: number, shopRatePercent: number): SoldItem {
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

type InStock = Pick<SoldItem, 'productId' | 'name' | 'quantity'>;

/** Returns the error if there are fewer units than wanted. Pure. */
export function findShortage({ productId, name, quantity }: InStock, stock: ReadonlyMap<string, number>): AppError | undefined {
  const left = stock.get(productId) ?? 0;
  if (quantity <= left) return undefined;
  return new AppError(orderErrors.PRODUCT_OUT_OF_STOCK, {
    detail: `${name}: ${left} in stock, ${quantity} requested.`,
    extensions: { productId, available: left },
  });
}

export function unknownProduct(productId: string): AppError {
  return new AppError(orderErrors.PRODUCT_NOT_FOUND, {
    detail: `There is no product ${productId}.`,
    extensions: { productId },
  });
}

/** An earlier release accepted any three letters as a currency. Payment would decline all purchases of such a product. */
function unknownCurrency({ name, currency }: SoldProduct): AppError {
  return new AppError(orderErrors.PRODUCT_CURRENCY_UNKNOWN, {
    detail: `${name} is priced in ${currency}, which is not a currency of ISO 4217. Staff can change its currency.`,
  });
}
