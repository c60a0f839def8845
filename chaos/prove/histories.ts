import { createCartHistory } from './cart-history.ts';
import { createClaimHistory } from './claim-history.ts';
import { createCouponHistory } from './coupon-history.ts';
import { createDeliveryHistory } from './delivery-history.ts';
import { createEditHistory } from './edit-history.ts';
import type { Finding } from './finding.ts';
import { createInventoryHistory } from './inventory-history.ts';
import { createPurchaseHistory } from './purchase-history.ts';
import { createStatementHistory } from './statement-history.ts';
import { createTokenHistory } from './token-history.ts';
import { createVariantHistory } from './variant-history.ts';
import { createWalletHistory } from './wallet-history.ts';

export type Histories = ReturnType<typeof createHistories>;

/** The requests and answers of all clients, by subject. */
export function createHistories() {
  return {
    purchases: createPurchaseHistory(),
    tokens: createTokenHistory(),
    edits: createEditHistory(),
    wallets: createWalletHistory(),
    statements: createStatementHistory(),
    inventory: createInventoryHistory(),
    variants: createVariantHistory(),
    carts: createCartHistory(),
    claims: createClaimHistory(),
    coupons: createCouponHistory(),
    deliveries: createDeliveryHistory(),
  };
}

/** The violations found during the load, before the databases are read. */
export function violationsOf(histories: Histories): Finding[] {
  const { purchases, tokens, wallets, statements, inventory, variants, carts, claims, deliveries } = histories;
  return [purchases, tokens, wallets, statements, inventory, variants, carts, claims, deliveries].flatMap(
    ({ violations }) => violations,
  );
}
