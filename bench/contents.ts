import type { Fill } from './fill.ts';

/** Contents of most scenarios: wallets and stock that no run exhausts. */
export const manyWallets: Fill = {
  wallets: 10_000,
  products: 1_000,
  openingCreditMinor: 1_000_000_000_000,
  stock: 1_000_000_000,
};

/** Contents for scenarios that do not buy. */
export const aFewWallets: Fill = { wallets: 200, products: 1, openingCreditMinor: 50_000, stock: 1 };

export const browsedProducts = 1_000_000;
