import type { PageRoute } from '../page-route.ts';

export const catalogueRoutes: readonly PageRoute[] = [{ path: '/', load: () => import('./home-page.tsx') }];
