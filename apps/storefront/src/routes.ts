import { accountRoutes } from './account/routes.ts';
import { cartRoutes } from './cart/routes.ts';
import { catalogueRoutes, productRoutes } from './catalogue/routes.ts';
import { checkoutRoutes } from './checkout/routes.ts';
import { claimRoutes } from './claims/routes.ts';
import { legalRoutes } from './legal/routes.ts';
import { orderRoutes } from './orders/routes.ts';
import type { PageRoute, TextedRoute } from './page-route.ts';
import { sessionRoutes } from './session/routes.ts';
import { shellRoutes } from './shell/routes.ts';
import type { TextFeature } from './start/load-texts.ts';
import { walletRoutes } from './wallet/routes.ts';

/**
 * All pages of the shop. Each feature lists its own; here are the features whose texts they need (`texts.test.ts` names a missing
 * one). The last page is for paths that no page has.
 */
export const routes: readonly TextedRoute[] = [
  ...withTexts(catalogueRoutes, ['catalogue']),
  ...withTexts(productRoutes, ['catalogue', 'cart']),
  ...withTexts(cartRoutes, ['cart', 'order-parts']),
  ...withTexts(checkoutRoutes, ['checkout', 'cart', 'order-parts']),
  ...withTexts(orderRoutes, ['orders', 'order-parts', 'claims', 'cart', 'checkout']),
  ...withTexts(claimRoutes, ['claims', 'orders', 'cart', 'order-parts']),
  ...withTexts(sessionRoutes, []),
  ...withTexts(accountRoutes, ['account', 'wallet', 'cart']),
  ...withTexts(walletRoutes, ['wallet', 'cart']),
  ...withTexts(legalRoutes, ['legal']),
  ...withTexts(shellRoutes, []),
];

function withTexts(pages: readonly PageRoute[], texts: readonly TextFeature[]): TextedRoute[] {
  return pages.map((page) => ({ ...page, texts }));
}
