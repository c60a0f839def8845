import type { PageRoute } from '../page-route.ts';

export const claimRoutes: readonly PageRoute[] = [
  { path: '/orders/:number/claim', load: () => import('./new-claim-page.tsx'), needsUser: true },
  { path: '/claims/:id', load: () => import('./claim-page.tsx'), needsUser: true },
];
