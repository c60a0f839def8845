import type { PageRoute } from '../page-route.ts';

export const sessionRoutes: readonly PageRoute[] = [
  { path: '/sign-in', load: () => import('./sign-in-page.tsx') },
  { path: '/sign-up', load: () => import('./sign-up-page.tsx') },
];
