import { compareTables } from '@florin/database';
import { messagingTables } from '@florin/messaging';
import { auditLogTable } from '@florin/runtime';
import { switchesTable } from '@florin/service';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { limitsTable } from '../src/buyer-limits/project-limits.ts';
import { cartItemsTable, cartKeysTable, cartsTable } from '../src/carts/carts-table.ts';
import { categoriesTable } from '../src/catalogue/category.ts';
import { categoryAncestorsTable, categoryTreeTable } from '../src/catalogue/category-tree.ts';
import { productCategoriesTable } from '../src/catalogue/product-categories.ts';
import { productLabelsTable } from '../src/catalogue/product-labels.ts';
import { claimItemsTable, claimsTable } from '../src/claims/claim.ts';
import { claimMessagesTable } from '../src/claims/claim-messages.ts';
import { claimPhotosTable } from '../src/claims/claim-photos.ts';
import { refundsTable } from '../src/claims/refund.ts';
import { couponCategoriesTable, couponProductsTable, couponsTable, redemptionsTable } from '../src/coupons/coupons-table.ts';
import { contactKeysTable, contactsTable } from '../src/customers/contacts-tables.ts';
import { addressesTable } from '../src/delivery/address.ts';
import { methodsTable } from '../src/delivery/method.ts';
import { erasedUsersTable } from '../src/erased-users/erased-users.ts';
import { packingClaimsTable } from '../src/fulfilment/claim-packing.ts';
import { deliveryEventsTable } from '../src/fulfilment/delivery-events.ts';
import { seenImagesTable } from '../src/images/seen-images.ts';
import { importRowsTable } from '../src/product-import/import-report.ts';
import { importsTable } from '../src/product-import/lock-import.ts';
import { purchasesTable } from '../src/purchases/purchase.ts';
import { purchaseItemsTable } from '../src/purchases/read-items.ts';
import { timelineTable } from '../src/purchases/timeline.ts';
import {
  searchCommonWordsTable,
  searchDocumentsTable,
  searchSpellingsTable,
  searchStopWordsTable,
  searchWordsTable,
} from '../src/search/search-tables.ts';
import { movementDetailsTable, movementsTable } from '../src/stock/movement.ts';
import { movementKeysTable } from '../src/stock/post-movement.ts';
import { productsTable } from '../src/stock/products-table.ts';

const tables = [
  addressesTable,
  auditLogTable,
  cartItemsTable,
  cartKeysTable,
  cartsTable,
  categoriesTable,
  categoryAncestorsTable,
  categoryTreeTable,
  couponCategoriesTable,
  couponProductsTable,
  couponsTable,
  redemptionsTable,
  contactKeysTable,
  contactsTable,
  deliveryEventsTable,
  claimItemsTable,
  claimMessagesTable,
  claimPhotosTable,
  claimsTable,
  erasedUsersTable,
  importRowsTable,
  importsTable,
  seenImagesTable,
  limitsTable,
  ...messagingTables,
  methodsTable,
  packingClaimsTable,
  switchesTable,
  movementDetailsTable,
  movementKeysTable,
  movementsTable,
  productLabelsTable,
  productCategoriesTable,
  productsTable,
  purchaseItemsTable,
  purchasesTable,
  refundsTable,
  searchCommonWordsTable,
  searchDocumentsTable,
  searchSpellingsTable,
  searchStopWordsTable,
  searchWordsTable,
  timelineTable,
];

describe("product's tables", () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it('match their definitions in the database', async () => {
    expect(await compareTables(database.db, tables)).to.deep.equal([]);
  });
});
