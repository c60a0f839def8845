import type { Migration } from '@florin/runtime';
import { catalogueAndPurchases } from './0001-catalogue-and-purchases.ts';
import { auditLog } from './0002-audit-log.ts';
import { skuAndThresholds } from './0003-sku-and-thresholds.ts';
import { importsAndShipping } from './0004-imports-and-shipping.ts';

export const migrations: readonly Migration[] = [catalogueAndPurchases, auditLog, skuAndThresholds, importsAndShipping];
