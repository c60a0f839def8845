import type { PageRoute } from '../page-route.ts';

export const shellRoutes: readonly PageRoute[] = [{ path: '*', load: () => import('./not-found-page.tsx') }];
