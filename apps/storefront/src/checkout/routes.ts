import type { PageRoute } from '../page-route.ts';

export const checkoutRoutes: readonly PageRoute[] = [{ path: '/checkout', load: () => import('./checkout-page.tsx') }];
