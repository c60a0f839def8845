/** The folders in `apps/`. */
export const apps = ['storefront', 'console'] as const;
export type AppName = (typeof apps)[number];
