import type { Fill } from './fill.ts';

/** What most scenarios buy from: wallets and stock that no run empties. */
export const manyWallets: Fill = {
  wallets: 10_000,
  products: 1_000,
  openingCreditMinor: 1_000_000_000_000,
  stock: 1_000_000_000,
};

/** For what is about products and not about buying them. */
export const aFewWallets: Fill = { wallets: 200, products: 1, openingCreditMinor: 50_000, stock: 1 };

export const browsedProducts = 1_000_000;
