import { type ComponentType, lazy } from 'react';
import type { Access } from './session/access.ts';
import type { TextId } from './texts/all-texts.ts';

export type ConsolePage = {
  path: string;
  access: Access;
  Content: ComponentType;
  /** The entry of the main menu; a page without one is reached from another. */
  menu?: TextId;
};

/** All pages. A page that is missing here has no route and no entry in the menu. */
export const pages: readonly ConsolePage[] = [
  {
    path: '/',
    access: 'staff',
    menu: 'home.title',
    Content: lazy(async () => page((await import('./home/home-page.tsx')).HomePage)),
  },
  {
    path: '/packing',
    access: 'staff',
    menu: 'packing.title',
    Content: lazy(async () => page((await import('./orders/packing-page.tsx')).PackingPage)),
  },
  {
    path: '/packing/pick-list',
    access: 'staff',
    Content: lazy(async () => page((await import('./orders/pick-list-page.tsx')).PickListPage)),
  },
  {
    path: '/orders',
    access: 'staff',
    menu: 'orders.title',
    Content: lazy(async () => page((await import('./orders/orders-page.tsx')).OrdersPage)),
  },
  { path: '/orders/:id', access: 'staff', Content: lazy(async () => page((await import('./orders/order-page.tsx')).OrderPage)) },
  {
    path: '/orders/:id/packing-slip',
    access: 'staff',
    Content: lazy(async () => page((await import('./orders/packing-slip-page.tsx')).PackingSlipPage)),
  },
  {
    path: '/claims',
    access: 'staff',
    menu: 'claims.title',
    Content: lazy(async () => page((await import('./claims/claims-page.tsx')).ClaimsPage)),
  },
  { path: '/claims/:id', access: 'staff', Content: lazy(async () => page((await import('./claims/claim-page.tsx')).ClaimPage)) },
  {
    path: '/refunds',
    access: 'staff',
    menu: 'refunds.title',
    Content: lazy(async () => page((await import('./orders/refunds-page.tsx')).RefundsPage)),
  },
  {
    path: '/products',
    access: 'staff',
    menu: 'products.title',
    Content: lazy(async () => page((await import('./products/products-page.tsx')).ProductsPage)),
  },
  {
    path: '/products/:id',
    access: 'staff',
    Content: lazy(async () => page((await import('./products/product-page.tsx')).ProductPage)),
  },
  { path: '/search', access: 'staff', Content: lazy(async () => page((await import('./search/search-page.tsx')).SearchPage)) },
  {
    path: '/categories',
    access: 'staff',
    menu: 'categories.title',
    Content: lazy(async () => page((await import('./categories/categories-page.tsx')).CategoriesPage)),
  },
  {
    path: '/import',
    access: 'staff',
    menu: 'import.title',
    Content: lazy(async () => page((await import('./imports/import-page.tsx')).ImportPage)),
  },
  {
    path: '/count',
    access: 'staff',
    menu: 'count.title',
    Content: lazy(async () => page((await import('./counting/count-page.tsx')).CountPage)),
  },
  {
    path: '/adjustments',
    access: 'admin',
    menu: 'adjustments.title',
    Content: lazy(async () => page((await import('./admin/adjustments-page.tsx')).AdjustmentsPage)),
  },
  {
    path: '/ledger',
    access: 'admin',
    menu: 'ledger.title',
    Content: lazy(async () => page((await import('./admin/ledger-page.tsx')).LedgerPage)),
  },
  {
    path: '/users',
    access: 'admin',
    menu: 'users.title',
    Content: lazy(async () => page((await import('./admin/users-page.tsx')).UsersPage)),
  },
  {
    path: '/users/:id',
    access: 'admin',
    Content: lazy(async () => page((await import('./admin/user-page.tsx')).UserPage)),
  },
  {
    path: '/dead-letters',
    access: 'admin',
    menu: 'deadLetters.title',
    Content: lazy(async () => page((await import('./admin/dead-letters-page.tsx')).DeadLettersPage)),
  },
  {
    path: '/audit-log',
    access: 'admin',
    menu: 'audit.title',
    Content: lazy(async () => page((await import('./admin/audit-log-page.tsx')).AuditLogPage)),
  },
  {
    path: '/switches',
    access: 'admin',
    menu: 'switches.title',
    Content: lazy(async () => page((await import('./admin/switches-page.tsx')).SwitchesPage)),
  },
];

function page(content: ComponentType): { default: ComponentType } {
  return { default: content };
}
