import type { MoneyFault } from '@florin/ui/money-text';

/** The id of the text that says why a typed amount cannot be topped up; undefined if it can. */
export function amountFault(amount: number | MoneyFault): string | undefined {
  if (typeof amount !== 'number') return `wallet.amount.${amount}`;
  return amount === 0 ? 'wallet.amount.zero' : undefined;
}
