/** A change of the sources that removes one safeguard, and the tests of which one must fail. */
export type Mutation = {
  name: string;
  /** Path from the root of the checkout. */
  file: string;
  /** Text that occurs exactly once in the file. */
  find: string;
  replace: string;
  tests: readonly string[];
};

const source = 'servers/payment/src';
const migrations = 'servers/payment/migrations';
const tests = 'servers/payment/test';

const model = `${tests}/ledger.property.int.test.ts`;
const pays = `${tests}/pay-purchases.int.test.ts`;
const schema = `${tests}/ledger-schema.int.test.ts`;
const posting = `${tests}/post-transfers.int.test.ts`;
const holds = `${tests}/holds.int.test.ts`;
const topUps = `${tests}/top-ups.int.test.ts`;
const admin = `${tests}/wallet-admin.int.test.ts`;
const reviews = `${tests}/adjustment-reviews.int.test.ts`;
const days = `${tests}/daily-spending.int.test.ts`;
const paced = 'servers/product/src/purchases';
const uncovered = 'servers/product/test/uncovered-buyers.int.test.ts';
const inbox = 'packages/messaging/test/inbox.int.test.ts';

const signatures = 'packages/events/test/signatures.test.ts';
const forgedEvents = 'packages/messaging/test/forged-events.int.test.ts';

export const mutations: readonly Mutation[] = [
  {
    name: 'a driver of Kafka chooses other partitions',
    file: 'packages/kafka/src/platformatic/partition-of-key.ts',
    find: '(murmur2(key) & POSITIVE)',
    replace: '(murmur2(key) >>> 0)',
    tests: ['packages/kafka/test/partition-of-key.test.ts'],
  },
  {
    name: 'a rebalance does not wait for the batches that are being handled',
    file: 'packages/kafka/src/platformatic/run-session.ts',
    find: 'await batchesUnderWay(session, driver);',
    replace: '',
    tests: ['packages/kafka/test/groups.int.test.ts'],
  },
  {
    name: 'auth takes the session cookie from pages of any origin',
    file: 'servers/auth/src/sessions/refresh-cookie.ts',
    find: 'if (sent !== undefined) requireOrigin(request, origins);',
    replace: '',
    tests: ['servers/auth/test/cookie-sessions.int.test.ts'],
  },
  {
    name: 'a late contact comes back after the erasure of its user',
    file: 'servers/product/src/customers/copy-contacts.ts',
    find: 'if (erased.size > 0)',
    replace: 'if (erased.size < 0)',
    tests: ['servers/product/test/customers.int.test.ts'],
  },
  {
    name: 'an older contact replaces the newer one',
    file: 'servers/product/src/customers/copy-contacts.ts',
    find: 'email = IF(VALUES(version) > version, VALUES(email), email),',
    replace: 'email = VALUES(email),',
    tests: ['servers/product/test/customers.int.test.ts'],
  },
  {
    name: 'a number that is taken refuses a purchase',
    file: 'servers/product/src/purchases/request-purchases.ts',
    find: ' || isNumberTaken(error)',
    replace: '',
    tests: ['servers/product/test/purchase-numbers.int.test.ts'],
  },
  {
    name: 'a rename stays unpublished if other changes follow',
    file: 'servers/auth/src/sessions/append-user-events.ts',
    find: 'IF(contact_version = version, ?, contact_version)',
    replace: '?',
    tests: ['servers/auth/test/contacts.int.test.ts'],
  },
  {
    name: 'a coupon with a limit is locked for share',
    file: 'servers/product/src/coupons/lock-coupons.ts',
    find: 'const updated = await lockByIds(trx, couponsTable, idsOf(limited));',
    replace: "const updated = await lockByIds(trx, couponsTable, idsOf(limited), { mode: 'share' });",
    tests: ['servers/product/test/coupon-sets.int.test.ts'],
  },
  {
    name: 'a coupon applies at the time of its end',
    file: 'servers/product/src/coupons/decide-coupon.ts',
    find: 'at >= endsAt',
    replace: 'at > endsAt',
    tests: ['servers/product/test/decide-coupon.test.ts'],
  },
  {
    name: 'a purchase that ends keeps its coupon',
    file: 'servers/product/src/purchases/write-transitions.ts',
    find: 'if (withCoupon.length > 0) await freeRedemptions(trx, withCoupon, at);',
    replace: '',
    tests: ['servers/product/test/coupons.int.test.ts'],
  },
  {
    name: 'a late report about a parcel counts',
    file: 'servers/product/src/fulfilment/delivery-status.ts',
    find: 'if (rank <= reached && !(isLater && rank === reached)) return historyOnly;',
    replace: '',
    tests: ['servers/product/test/delivery-status.test.ts'],
  },
  {
    name: 'the stock of a returned parcel is lost',
    file: 'servers/product/src/purchases/purchase-transitions.ts',
    find: "if (status === 'shipped') return { status: 'cancelled', refund: 'pending', returnsStock: true };",
    replace: "if (status === 'shipped') return { status: 'cancelled', refund: 'pending', returnsStock: false };",
    tests: ['servers/product/test/delivery-tracking.int.test.ts'],
  },
  {
    name: 'the address of a buyer who is erased meanwhile stays',
    file: 'servers/product/src/delivery/address.ts',
    find: 'await eraseAddresses(trx, [...erased]);',
    replace: '',
    tests: ['servers/product/test/delivery-tracking.int.test.ts'],
  },
  {
    name: 'two checkouts buy one cart',
    file: 'servers/product/src/carts/lock-cart.ts',
    find: 'CARTS_SQL} FOR UPDATE',
    replace: 'CARTS_SQL}',
    tests: ['servers/product/test/checkout.int.test.ts'],
  },
  {
    name: 'a checkout costs another total than the buyer saw',
    file: 'servers/product/src/purchases/total-changed.ts',
    find: 'if (totalMinor === expectedTotalMinor)',
    replace: 'if (true as boolean)',
    tests: ['servers/product/test/checkout.int.test.ts'],
  },
  {
    name: 'partial refunds exceed the charge',
    file: `${source}/payments/refund-partially.ts`,
    find: 'amountMinor > payment.amountMinor - refundedTotalMinor(payment)',
    replace: 'false',
    tests: [`${tests}/refund-partially.int.test.ts`],
  },
  {
    name: 'a cancel refunds the charge again after partial refunds',
    file: `${source}/payments/refund-purchases.ts`,
    find: 'payment.amountMinor - payment.partlyRefundedMinor',
    replace: 'payment.amountMinor',
    tests: [`${tests}/refund-partially.int.test.ts`],
  },
  {
    name: 'a late answer sets the refunded total',
    file: 'servers/product/src/claims/record-refunds.ts',
    find: 'if (refundedSequence <= purchase.refundedSequence) return undefined;',
    replace: '',
    tests: ['servers/product/test/refunds.int.test.ts'],
  },
  {
    name: 'staff decide on their own refunds above the threshold',
    file: 'servers/product/src/claims/review-refund.ts',
    find: 'if (by === refund.requestedBy)',
    replace: 'if (false)',
    tests: ['servers/product/test/refunds.int.test.ts'],
  },
  {
    name: 'staff review the amount that they approved, after a colleague received the parcel',
    file: 'servers/product/src/claims/change-claim.ts',
    find: 'requestedBy: decidedBy ?? by',
    replace: 'requestedBy: by',
    tests: ['servers/product/test/claims.int.test.ts'],
  },
  {
    name: 'buyers read drafts',
    file: 'servers/product/src/catalogue/routes.ts',
    find: "product.status === 'draft' && !isStaff(user)",
    replace: 'false',
    tests: ['servers/product/test/product-fields.int.test.ts'],
  },
  {
    name: 'the release before sells drafts',
    file: 'servers/product/src/catalogue/product.ts',
    find: "status: status === 'draft' ? 'archived' : status,",
    replace: "status: status === 'draft' ? 'active' : status,",
    tests: ['servers/product/test/product-fields.int.test.ts'],
  },
  {
    name: 'staff capture and release holds on their own wallet',
    file: 'servers/payment/src/holds/end-hold.ts',
    find: '  requireOther(actorId, hold.userId);\n',
    replace: '',
    tests: ['servers/payment/test/holds.int.test.ts'],
  },
  {
    name: 'purchases paid behind a pause are timed out',
    file: 'servers/product/src/purchases/timeout-job.ts',
    find: "copies.areHeldBack() ? 'skipped' : ",
    replace: '',
    tests: ['servers/product/test/paused-purchases.int.test.ts'],
  },
  {
    name: 'auth accepts the tokens of an ended session',
    file: 'servers/auth/src/sessions/is-current-token.ts',
    find: 'AND s.ended_at IS NULL',
    replace: '',
    tests: ['servers/auth/test/sessions.int.test.ts'],
  },
  {
    name: 'no lock of wallets',
    file: `${source}/wallets/lock-wallets.ts`,
    find: `ORDER BY id FOR UPDATE \${wait}`,
    replace: 'ORDER BY id',
    tests: [pays, holds],
  },
  {
    name: 'transfers need not balance',
    file: `${source}/ledger/post-transfers.ts`,
    find: 'if (creditMinor !== debitMinor)',
    replace: 'if (false)',
    tests: [posting],
  },
  {
    name: 'transfers post to unknown accounts',
    file: `${source}/ledger/post-transfers.ts`,
    find: 'await learnAccounts(trx, [...unknown]);',
    replace: '{}',
    tests: [posting],
  },
  {
    name: 'no check of funds',
    file: `${source}/payments/rules.ts`,
    find: 'allowedMinor: availableMinor',
    replace: 'allowedMinor: () => Number.MAX_SAFE_INTEGER',
    tests: [model],
  },
  {
    name: 'no check of the spend limit',
    file: `${source}/payments/rules.ts`,
    find: 'allowedMinor: ({ spendLimitMinor }) => spendLimitMinor',
    replace: 'allowedMinor: () => Number.MAX_SAFE_INTEGER',
    tests: [model],
  },
  {
    name: 'no check of the daily limit',
    file: `${source}/payments/rules.ts`,
    find: '(dailyLimitMinor ?? Number.MAX_SAFE_INTEGER) - spentMinor',
    replace: 'Number.MAX_SAFE_INTEGER',
    tests: [model],
  },
  {
    name: 'refunds do not lower daily spending',
    file: `${source}/wallets/daily-spending.ts`,
    find: 'spentMinor: wallet.spentMinor - purchase.amountMinor',
    replace: 'spentMinor: wallet.spentMinor',
    tests: [model],
  },
  {
    name: 'the count of a future day continues',
    file: `${source}/wallets/daily-spending.ts`,
    find: 'return spentOn !== null && spentOn > dayOf(new Date(now.getTime() + HOUR_MS));',
    replace: 'return false;',
    tests: [days],
  },
  {
    name: 'spending dated by a clock that is ahead counts to its day',
    file: `${source}/wallets/daily-spending.ts`,
    find: ' && sequence >= (spentFrom ?? 0)',
    replace: '',
    tests: [days],
  },
  {
    name: 'frozen wallets pay',
    file: `${source}/payments/rules.ts`,
    find: "wallet?.status === 'frozen'",
    replace: 'false',
    tests: [`${tests}/decide-payment.test.ts`, model],
  },
  {
    name: 'holds without cover',
    file: `${source}/holds/place-hold.ts`,
    find: '  assertCovered(holding);\n',
    replace: '',
    tests: [model],
  },
  {
    name: 'a hold ends again',
    file: `${source}/holds/decide-ending.ts`,
    find: "if (status !== 'held')",
    replace: 'if (false)',
    tests: [model],
  },
  {
    name: 'holds never expire',
    file: `${source}/holds/decide-ending.ts`,
    find: "hold.status === 'held' && hold.expiresAt <= now",
    replace: 'false',
    // The 10,000 operations of the model kill it often, but not always.
    tests: [holds],
  },
  {
    name: 'held money counts as available',
    file: `${source}/wallets/wallet.ts`,
    find: 'Number.isSafeInteger(balanceMinor + creditLimitMinor)',
    replace: 'true',
    tests: [model],
  },
  {
    name: 'a top-up is credited for each answer',
    file: `${source}/top-ups/record-report.ts`,
    find: 'if (RANK[report.status] <= RANK[topUp.status])',
    replace: "if (report.status !== 'settled' && RANK[report.status] <= RANK[topUp.status])",
    tests: [topUps],
  },
  {
    name: 'any reported amount is accepted',
    file: `${source}/top-ups/record-report.ts`,
    find: '  assertMeant(topUp, report);\n',
    replace: '',
    tests: [topUps],
  },
  {
    name: 'no inbox',
    file: 'packages/messaging/src/inbox.ts',
    find: '  for (const id of await alreadyReceived(trx, consumer, [...fresh])) fresh.delete(id);\n  if (fresh.size > 0) await insertReceived(trx, consumer, [...fresh]);\n',
    replace: '',
    tests: [inbox],
  },
  {
    name: 'buyers without cover are not paced',
    file: `${paced}/pace-purchases.ts`,
    find: 'if (waitMs <= 0) return undefined;',
    replace: 'if (waitMs <= 0 || true) return undefined;',
    tests: [uncovered],
  },
  {
    name: 'any number of undecided purchases',
    file: `${paced}/pace-purchases.ts`,
    find: 'undecidedOf(buyer) >= undecidedMax',
    replace: 'false',
    tests: [uncovered],
  },
  ...uniqueKeys([
    ['0001-ledger.ts', 'UNIQUE KEY transfers_once_per_purchase (purchase_id, type)', schema],
    ['0001-ledger.ts', 'UNIQUE KEY payments_purchase (purchase_id)', schema],
    ['0001-ledger.ts', 'UNIQUE KEY ledger_entries_wallet_sequence (wallet_id, sequence)', schema],
    ['0003-holds-top-ups-limits.ts', 'ADD UNIQUE KEY transfers_once_per_source (source_id)', schema],
    ['0003-holds-top-ups-limits.ts', 'UNIQUE KEY holds_idempotency (placed_by, idempotency_key)', schema],
    ['0003-holds-top-ups-limits.ts', 'UNIQUE KEY top_ups_idempotency (user_id, idempotency_key)', schema],
    ['0003-holds-top-ups-limits.ts', 'UNIQUE KEY adjustments_idempotency (adjusted_by, idempotency_key)', schema],
  ]),
  {
    name: 'adjustments without their key',
    file: `${source}/adjustments/adjustments-by-key.ts`,
    find: "userColumn: 'adjusted_by'",
    replace: "userColumn: 'transfer_id'",
    tests: [admin],
  },
  {
    name: 'entries that the running user may change',
    file: `${source}/rights.ts`,
    find: "ledger_entries: ['INSERT']",
    replace: "ledger_entries: ['INSERT', 'UPDATE']",
    tests: ['e2e/database-rights.int.test.ts'],
  },
  {
    name: 'a start without a trigger',
    file: 'packages/service/src/require-rights.ts',
    find: 'missingTriggers.length === 0 ? []',
    replace: 'missingTriggers.length >= 0 ? []',
    tests: ['packages/service/test/require-rights.int.test.ts'],
  },
  {
    name: 'addresses of databases with unknown parameters',
    file: 'packages/values/src/database-url.ts',
    find: 'if (unknown.length > 0)',
    replace: 'if (false)',
    tests: ['packages/values/test/database-url.test.ts'],
  },
  {
    name: 'plain text to Kafka in production',
    file: 'packages/runtime/src/transport-settings.ts',
    find: "inProduction('sasl_ssl', 'plaintext')",
    replace: "inProduction('plaintext', 'plaintext')",
    tests: ['packages/runtime/test/transport-settings.test.ts'],
  },
  {
    name: 'signatures of events are not verified',
    file: 'packages/events/src/verify-event.ts',
    find: 'return isGenuine({ ...message, value }, signature, key) ?',
    replace: 'return true ?',
    tests: [signatures, forgedEvents],
  },
  {
    name: 'signatures do not cover the key',
    file: 'packages/events/src/event-signature.ts',
    find: '  hmac.update(key);',
    replace: '',
    tests: [signatures],
  },
  {
    name: 'signatures do not cover the topic',
    file: 'packages/events/src/event-signature.ts',
    find: `\\0\${topic}\\0`,
    replace: '\\0',
    tests: [signatures],
  },
  {
    name: 'unsigned events are taken at every offset',
    file: 'packages/events/src/verify-event.ts',
    find: 'BigInt(offset) < BigInt(',
    replace: 'BigInt(offset) >= BigInt(0) || BigInt(',
    tests: [signatures, forgedEvents],
  },
  {
    name: 'adjustments approved by the admin who requested them',
    file: `${source}/adjustments/decide-review.ts`,
    find: 'if (actorId === adjustment.requestedBy)',
    replace: 'if (false)',
    tests: [reviews],
  },
  {
    name: 'files are read at full speed beside others',
    file: 'servers/product/src/product-import/reading-pace.ts',
    find: 'const MAX_SHARE = 0.2;',
    replace: 'const MAX_SHARE = 1;',
    tests: ['servers/product/test/reading-pace.test.ts'],
  },
  {
    name: 'files rest for the transactions of imports',
    file: 'servers/product/src/product-import/reading-pace.ts',
    find: 'if (paused === 0) {',
    replace: 'if (true) {',
    tests: ['servers/product/test/reading-pace.test.ts'],
  },
  {
    name: 'spellings are pruned while a transaction uses their word',
    file: 'servers/product/src/search/write-index.ts',
    find: ' LOCK IN SHARE MODE',
    replace: '',
    tests: ['servers/product/test/search.int.test.ts'],
  },
  {
    name: 'an edit hides that the index of search is older than the product',
    file: 'servers/product/src/catalogue/update-products.ts',
    find: 'products.search_version = products.search_version + 1',
    replace: 'products.search_version = products.version + 1',
    tests: ['servers/product/test/search.int.test.ts'],
  },
  {
    name: 'one user takes all slots of imports',
    file: 'servers/product/src/product-import/import-slots.ts',
    find: '>= userConcurrency)',
    replace: '> userConcurrency)',
    tests: ['servers/product/test/import-slots.test.ts'],
  },
  {
    name: 'a file makes the reader hold all its rows',
    file: 'servers/product/src/shop-files/families.ts',
    find: 'count > MAX_HELD || length > MAX_HELD_LENGTH',
    replace: 'false',
    tests: ['servers/product/test/shop-files.test.ts'],
  },
  {
    name: 'a Magento file names variations without a bound',
    file: 'servers/product/src/shop-files/magento.ts',
    find: 'if (awaited.isFull())',
    replace: 'if (false)',
    tests: ['servers/product/test/shop-files.test.ts'],
  },
  {
    name: 'the row hash of a file of another shop depends on the time',
    file: 'servers/product/src/product-import/shop-rows.ts',
    find: 'values: withoutPrices(values)',
    replace: 'values',
    tests: ['servers/product/test/row-hashes.test.ts'],
  },
  {
    name: 'reviews decided without their lock',
    file: `${source}/adjustments/decide-review.ts`,
    find: "if (stored.status !== 'pending')",
    replace: 'if (false)',
    tests: [reviews],
  },
];

/** Replaces unique keys by plain keys: a foreign key may need the index. */
function uniqueKeys(keys: readonly (readonly [file: string, definition: string, test: string])[]): Mutation[] {
  return keys.map(([file, definition, test]) => ({
    name: `no ${/UNIQUE KEY (\w+)/.exec(definition)?.[1]}`,
    file: `${migrations}/${file}`,
    find: definition,
    replace: definition.replace('UNIQUE KEY', 'KEY'),
    tests: [test],
  }));
}
