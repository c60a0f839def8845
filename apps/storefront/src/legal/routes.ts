import type { PageRoute } from '../page-route.ts';

export const legalRoutes: readonly PageRoute[] = [
  { path: '/help', load: () => import('./help-page.tsx') },
  { path: '/terms', load: () => import('./terms-page.tsx') },
  { path: '/privacy', load: () => import('./privacy-page.tsx') },
  { path: '/imprint', load: () => import('./imprint-page.tsx') },
];
