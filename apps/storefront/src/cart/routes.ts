import type { PageRoute } from '../page-route.ts';

export const cartRoutes: readonly PageRoute[] = [{ path: '/cart', load: () => import('./cart-page.tsx') }];
