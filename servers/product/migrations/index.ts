import type { Migration } from '@florin/database';
import { messagingMigrations } from '@florin/messaging';
import { auditLogMigrations } from '@florin/runtime';
import { switchMigrations } from '@florin/service';
import { catalogueAndPurchases } from './0001-catalogue-and-purchases.ts';
import { auditLog } from './0002-audit-log.ts';
import { skuAndThresholds } from './0003-sku-and-thresholds.ts';
import { importsAndShipping } from './0004-imports-and-shipping.ts';
import { searchAndLists } from './0005-search-and-lists.ts';
import { importRowsRetention } from './0006-import-rows-retention.ts';
import { dailyLimits } from './0007-daily-limits.ts';
import { skusAndCurrencies } from './0008-skus-and-currencies.ts';
import { trackingCodes } from './0009-tracking-codes.ts';
import { erasedUsers } from './0010-erased-users.ts';
import { parkedOutbox } from './0011-parked-outbox.ts';
import { sentHashes } from './0012-sent-hashes.ts';
import { stockSetByImports } from './0013-stock-set-by-imports.ts';
import { declinesInARow } from './0014-declines-in-a-row.ts';
import { categoryTree } from './0015-category-tree.ts';
import { stockReasons } from './0016-stock-reasons.ts';
import { productCategories } from './0017-product-categories.ts';
import { rejectedRows } from './0018-rejected-rows.ts';
import { productFields } from './0019-product-fields.ts';
import { variants } from './0020-variants.ts';
import { searchIndex } from './0021-search-index.ts';
import { orders } from './0022-orders.ts';
import { coupons } from './0023-coupons.ts';
import { delivery } from './0024-delivery.ts';
import { claimsAndRefunds } from './0025-claims-and-refunds.ts';
import { numbersAndContacts } from './0026-numbers-and-contacts.ts';
import { images } from './0027-images.ts';

export const migrations: readonly Migration[] = [
  catalogueAndPurchases,
  auditLog,
  skuAndThresholds,
  importsAndShipping,
  searchAndLists,
  importRowsRetention,
  dailyLimits,
  skusAndCurrencies,
  trackingCodes,
  erasedUsers,
  parkedOutbox,
  sentHashes,
  stockSetByImports,
  declinesInARow,
  categoryTree,
  stockReasons,
  productCategories,
  rejectedRows,
  productFields,
  variants,
  searchIndex,
  orders,
  coupons,
  delivery,
  claimsAndRefunds,
  numbersAndContacts,
  images,
  ...messagingMigrations,
  ...auditLogMigrations,
  ...switchMigrations,
];
