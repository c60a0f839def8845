import { accountRoutes } from './account/routes.ts';
import { cartRoutes } from './cart/routes.ts';
import { catalogueRoutes } from './catalogue/routes.ts';
import { checkoutRoutes } from './checkout/routes.ts';
import { claimRoutes } from './claims/routes.ts';
import { legalRoutes } from './legal/routes.ts';
import { orderRoutes } from './orders/routes.ts';
import type { PageRoute } from './page-route.ts';
import { sessionRoutes } from './session/routes.ts';
import { shellRoutes } from './shell/routes.ts';
import { walletRoutes } from './wallet/routes.ts';

/** All pages of the shop. Each feature lists its own. The last one is for paths that no page has. */
export const routes: readonly PageRoute[] = [
  ...catalogueRoutes,
  ...cartRoutes,
  ...checkoutRoutes,
  ...orderRoutes,
  ...claimRoutes,
  ...sessionRoutes,
  ...accountRoutes,
  ...walletRoutes,
  ...legalRoutes,
  ...shellRoutes,
];
