import type { PageRoute } from '../page-route.ts';

export const orderRoutes: readonly PageRoute[] = [
  { path: '/orders', load: () => import('./orders-page.tsx'), needsUser: true },
  { path: '/orders/:number', load: () => import('./order-page.tsx'), needsUser: true },
];
