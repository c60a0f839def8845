import type { PageRoute } from '../page-route.ts';

export const accountRoutes: readonly PageRoute[] = [
  { path: '/account', load: () => import('./account-page.tsx'), needsUser: true },
];
