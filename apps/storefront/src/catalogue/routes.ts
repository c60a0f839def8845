import type { PageRoute } from '../page-route.ts';

const product = () => import('./product-page.tsx');

export const catalogueRoutes: readonly PageRoute[] = [
  { path: '/', load: () => import('./home-page.tsx') },
  { path: '/c/*', load: () => import('./category-page.tsx') },
  { path: '/search', load: () => import('./search-page.tsx') },
];

export const productRoutes: readonly PageRoute[] = [
  { path: '/p/:id', load: product },
  { path: '/p/:id/:slug', load: product },
];
