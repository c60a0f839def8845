import { AppError } from '@florin/app-response';
import {
  draftOrder,
  findShortage,
  type OrderDraft,
  type OrderTerms,
  type ProductsNow,
  priceItems,
  type WantedItem,
} from '../pricing/index.ts';
import { purchaseErrors } from './errors.ts';

/** The content of an accepted purchase. */
export type PurchaseDraft = OrderDraft;

type State = ProductsNow & {
  /** The stock of each product after the earlier requests of the batch. */
  stock: ReadonlyMap<string, number>;
  isWalletOpen: boolean;
  terms?: OrderTerms | undefined;
  /** Compares the total with the one that the buyer saw. */
  refuseTotal?: ((draft: PurchaseDraft) => AppError | undefined) | undefined;
};

/** Decides whether a purchase is accepted, at the current prices and stock. Pure. */
export function decidePurchase(wanted: readonly WantedItem[], state: State): PurchaseDraft | AppError {
  const order = priceItems(wanted, state);
  if (order instanceof AppError) return order;
  if (!state.isWalletOpen) return walletNotReady();
  const draft = draftOrder(order, state.terms);
  if (draft instanceof AppError) return draft;
  const refusal = state.refuseTotal?.(draft);
  if (refusal !== undefined) return refusal;
  for (const item of draft.items) {
    const shortage = findShortage(item, state.stock);
    if (shortage !== undefined) return shortage;
  }
  return draft;
}

export function walletNotReady(): AppError {
  return new AppError(purchaseErrors.WALLET_NOT_READY, { headers: { 'Retry-After': '1' } });
}
