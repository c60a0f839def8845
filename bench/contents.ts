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

/** Contents for hostile clients: one purchase of a wallet without cover can ask for most of the stock. */
export const hostilePlatform: Fill = { wallets: 2_000, products: 50, openingCreditMinor: 1_000_000_000, stock: 1_000_000 };

export const browsedProducts = 1_000_000;
