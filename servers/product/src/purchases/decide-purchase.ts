import { AppError, requestErrors } from '@florin/app-response';
import type { PurchaseItem } from '@florin/events';
import { isCurrency } from '@florin/values';
import { type LockedProduct, variantRequired } from '../stock/index.ts';
import { purchaseErrors } from './errors.ts';

export type WantedItem = { productId: string; quantity: number };

/** The content of an accepted purchase. */
export type PurchaseDraft = { items: PurchaseItem[]; totalMinor: number; currency: string };

type State = {
  products: ReadonlyMap<string, LockedProduct>;
  /** The stock of each product after the earlier requests of the batch. */
  stock: ReadonlyMap<string, number>;
  isWalletOpen: boolean;
};

/** Decides whether a purchase is accepted, at the current prices and stock. Pure. */
export function decidePurchase(
  wanted: readonly WantedItem[],
  { products, stock, isWalletOpen }: State,
): PurchaseDraft | AppError {
  const items: PurchaseItem[] = [];
  const currencies = new Set<string>();
  for (const { productId, quantity } of wanted) {
    const product = products.get(productId);
    if (product === undefined)
      return new AppError(purchaseErrors.PRODUCT_NOT_FOUND, {
        detail: `There is no product ${productId}.`,
        extensions: { productId },
      });
    if (product.status === 'archived')
      return new AppError(purchaseErrors.PRODUCT_ARCHIVED, { detail: `${product.name} is archived.`, extensions: { productId } });
    if (product.options !== null) return variantRequired(product);
    if (!isCurrency(product.currency)) return unknownCurrency(product);
    currencies.add(product.currency);
    items.push(itemOf(product, quantity));
  }
  const [currency, ...others] = currencies;
  if (currency === undefined || others.length > 0) return invalidItems('items must be priced in one currency');
  const totalMinor = totalOf(items);
  if (totalMinor > BigInt(Number.MAX_SAFE_INTEGER))
    return invalidItems(`items must cost at most ${Number.MAX_SAFE_INTEGER} minor units in total`);
  if (!isWalletOpen) return new AppError(purchaseErrors.WALLET_NOT_READY, { headers: { 'Retry-After': '1' } });
  for (const { productId, name, quantity } of items) {
    const left = stock.get(productId) ?? 0;
    if (quantity > left)
      return new AppError(purchaseErrors.PRODUCT_OUT_OF_STOCK, {
        detail: `${name}: ${left} in stock, ${quantity} requested.`,
        extensions: { productId, available: left },
      });
  }
  return { items, totalMinor: Number(totalMinor), currency };
}

/** A variant has the name of its parent. */
function itemOf({ id, name, priceMinor, optionValues }: LockedProduct, quantity: number): PurchaseItem {
  const item = { productId: id, name, quantity, unitPriceMinor: priceMinor };
  return optionValues === null ? item : { ...item, optionValues };
}

/** An earlier release accepted any three letters as a currency. Payment would decline all purchases of such a product. */
function unknownCurrency({ name, currency }: LockedProduct): AppError {
  return new AppError(purchaseErrors.PRODUCT_CURRENCY_UNKNOWN, {
    detail: `${name} is priced in ${currency}, which is not a currency of ISO 4217. Staff can change its currency.`,
  });
}

function totalOf(items: readonly PurchaseItem[]): bigint {
  return items.reduce((total, { quantity, unitPriceMinor }) => total + BigInt(quantity) * BigInt(unitPriceMinor), 0n);
}

function invalidItems(message: string): AppError {
  return new AppError(requestErrors.VALIDATION_FAILED, { errors: [{ path: 'items', message }] });
}
