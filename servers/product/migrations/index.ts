import type { Migration } from '@florin/runtime';
import { catalogueAndPurchases } from './0001-catalogue-and-purchases.ts';

export const migrations: readonly Migration[] = [catalogueAndPurchases];
