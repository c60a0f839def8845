import type { PageRoute } from '../page-route.ts';

const product = () => import('./product-page.tsx');

export const catalogueRoutes: readonly PageRoute[] = [
  { path: '/', load: () => import('./home-page.tsx'), hasStartTexts: true },
  { path: '/c/*', load: () => import('./category-page.tsx'), hasStartTexts: true },
  { path: '/search', load: () => import('./search-page.tsx'), hasStartTexts: true },
  { path: '/p/:id', load: product, hasStartTexts: true },
  { path: '/p/:id/:slug', load: product, hasStartTexts: true },
];
