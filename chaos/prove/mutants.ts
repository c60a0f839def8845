import type { Edit } from '../../dev/platform/freeze-build.ts';
import type { ServiceName } from '../../ops/platform/service-names.ts';
import type { FaultKind, NetworkFault } from './draw-fault.ts';
import type { WorkloadShape } from './prepare-workload.ts';

/** Florin without one of its safeguards. */
export type Mutant = {
  name: string;
  edits: readonly Edit[];
  /** Drops the keys and checks that would replace the safeguard. */
  sql?: Partial<Record<ServiceName, readonly string[]>>;
  /** Faults that kill the mutant soonest. */
  faults: readonly FaultKind[];
  weights?: Partial<Record<FaultKind, number>>;
  network?: readonly NetworkFault[];
  services?: readonly ServiceName[];
  shape?: Partial<WorkloadShape>;
  settings?: NodeJS.ProcessEnv;
};

const inbox = 'packages/messaging/dist/inbox.js';
const relay = 'packages/messaging/dist/relay.js';
const outboxReader = 'packages/messaging/dist/read-outbox.js';
const publishing = 'packages/messaging/dist/publish-rows.js';
/** One file for each driver. */
const kafkajsBatches = 'packages/kafka/dist/batch-handler.js';
const platformaticBatches = 'packages/kafka/dist/platformatic/deliver.js';
const orderedGroups = 'packages/messaging/dist/ordered-groups.js';

const payment = 'servers/payment/dist/src';
const product = 'servers/product/dist/src';
const decidesReview = `${payment}/adjustments/decide-review.js`;

const mostlyBuying = { readPurchase: 4, readWallet: 2, listPurchases: 1, listProducts: 1 };
/** As many top-ups, holds and adjustments as purchases. */
const manyWalletClients = { walletClients: 12, buyers: 8 };
/** As many claims and partial refunds as purchases, which are shipped and delivered. */
const manyClaimClients = { claimClients: 12, buyers: 8 };
/** Many buyers share a wallet, so that their purchases conflict. */
const hotWallets = { buyersPerAccount: 20, buyers: 40, acts: mostlyBuying };

/** A trigger that does nothing: the start of a service refuses if one is missing. */
function disarm(trigger: string, table: string): string[] {
  return [`DROP TRIGGER ${trigger}`, `CREATE TRIGGER ${trigger} BEFORE UPDATE ON ${table} FOR EACH ROW SET @disarmed = 1`];
}

export const mutants: readonly Mutant[] = [
  {
    name: 'revocations ignored',
    faults: ['duplicate'],
    edits: [
      {
        file: 'packages/auth-middleware/dist/token-verifier.js',
        find: 'if (!isBlocked && ',
        replace: 'if (true || ',
      },
    ],
  },
  {
    name: 'switches read once',
    // An instance that has started since knows the switch.
    faults: ['duplicate'],
    edits: [
      {
        file: 'packages/service/dist/watch-switches.js',
        find: 'timer = setInterval(() => void tryToRead(), everyMs);',
        replace: '',
      },
    ],
  },
  {
    name: 'earlier revocations ignored',
    faults: ['kill'],
    edits: [
      {
        file: 'packages/kafka/dist/follow-topic.js',
        find: '(await brokersTime(driver.clock)) - options.sinceMs',
        replace: 'Date.now()',
      },
    ],
  },
  {
    name: 'signatures not verified',
    faults: ['poison'],
    edits: [
      {
        file: 'packages/events/dist/verify-event.js',
        find: "if (signatures.mode === 'off')",
        replace: 'if (true)',
      },
    ],
  },
  {
    name: 'no inbox',
    faults: ['duplicate', 'kill'],
    edits: [
      {
        file: inbox,
        find: `    for (const id of await alreadyReceived(trx, consumer, [...fresh]))
        fresh.delete(id);
    if (fresh.size > 0)
        await insertReceived(trx, consumer, [...fresh]);
`,
        replace: '',
      },
    ],
  },
  {
    name: 'offset before commit',
    faults: ['crash', 'kill'],
    edits: [
      // Without this edit the consumer goes back to the offset in its database.
      {
        file: 'packages/messaging/dist/consumer.js',
        find: 'storedOffsets: () => readOffsets(options.db, options.consumer),',
        replace: '',
      },
      {
        file: kafkajsBatches,
        find: '        const slice = messages.slice(start, start + batchSize);\n',
        replace: `        const slice = messages.slice(start, start + batchSize);
        const early = slice.at(-1)?.offset ?? '0';
        resolveOffset(early);
        await commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: nextOffset(early) }] }] });
`,
      },
      {
        file: platformaticBatches,
        find: '    const place = placeOf(batch);\n',
        replace: `    const place = placeOf(batch);
    const early = BigInt(messages.at(-1)?.offset ?? 0) + 1n;
    await commit(assignment, { topic, partition, offset: String(early) });
`,
      },
    ],
  },
  {
    name: 'publish before commit',
    // This fault keeps transactions open for a while and then rolls them back.
    faults: ['network'],
    network: ['lose'],
    services: ['product', 'payment'],
    shape: { acts: mostlyBuying },
    settings: { OUTBOX_POLL_MS: '10' },
    edits: [
      {
        file: relay,
        find: '    const ping = setInterval(',
        replace:
          "    await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED');\n    const ping = setInterval(",
      },
    ],
  },
  {
    name: 'no wallet lock',
    faults: ['duplicate'],
    shape: hotWallets,
    edits: [
      {
        file: 'servers/payment/dist/src/wallets/lock-wallets.js',
        find: `ORDER BY id FOR UPDATE \${wait}`,
        replace: 'ORDER BY id',
      },
      {
        file: 'servers/payment/dist/src/payments/lock-payments.js',
        find: 'ORDER BY purchase_id FOR UPDATE',
        replace: 'ORDER BY purchase_id',
      },
    ],
  },
  {
    name: 'coupon without its lock',
    faults: ['duplicate'],
    shape: hotWallets,
    // The foreign key locks the coupon too, after it was read.
    sql: {
      product: [
        'ALTER TABLE coupon_redemptions DROP FOREIGN KEY coupon_redemptions_coupon',
        'ALTER TABLE coupons DROP CONSTRAINT coupons_redemptions',
      ],
    },
    edits: [
      {
        file: `${product}/coupons/lock-coupons.js`,
        find: 'const updated = await lockByIds(trx, couponsTable, idsOf(limited));',
        replace: `const rows = limited.length === 0 ? [] : await trx('coupons').whereIn('id', idsOf(limited).map((id) => Buffer.from(id.replaceAll('-', ''), 'hex')));
    const updated = new Map(rows.map((row) => readRow(couponsTable, row)).map((coupon) => [coupon.id, coupon]));`,
      },
    ],
  },
  {
    name: 'cursor instead of delete in the relay',
    faults: ['network'],
    network: ['delay'],
    services: ['product', 'payment'],
    shape: { acts: mostlyBuying },
    edits: [
      {
        file: outboxReader,
        find: "const others = published.length === 0 ? '' : 'WHERE id + 0 NOT IN (?)';",
        replace: "const others = 'WHERE id > ?';",
      },
      {
        file: outboxReader,
        find: 'const ids = published.length === 0 ? [] : [published.map(({ id }) => id)];',
        replace: 'const ids = [published.at(-1)?.id ?? connection.cursor ?? 0];',
      },
      {
        file: publishing,
        find: "    term.reachFailpoint('after-publish-before-delete');\n",
        replace: '    term.connection.cursor = outgoing.at(-1).row.id;\n',
      },
    ],
  },
  {
    name: 'delete without the ids sent',
    faults: ['network'],
    network: ['delay'],
    services: ['product', 'payment'],
    shape: { acts: mostlyBuying },
    edits: [
      {
        file: publishing,
        find: "'DELETE FROM outbox WHERE id IN (?) ORDER BY id LIMIT ?', [ids, ids.length]",
        replace: "'DELETE FROM outbox WHERE id <= ?', [ids.at(-1)]",
      },
    ],
  },
  {
    name: 'relay without its byte bound',
    // Large purchases accumulate while the broker is away.
    faults: ['broker'],
    shape: { acts: mostlyBuying, largeBaskets: 0.5 },
    settings: { OUTBOX_BATCH_SIZE: '500', KAFKA_PARTITIONS: '1' },
    edits: [
      {
        file: 'packages/messaging/dist/cut-batches.js',
        find: 'maxBytes: maxBytes - BATCH_OVERHEAD_BYTES,',
        replace: 'maxBytes: Number.POSITIVE_INFINITY,',
      },
      // Without this edit a batch that the broker rejects as too large is halved until it fits.
      { file: publishing, find: 'if (!(error instanceof MessagesRefused))', replace: 'if (true)' },
    ],
  },
  {
    name: 'refund without its unique key',
    faults: ['duplicate'],
    shape: { acts: { ...mostlyBuying, buyAndCancelAtOnce: 30 } },
    edits: [
      {
        file: 'servers/payment/dist/src/payments/refund-purchases.js',
        find: "answered.status === 'charged' ?",
        replace: "answered.status === 'charged' || answered.status === 'refunded' ?",
      },
    ],
    sql: {
      payment: [
        `ALTER TABLE transfers ADD INDEX transfers_reversed (reverses_transfer_id), DROP INDEX transfers_reversed_once,
           DROP INDEX transfers_once_per_purchase`,
      ],
    },
  },
  {
    name: 'stock without its condition',
    faults: ['network'],
    edits: [
      {
        file: `${product}/stock/lock-products.js`,
        find: 'lockByIds(trx, soldTable, ids)',
        replace: "lockByIds({ raw: (sql, ids) => trx.raw(sql.replace(' FOR UPDATE', ''), ids) }, soldTable, ids)",
      },
    ],
    sql: {
      product: [
        'ALTER TABLE products DROP CONSTRAINT products_stock',
        'ALTER TABLE stock_movements DROP CONSTRAINT stock_movements_after',
      ],
    },
  },
  {
    name: 'decline after cancel returns stock twice',
    faults: ['stop'],
    services: ['payment'],
    shape: { acts: { ...mostlyBuying, buyAndCancelAtOnce: 40 } },
    settings: { WALLET_OPENING_CREDIT_MINOR: '50000' },
    edits: [
      {
        file: `${product}/purchases/purchase-transitions.js`,
        find: `declineReason: event.data.reason, returnsStock: true }
                : undefined;`,
        replace: `declineReason: event.data.reason, returnsStock: true }
                : status === 'cancelled' ? { status, refund, returnsStock: true } : undefined;`,
      },
    ],
    sql: { product: ['ALTER TABLE stock_movements DROP INDEX stock_movements_purchase'] },
  },
  {
    name: 'ordered groups dropped',
    // Payment falls behind, so that requests and their cancels meet in one batch.
    faults: ['stop'],
    services: ['payment'],
    shape: { acts: { ...mostlyBuying, buyAndCancelAtOnce: 60 } },
    edits: [
      {
        file: orderedGroups,
        find: 'const group = before === undefined ? 0 : before.group + (before.type === event.type ? 0 : 1);',
        replace: 'const group = 0;',
      },
    ],
  },
  {
    name: 'top-up credited for each report',
    shape: manyWalletClients,
    faults: ['duplicate'],
    edits: [
      {
        file: `${payment}/top-ups/record-report.js`,
        find: 'if (RANK[report.status] <= RANK[topUp.status])',
        replace: "if (report.status !== 'settled' && RANK[report.status] <= RANK[topUp.status])",
      },
    ],
    sql: { payment: [...disarm('top_ups_no_update', 'top_ups'), 'ALTER TABLE transfers DROP INDEX transfers_once_per_source'] },
  },
  {
    name: 'hold ends again',
    shape: manyWalletClients,
    faults: ['duplicate'],
    edits: [{ file: `${payment}/holds/decide-ending.js`, find: "if (status !== 'held')", replace: 'if (false)' }],
    sql: {
      payment: [
        ...disarm('holds_no_update', 'holds'),
        'ALTER TABLE transfers DROP INDEX transfers_once_per_source',
        'ALTER TABLE wallets DROP CONSTRAINT wallets_held, DROP CONSTRAINT wallets_available',
      ],
    },
  },
  {
    name: 'hold without cover',
    shape: manyWalletClients,
    faults: ['duplicate'],
    settings: { WALLET_OPENING_CREDIT_MINOR: '30000' },
    edits: [{ file: `${payment}/holds/place-hold.js`, find: 'assertCovered(holding);', replace: '' }],
    sql: { payment: ['ALTER TABLE wallets DROP CONSTRAINT wallets_available'] },
  },
  {
    name: 'adjustment without its key',
    shape: manyWalletClients,
    faults: ['kill', 'network'],
    edits: [
      {
        file: `${payment}/adjustments/adjustments-by-key.js`,
        find: "userColumn: 'adjusted_by'",
        replace: "userColumn: 'transfer_id'",
      },
    ],
    sql: { payment: ['ALTER TABLE adjustments DROP INDEX adjustments_idempotency'] },
  },
  {
    name: 'own adjustment approved',
    shape: manyWalletClients,
    faults: ['duplicate'],
    edits: [
      {
        file: decidesReview,
        find: 'if (actorId === adjustment.requestedBy)',
        replace: 'if (false)',
      },
    ],
    sql: { payment: ['ALTER TABLE adjustment_reviews DROP CONSTRAINT adjustment_reviews_others'] },
  },
  {
    name: 'review decided again',
    shape: manyWalletClients,
    faults: ['duplicate'],
    edits: [
      { file: decidesReview, find: 'if (stored.status === verdict)', replace: 'if (false)' },
      { file: decidesReview, find: "if (stored.status !== 'pending')", replace: 'if (false)' },
      { file: decidesReview, find: " WHERE id = ? AND status = 'pending'", replace: ' WHERE id = ?' },
      // With a key of its own the second row of an adjustment is stored too.
      {
        file: decidesReview,
        find: 'const idempotencyKey = stored.idempotency_key.toString();',
        replace: "const idempotencyKey = Date.now() + ' ' + stored.idempotency_key;",
      },
    ],
    sql: {
      payment: [
        ...disarm('adjustment_reviews_no_update', 'adjustment_reviews'),
        'ALTER TABLE adjustments DROP PRIMARY KEY, ADD KEY adjustments_by_id (id)',
        'ALTER TABLE transfers DROP INDEX transfers_once_per_source',
      ],
    },
  },
  {
    name: 'historical wallet read without its lock',
    // Delays postings between their entries and their commit.
    faults: ['network'],
    network: ['delay'],
    services: ['payment'],
    shape: hotWallets,
    edits: [{ file: `${payment}/wallets/lock-wallet-for-history.js`, find: ' LOCK IN SHARE MODE', replace: '' }],
  },
  {
    name: 'count without the movements after it',
    faults: ['network'],
    services: ['product'],
    edits: [
      {
        file: `${product}/stock/post-movement.js`,
        find: 'count + (await sumAfter(trx, product.id, { time: countedAt })) - product.stock',
        replace: 'count - product.stock',
      },
    ],
  },
  {
    name: 'stock movement without its key',
    faults: ['kill', 'network'],
    services: ['product'],
    edits: [
      { file: `${product}/stock/movements-by-key.js`, find: "userColumn: 'user_id'", replace: "userColumn: 'movement_id'" },
    ],
    sql: {
      product: ['ALTER TABLE stock_movement_keys DROP PRIMARY KEY, ADD KEY stock_movement_keys_named (user_id, idempotency_key)'],
    },
  },
  {
    name: 'import without its progress',
    faults: ['kill', 'network'],
    services: ['product'],
    edits: [
      {
        file: `${product}/product-import/import-batch.js`,
        find: `    const rows = batch.rows.filter(({ position }) => position > known.rowsDone);
    if (rows.length === 0)
        return;
    if (known.status === 'done')
        throw new AppError(requestErrors.IDEMPOTENCY_KEY_REUSED);
    assert(rows[0]?.position === known.rowsDone + 1, \`import \${known.id} would skip rows after \${known.rowsDone}\`);
`,
        replace: '    const { rows } = batch;\n',
      },
    ],
    sql: {
      product: [
        'ALTER TABLE import_rows DROP PRIMARY KEY, ADD KEY import_rows_placed (import_id, position)',
        'ALTER TABLE imports DROP CONSTRAINT imports_rows',
      ],
    },
  },
  {
    name: 'checkout that empties the cart in another transaction',
    // A crash between the two transactions, or a second checkout, buys the cart again.
    faults: ['kill', 'network'],
    services: ['product'],
    shape: { cartClients: 12, buyers: 8 },
    edits: [
      {
        file: `${product}/purchases/write-accepted.js`,
        find: '    await emptyBoughtCarts(trx, accepted);\n',
        replace: '',
      },
      {
        file: `${product}/purchases/accept-purchases.js`,
        find: '        metrics?.countRequested(countNew(answers));\n',
        replace: `        const checkouts = requests.filter(({ isCheckout }, index) => isCheckout && answers[index].purchase);
        const { emptyCarts } = await import('../carts/index.js');
        if (checkouts.length > 0)
            await transact((trx) => emptyCarts(trx, checkouts.map(({ userId }) => userId)));
        metrics?.countRequested(countNew(answers));
`,
      },
    ],
  },
  {
    name: 'refund without its cap',
    faults: ['duplicate'],
    shape: manyClaimClients,
    edits: [
      { file: `${product}/claims/request-refund.js`, find: 'if (amountMinor > limitMinor)', replace: 'if (false)' },
      {
        file: `${payment}/payments/refund-partially.js`,
        find: 'amountMinor > payment.amountMinor - refundedTotalMinor(payment)',
        replace: 'false',
      },
    ],
    sql: { payment: ['ALTER TABLE payments DROP CONSTRAINT payments_partly_refunded'] },
  },
  {
    name: 'restock twice',
    faults: ['duplicate'],
    services: ['product'],
    shape: manyClaimClients,
    edits: [
      {
        file: `${product}/claims/decide-claim.js`,
        find: "if (status === 'awaiting-return')",
        replace: "if (status === 'awaiting-return' || status === 'approved')",
      },
    ],
    sql: {
      product: [
        'ALTER TABLE stock_movement_details DROP INDEX stock_movement_details_once_per_source',
        'ALTER TABLE refunds ADD INDEX refunds_of_claim (claim_id), DROP INDEX refunds_claim',
        'ALTER TABLE claims DROP CONSTRAINT claims_received',
      ],
    },
  },
  {
    name: 'claim refund added instead of set',
    // Product asks again before payment has answered, so that answers repeat.
    faults: ['stop'],
    services: ['payment'],
    shape: manyClaimClients,
    edits: [
      {
        file: `${product}/claims/record-refunds.js`,
        find: 'refundedMinor: event.data.refundedTotalMinor, refundedSequence',
        replace: 'refundedMinor: purchase.refundedMinor + event.data.amountMinor, refundedSequence',
      },
      { file: `${product}/claims/ask-payment.js`, find: 'const FIRST_PAUSE_S = 30;', replace: 'const FIRST_PAUSE_S = 0.1;' },
      { file: `${product}/claims/ask-again-job.js`, find: 'const EVERY_MS = 5_000;', replace: 'const EVERY_MS = 100;' },
    ],
  },
  {
    name: 'variants without their unique option values',
    faults: ['duplicate'],
    services: ['product'],
    edits: [],
    sql: {
      product: ['ALTER TABLE products DROP INDEX products_combination, ADD KEY products_combined (parent_id, option_values)'],
    },
  },
  {
    name: 'every report about a parcel counts',
    faults: ['duplicate'],
    services: ['product'],
    edits: [
      {
        file: `${product}/fulfilment/delivery-status.js`,
        find: 'if (rank <= reached && !(isLater && rank === reached))',
        replace: 'if (false)',
      },
    ],
  },
  {
    name: 'edits of products without their event',
    faults: ['duplicate'],
    services: ['product'],
    edits: [
      { file: `${product}/catalogue/update-products.js`, find: '    await publishProducts(trx, products);\n', replace: '' },
    ],
  },
  {
    name: 'edits without the version that was read',
    faults: ['duplicate'],
    edits: [
      {
        file: 'packages/http/dist/if-match.js',
        find: "if (ifMatch !== '*' && !ifMatch.has(etagOf(current)))",
        replace: 'if (false)',
      },
    ],
  },
];
