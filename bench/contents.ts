import type { Fill } from './fill.ts';

/** What most scenarios buy from: wallets and stock that no run empties. */
export const manyWallets: Fill = {
  wallets: 10_000,
  products: 1_000,
  openingCreditMinor: 1_000_000_000_000,
  stock: 1_000_000_000,
};
