import { AppError } from '@florin/app-response';
import { errorProblem, type OrderTerms, type ProductsNow, type Quote, quoteOrder, type WantedItem } from '../pricing/index.ts';
import { type PurchaseDraft, walletNotReady } from './decide-purchase.ts';
import { purchaseErrors } from './errors.ts';
import type { Buyer } from './read-buyers.ts';
import { whyUncovered } from './why-uncovered.ts';

/** A quote for a buyer, with what payment would decide now as far as product's copy of the wallet tells. */
export type BuyerQuote = Quote & { wouldBePaid: boolean; declineCode?: string };

/** Returns the error for a total that the buyer did not see, with the quote of the order as it is now. */
export function refuseTotal(
  { totalMinor }: PurchaseDraft,
  expectedTotalMinor: number,
  quote: () => BuyerQuote,
): AppError | undefined {
  if (totalMinor === expectedTotalMinor) return undefined;
  return new AppError(purchaseErrors.TOTAL_CHANGED, {
    detail: `The order costs ${totalMinor} now, not ${expectedTotalMinor}.`,
    extensions: { quote: quote() },
  });
}

type Now = ProductsNow & { stock: ReadonlyMap<string, number>; terms?: OrderTerms | undefined };

/** Quotes an order whose items can be bought, for a buyer. Pure. */
export function quoteFor(buyer: Buyer | undefined, wanted: readonly WantedItem[], now: Now): BuyerQuote {
  return forBuyer(quoteOrder(wanted, { ...now, currency: '' }), buyer);
}

/** Adds to a quote whether it would be paid. Pure. */
export function forBuyer(quote: Quote, buyer: Buyer | undefined): BuyerQuote {
  if (buyer === undefined) return { ...quote, problems: [...quote.problems, errorProblem(walletNotReady())], wouldBePaid: false };
  const declineCode = whyUncovered(buyer, quote);
  return declineCode === undefined ? { ...quote, wouldBePaid: true } : { ...quote, wouldBePaid: false, declineCode };
}
