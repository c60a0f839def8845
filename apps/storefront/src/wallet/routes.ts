import type { PageRoute } from '../page-route.ts';

export const walletRoutes: readonly PageRoute[] = [
  { path: '/wallet', load: () => import('./wallet-page.tsx'), needsUser: true },
  { path: '/wallet/top-up', load: () => import('./top-up-page.tsx'), needsUser: true },
  { path: '/wallet/statements', load: () => import('./statements-page.tsx'), needsUser: true },
  { path: '/wallet/statements/:month', load: () => import('./statement-page.tsx'), needsUser: true },
];
