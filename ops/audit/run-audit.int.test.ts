import { idBytes, idText, newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { type ServiceName, serviceNames } from '../platform/service-names.ts';
import { type AuditedPlatform, startAuditedPlatform } from '../test/audited-platform.ts';
import { allChecks } from './all-checks.ts';
import type { AuditReport } from './audit-report.ts';
import { checkInvariants } from './check-invariants.ts';
import { createCounters } from './counters.ts';
import { openDoors } from './open-doors.ts';
import { type AuditOptions, runAudit } from './run-audit.ts';

/** What guards the tables, taken away so that they can be corrupted. */
const safeguards: Partial<Record<ServiceName, string[]>> = {
  product: [
    'ALTER TABLE stock_movements DROP INDEX stock_movements_purchase, ADD KEY by_purchase (purchase_id)',
    'ALTER TABLE purchases DROP CONSTRAINT purchases_refund',
    'ALTER TABLE products DROP CONSTRAINT products_parent_stock',
    'ALTER TABLE products DROP INDEX products_combination, ADD KEY by_combination (parent_id, option_values)',
  ],
  payment: [
    'DROP TRIGGER transfers_period',
    ...['transfers', 'ledger_entries', 'accounts'].flatMap((table) => [
      `DROP TRIGGER ${table}_no_update`,
      `DROP TRIGGER ${table}_no_delete`,
    ]),
    'ALTER TABLE transfers DROP INDEX transfers_once_per_purchase',
    'ALTER TABLE payments DROP INDEX payments_purchase, ADD KEY by_purchase (purchase_id)',
    'ALTER TABLE payments DROP CONSTRAINT payments_charged',
    'ALTER TABLE payments DROP CONSTRAINT payments_wallet_of_a_charge',
    'ALTER TABLE payments DROP CONSTRAINT payments_refunded',
    'ALTER TABLE wallets DROP CONSTRAINT wallets_available',
  ],
};

describe('npm run audit', () => {
  let platform: AuditedPlatform;
  let shop: Shop;

  const audit = (options: Partial<AuditOptions> = {}): Promise<AuditReport> =>
    runAudit({ databaseUrls: platform.databaseUrls, recheckMs: 0, ...options });

  before(async () => {
    platform = await startAuditedPlatform();
    shop = await trade(platform);
  });
  after(() => platform?.stop());

  describe('of consistent databases', () => {
    it('finds no violations and lists the checked rows', async () => {
      const lines: string[] = [];
      const { summary, ...report } = await audit({ onProgress: (line) => lines.push(line) });
      expect(report.findings).to.deep.equal([]);
      expect(report.ok).to.equal(true);
      expect(summary).to.match(
        /^Checked 16 entries, 11 transfers, 3 wallets, 3 users, 9 payments, 9 purchases and 6 products across four services in [\d.]+ s: no violations\.$/,
      );
      expect(new Set(report.checks.map(({ name }) => name))).to.deep.equal(new Set(allChecks.keys()));
      expect(lines.filter((line) => line.startsWith('payment wallet-balances: 3 rows in'))).to.have.length(1);
    });

    it('checks every kind of purchase', async () => {
      const rows = Object.fromEntries((await audit()).checks.map((check) => [check.name, check.rows]));
      expect(rows).to.include({
        'paid-purchases': 4,
        'declined-purchases': 1,
        'cancelled-purchases': 4,
        'stuck-purchases': 0,
        'payment-purchases': 9,
        'buyer-limits': 3,
      });
    });

    it('runs only the selected checks', async () => {
      const report = await audit({ only: ['stock', 'dead-letters'] });
      expect(report.checks.map(({ name, service }) => `${name} of ${service}`)).to.have.members([
        'stock of product',
        ...serviceNames.map((service) => `dead-letters of ${service}`),
      ]);
    });

    it("checks one user's wallets only", async () => {
      const userIds: Buffer[] = await platform.db.payment('wallets').pluck('user_id');
      const userId = userIds[0] ?? Buffer.alloc(0);
      const report = await audit({ userId: idText(userId) });
      expect(report).to.deep.include({ ok: true, findings: [] });
      const rows = Object.fromEntries(report.checks.map((check) => [check.name, check.rows]));
      expect(rows).to.include({ 'wallet-balances': 1 }).and.not.to.have.any.keys('stock', 'user-wallets', 'snapshots');
      const nobody = await audit({ userId: idText(Buffer.alloc(16, 1)) }).catch((error: unknown) => String(error));
      expect(nobody).to.match(/has no wallet/);
    });

    it('reads every row once, page by page', async () => {
      const doors = await openDoors(platform.databaseUrls);
      const counters = createCounters({ onProgress: () => {} });
      const over = { table: 'stock_movements', key: 'product_id', column: 'm.product_id' };
      const sql = (range: string): string => `SELECT m.id, m.reason AS detail FROM stock_movements m WHERE ${range}`;
      const rule = { check: 'every movement', rule: 'none', over: { ...over, pageKeys: 2 }, sql };
      await checkInvariants(doors.product.snapshot, [rule], { service: 'product', counters });
      await doors.close();
      const ids: Buffer[] = await platform.db.product('stock_movements').pluck('id');
      const { checks, findings } = counters.results();
      expect(checks[0]?.rows).to.equal(ids.length);
      expect(findings.map(({ subject }) => subject)).to.have.members(ids.map(idText));
    });

    it('rejects an unknown check', async () => {
      const error = await audit({ only: ['stock', 'magic'] }).catch((reason: Error) => reason);
      expect(error)
        .to.be.an('error')
        .with.property('message')
        .that.matches(/^Unknown check magic. Known: outbox, /);
    });

    it('names the service whose database does not answer', async () => {
      const databaseUrls = { ...platform.databaseUrls, product: 'mysql://root@127.0.0.1:1/nothing' };
      const error = await runAudit({ databaseUrls }).catch((reason: Error) => reason);
      expect(error)
        .to.be.an('error')
        .with.property('message')
        .that.matches(/^The database of product does not answer: /);
    });

    it('names the service whose database cannot be read', async () => {
      const databaseUrls = { ...platform.databaseUrls, product: platform.databaseUrls.auth };
      const error = await runAudit({ databaseUrls, only: ['stock'] }).catch((reason: Error) => reason);
      expect(error)
        .to.be.an('error')
        .with.property('message')
        .that.matches(/^The database of product cannot be read: .+products/);
    });

    it('stops when its signal aborts', async () => {
      const error = await audit({ signal: AbortSignal.abort() }).catch((reason: Error) => reason);
      expect(error).to.have.property('name', 'AbortError');
    });

    it('cannot write', async () => {
      const doors = await openDoors(platform.databaseUrls);
      for (const way of ['snapshot', 'now'] as const) {
        const error = await doors.product[way]("UPDATE products SET name = 'x'").catch((reason: Error) => reason);
        expect(error)
          .to.be.an('error')
          .with.property('message')
          .that.matches(/READ ONLY transaction/i);
      }
      await doors.close();
    });
  });

  describe('finds', () => {
    const kept = new Map<ServiceName, string[]>();

    before(async () => {
      await forEachDatabase(platform, async (db, service) => {
        kept.set(service, await tablesOf(db));
        for (const statement of safeguards[service] ?? []) await db.raw(statement);
        for (const table of kept.get(service) ?? [])
          await db.raw('CREATE TABLE ?? AS SELECT * FROM ??', [`kept_${table}`, table]);
      });
    });
    afterEach(() => forEachDatabase(platform, (db, service) => restore(db, kept.get(service) ?? [])));

    const payment = (...statements: string[]) => onDatabase('payment', statements);
    const product = (...statements: string[]) => onDatabase('product', statements);
    const auth = (...statements: string[]) => onDatabase('auth', statements);

    const corruptions: [name: string, corrupt: Corruption, found: string[]][] = [
      [
        "a wallet's balance changed",
        payment('UPDATE wallets SET balance_minor = balance_minor + 1, version = version + 0 ORDER BY id LIMIT 1'),
        ['wallet-balances', 'buyer-limits'],
      ],
      [
        "a wallet's balance changed, and told to product",
        async (platform_) => {
          await payment('UPDATE wallets SET balance_minor = balance_minor + 1')(platform_, shop);
          await product('UPDATE buyer_limits SET available_minor = available_minor + 1')(platform_, shop);
        },
        ['wallet-balances'],
      ],
      [
        'a system entry deleted',
        payment("DELETE FROM ledger_entries WHERE account = 'sales' LIMIT 1"),
        ['ledger-sum', 'transfer-sums'],
      ],
      [
        'a wallet entry deleted',
        payment("DELETE FROM ledger_entries WHERE account = 'wallet' AND sequence = 2 LIMIT 1"),
        ['ledger-sum', 'transfer-sums', 'entry-sequences', 'wallet-balances', 'charges', 'decision-facts'],
      ],
      [
        "an entry's amount changed",
        payment("UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE account = 'sales' LIMIT 1"),
        ['ledger-sum', 'transfer-sums'],
      ],
      [
        'an entry of an unknown account',
        payment("UPDATE ledger_entries SET account = 'slaes' WHERE account = 'sales' LIMIT 1"),
        ['entry-accounts'],
      ],
      [
        'a balance-after changed',
        payment('UPDATE ledger_entries SET balance_after_minor = balance_after_minor + 1 WHERE sequence = 1 LIMIT 1'),
        ['entry-sequences', 'decision-facts'],
      ],
      ['a second charge of one purchase', chargeAgain, ['payment-transfers']],
      [
        'a second decision about one purchase',
        payment(
          `INSERT INTO payments (id, purchase_id, user_id, status, amount_minor, currency, decline_reason, version)
           SELECT REPEAT('x', 16), purchase_id, user_id, status, amount_minor, currency, decline_reason, version
             FROM payments WHERE status = 'declined' LIMIT 1`,
        ),
        ['decisions'],
      ],
      ['a refund without a charge', refundUncharged, ['payment-transfers']],
      [
        "a payment's status changed to refunded",
        payment("UPDATE payments SET status = 'refunded' WHERE status = 'charged' LIMIT 1"),
        ['refunds', 'paid-purchases', 'limits'],
      ],
      [
        "a payment's status changed to charged",
        payment("UPDATE payments SET status = 'charged' WHERE status = 'refunded' AND amount_minor > 0 LIMIT 1"),
        ['cancelled-purchases', 'limits'],
      ],
      [
        "a payment's status changed to declined",
        payment("UPDATE payments SET status = 'declined', decline_reason = 'X' WHERE status = 'charged' LIMIT 1"),
        ['paid-purchases', 'limits'],
      ],
      ["a product's stock changed", product('UPDATE products SET stock = stock + 1 ORDER BY id LIMIT 1'), ['stock']],
      [
        'a product with options without them',
        product('UPDATE products SET options = NULL WHERE options IS NOT NULL'),
        ['variants'],
      ],
      [
        'a variant with a value for another option',
        product(`UPDATE products SET option_values = '{"Colour":"M"}' WHERE parent_id IS NOT NULL ORDER BY id LIMIT 1`),
        ['variants'],
      ],
      [
        'two variants with the same values',
        product(`UPDATE products SET option_values = '{"Size":"M"}' WHERE parent_id IS NOT NULL`),
        ['option-values'],
      ],
      [
        'stock of a product with options',
        product('UPDATE products SET stock = 1 WHERE options IS NOT NULL'),
        ['parents', 'stock'],
      ],
      ['an opening movement deleted', product("DELETE FROM stock_movements WHERE reason = 'opening' LIMIT 1"), ['stock']],
      ['a sale deleted', product("DELETE FROM stock_movements WHERE reason = 'sale' LIMIT 1"), ['stock', 'sales']],
      [
        "a movement's stock-after changed",
        product("UPDATE stock_movements SET stock_after = stock_after + 1 WHERE reason = 'sale' LIMIT 1"),
        ['stock'],
      ],
      ['stock returned twice', returnAgain, ['returns']],
      ['stock of a paid purchase returned', returnPaid, ['returns']],
      ['stock sold to a purchase that has no such item', sellUnasked, ['movement-items']],
      ['a purchase paid without a charge', payUncharged, ['paid-purchases']],
      [
        'a purchase paid by another buyer',
        product("UPDATE purchases SET user_id = REPEAT('x', 16) WHERE status = 'paid' LIMIT 1"),
        ['paid-purchases'],
      ],
      ['a purchase cancelled and never answered', cancelUnanswered, ['stuck-purchases']],
      ['a purchase refunded that payment still has as charged', refundUnpaid, ['cancelled-purchases']],
      ['an answer to a cancel lost on the way', loseRefund, ['cancelled-purchases']],
      ['a purchase declined in product and charged in payment', declineCharged, ['declined-purchases']],
      [
        'a purchase declined for another reason',
        product("UPDATE purchases SET decline_reason = 'WALLET_FROZEN' WHERE status = 'declined' LIMIT 1"),
        ['declined-purchases'],
      ],
      ['a decision lost on the way', loseDecision, ['payment-purchases']],
      ['a payment of a purchase that nobody made', payUnknown, ['payment-purchases']],
      ['a request lost on the way', loseRequest, ['stuck-purchases']],
      [
        "a stale copy of a buyer's limit",
        product('UPDATE buyer_limits SET version = version - 1, available_minor = available_minor + 5 WHERE version > 1 LIMIT 1'),
        ['buyer-limits'],
      ],
      [
        "a copy of a buyer's limit that is wrong",
        product('UPDATE buyer_limits SET spend_limit_minor = 1 LIMIT 1'),
        ['buyer-limits'],
      ],
      [
        "a copy of a buyer's daily limit that is wrong",
        product('UPDATE buyer_limits SET daily_limit_minor = 1 LIMIT 1'),
        ['buyer-limits'],
      ],
      ['a wallet missing for a user', auth(userRow()), ['user-wallets']],
      [
        'a user who was erased and can still pay',
        auth("UPDATE users SET status = 'erased' WHERE status = 'active' ORDER BY id LIMIT 1"),
        ['user-wallets'],
      ],
      ['a user who was erased, whose wallet an admin could unfreeze', eraseUnknown, ['user-wallets']],
      [
        'a user who is erased in payment but not in auth',
        payment('INSERT INTO erased_users (user_id) SELECT user_id FROM wallets LIMIT 1'),
        ['user-wallets'],
      ],
      ['contacts that are published and missing', auth('UPDATE users SET contact_version = version'), ['contacts']],
      [
        'a contact of nobody, which nothing finds',
        product("INSERT INTO contacts (user_id, email, version) VALUES (REPEAT('x', 16), 'a@b.example', 1)"),
        ['contact-keys', 'contacts'],
      ],
      [
        'a contact of an erased user',
        product(
          "INSERT INTO erased_users (user_id) VALUES (REPEAT('x', 16))",
          "INSERT INTO contacts (user_id, email, version) VALUES (REPEAT('x', 16), 'a@b.example', 1)",
          "INSERT INTO contact_keys (search_key, user_id) VALUES ('a@b', REPEAT('x', 16))",
        ),
        ['contacts', 'erased-contacts'],
      ],
      [
        'accounts that were not added up as they say',
        payment('UPDATE ledger_periods SET closed_at = NOW(3), summed_at = NOW(3) WHERE number = 0'),
        ['snapshots'],
      ],
      ['a wallet of nobody', auth('SET FOREIGN_KEY_CHECKS = 0', 'DELETE FROM users ORDER BY id LIMIT 1'), ['user-wallets']],
      [
        "a purchase's total changed",
        product("UPDATE purchases SET total_minor = total_minor + 1 WHERE status = 'paid' LIMIT 1"),
        ['purchase-totals', 'paid-purchases'],
      ],
      [
        "an item's price changed",
        product('UPDATE purchase_items SET unit_price_minor = unit_price_minor + 1 LIMIT 1'),
        ['purchase-totals'],
      ],
      [
        "an item's discount changed",
        product('UPDATE purchase_items SET discount_minor = discount_minor + 1 LIMIT 1'),
        ['purchase-totals'],
      ],
      [
        "the price of a purchase's delivery changed",
        product('UPDATE purchases SET delivery_minor = delivery_minor + 1 LIMIT 1'),
        ['purchase-totals'],
      ],
      [
        'two items at one place of a cart',
        product(
          "INSERT INTO carts (user_id, updated_at) VALUES (REPEAT('u', 16), NOW(3))",
          `INSERT INTO cart_items (user_id, product_id, position, quantity, added_price_minor, added_currency)
           VALUES (REPEAT('u', 16), REPEAT('p', 16), 0, 1, 1, 'EUR'), (REPEAT('u', 16), REPEAT('q', 16), 0, 1, 1, 'EUR')`,
        ),
        ['carts'],
      ],
      [
        "an item's quantity changed",
        product('UPDATE purchase_items SET quantity = quantity + 1, unit_price_minor = 0 WHERE unit_price_minor = 0 LIMIT 1'),
        ['sales'],
      ],
      [
        'a step missing from a timeline',
        product("DELETE FROM purchase_timeline WHERE type = 'purchase-paid' LIMIT 1"),
        ['timelines'],
      ],
      ['a parcel delivered of a purchase that is not', product(reportOf('delivered', 'paid')), ['delivery-reports']],
      [
        'a parcel returned twice',
        product(reportOf('returned', 'delivered'), reportOf('returned', 'delivered')),
        ['delivery-ranks'],
      ],
      [
        'a purchase cancelled although it was shipped',
        product(
          `INSERT INTO purchase_timeline (purchase_id, at, type, service, event_id)
           SELECT id, updated_at, 'purchase-shipped', 'product', REPEAT('x', 16) FROM purchases WHERE status = 'cancelled' LIMIT 1`,
        ),
        ['returned-purchases'],
      ],
      [
        'an address of another buyer than that of the purchase',
        product(
          `INSERT INTO purchase_addresses (purchase_id, user_id, name, line1, postal_code, city, country)
           SELECT id, REPEAT('x', 16), 'Ada', 'Ring 1', '1010', 'Vienna', 'AT' FROM purchases LIMIT 1`,
        ),
        ['addresses'],
      ],
      [
        'an event that waits to be published',
        payment(
          `INSERT INTO outbox (event_id, topic, message_key, type, payload, created_at)
           VALUES (REPEAT('x', 16), 'florin.payments', 'k', 'purchase-paid', '{}', UTC_TIMESTAMP() - INTERVAL 61 SECOND)`,
        ),
        ['outbox'],
      ],
      [
        'an event that Kafka refused, and one behind it',
        product(
          `INSERT INTO parked_outbox (id, event_id, topic, message_key, type, payload, created_at, reason)
           VALUES (1, REPEAT('x', 16), 'florin.purchases', 'k', 'purchase-requested', '{}', UTC_TIMESTAMP(), 'MESSAGE_TOO_LARGE'),
                  (2, REPEAT('y', 16), 'florin.purchases', 'k', 'purchase-cancelled', '{}', UTC_TIMESTAMP(), NULL)`,
        ),
        ['parked-events'],
      ],
      [
        'a dead letter, and the key that waits behind it',
        product(
          "INSERT INTO quarantined (consumer, message_key) VALUES ('florin.product', 'alice')",
          `INSERT INTO dead_letters (id, consumer, status, topic, partition_id, message_offset, message_key, reason)
           VALUES (REPEAT('x', 16), 'florin.product', 'dead', 'florin.payments', 0, 7, 'alice', 'it hurt')`,
        ),
        ['dead-letters'],
      ],
    ];

    for (const [name, corrupt, found] of corruptions) {
      it(name, async () => {
        await corrupt(platform, shop);
        const { ok, checks, findings, summary } = await audit();
        expect({ ok, found: failed(checks) }, JSON.stringify(findings, null, 1)).to.deep.equal({
          ok: false,
          found: [...new Set(found)].sort(),
        });
        expect(findings.length).to.be.at.least(found.length);
        for (const check of found) expect(summary).to.include(` of ${check}`);
      });
    }

    it('reports the subject and details of a violation', async () => {
      await onDatabase('product', ['UPDATE purchases SET total_minor = 555 WHERE id = ?'], [idBytes(shop.paid)])(platform, shop);
      const { findings } = await audit();
      expect(findings.map(({ check, subject }) => [check, subject])).to.deep.equal([
        ['purchase-totals', shop.paid],
        ['paid-purchases', shop.paid],
      ]);
      expect(findings[0]?.detail).to.match(/^total 5.55 EUR, 2 items cost 7.00 EUR, subtotal 7.00 EUR, discount 0.00 EUR/);
      expect(findings[1]?.detail).to.match(/^product: paid, 5.55 EUR of .+; payment: charged, 7.00 EUR of .+$/);
    });

    it('all violations, and lists 100 of them, some of each check', async () => {
      await onDatabase('product', manyPurchases(150))(platform, shop);
      const { checks, findings } = await audit();
      const counts = Object.fromEntries(checks.map(({ name, findings: found }) => [name, found]));
      expect(counts).to.include({ 'purchase-totals': 150, timelines: 150, 'paid-purchases': 150 });
      expect(findings).to.have.length(100);
      expect(findings.filter(({ check }) => check === 'paid-purchases').length).to.be.at.least(33);
    });
  });

  describe('while events are in flight', () => {
    it('ignores differences that disappear in time', async () => {
      const purchaseId = await platform.buy(shop.alice, [{ productId: shop.free, quantity: 1 }]);
      await platform.deliver(await platform.takeOutboxes());
      let waiting: Promise<void> | undefined;
      const onProgress = (line: string): void => {
        if (line.endsWith('differ in 1 rows: reading them again')) waiting ??= platform.untilQuiet();
      };
      const auditing = audit({ recheckMs: 10_000, onProgress });
      expect(await auditing).to.deep.include({ ok: true, findings: [] });
      expect(waiting, 'the difference was seen').to.be.a('promise');
      await waiting;
      expect(
        await platform.db
          .product('purchases')
          .where({ id: idBytes(purchaseId) })
          .first('status'),
      ).to.deep.equal({ status: 'paid' });
    });

    it('finds no violations while purchases continue', async () => {
      let isOver = false;
      let purchases = 0;
      const shopping = (async () => {
        while (!isOver) {
          const bought = await platform.buy(shop.bob, [{ productId: shop.free, quantity: 1 }]);
          const other = await platform.buy(shop.alice, [{ productId: shop.cheap, quantity: 1 }]);
          await platform.deliver(await platform.takeOutboxes());
          if (purchases++ % 2 === 0) await platform.cancel(bought);
          await platform.cancel(other);
          await platform.deliver(await platform.takeOutboxes());
        }
        await platform.untilQuiet();
      })();
      for (let round = 0; round < 10; round++) {
        const { ok, findings } = await audit({ recheckMs: 10_000 });
        expect(findings).to.deep.equal([]);
        expect(ok).to.equal(true);
      }
      isOver = true;
      await shopping;
      expect(purchases).to.be.greaterThan(4);
      expect(await audit()).to.deep.include({ ok: true, findings: [] });
    });
  });
});

type Shop = {
  alice: string;
  bob: string;
  /** Products: of one price, of 1 and of 0. */
  book: string;
  cheap: string;
  free: string;
  /** Purchases. */
  paid: string;
  declined: string;
  refunded: string;
};

/** Purchases of every end that they may have. */
async function trade(platform: AuditedPlatform): Promise<Shop> {
  const [alice, bob] = [await platform.signUp('alice@example.com'), await platform.signUp('bob@example.com')];
  const carol = await platform.signUp('carol@example.com');
  await platform.untilQuiet();
  await platform.db
    .auth('users')
    .where({ id: idBytes(carol) })
    .update({ status: 'disabled' });
  const [book = '', cheap = '', free = ''] = await platform.stockUp([
    { name: 'book', priceMinor: 300, stock: 100 },
    { name: 'bean', priceMinor: 100, stock: 5_000 },
    { name: 'leaflet', priceMinor: 0, stock: 5_000 },
  ]);
  await platform.addShirt();

  const paid = await platform.buy(alice, [
    { productId: book, quantity: 2 },
    { productId: cheap, quantity: 1 },
  ]);
  const shipped = await platform.buy(bob, [{ productId: book, quantity: 1 }]);
  const delivered = await platform.buy(bob, [{ productId: cheap, quantity: 3 }]);
  await platform.buy(bob, [{ productId: free, quantity: 1 }]);
  const declined = await platform.buy(alice, [{ productId: book, quantity: 40 }]);
  const refunded = await platform.buy(alice, [{ productId: book, quantity: 1 }]);
  const nothingRefunded = await platform.buy(bob, [{ productId: free, quantity: 2 }]);
  await platform.untilQuiet();
  for (const [id, status] of [
    [shipped, 'shipped'],
    [delivered, 'shipped'],
    [delivered, 'delivered'],
  ] as const) {
    await send(platform, id, status);
  }
  await platform.cancel(refunded);
  await platform.cancel(nothingRefunded);
  await platform.untilQuiet();

  const declinedAfterCancel = await platform.buy(bob, [{ productId: book, quantity: 50 }]);
  const request = await platform.takeOutboxes();
  await platform.cancel(declinedAfterCancel);
  await platform.deliver(request);
  await platform.untilQuiet();

  const voided = await platform.buy(bob, [{ productId: book, quantity: 1 }]);
  const late = await platform.takeOutboxes();
  await platform.cancel(voided);
  await platform.untilQuiet();
  await platform.deliver(late);
  await platform.untilQuiet();
  return { alice, bob, book, cheap, free, paid, declined, refunded };
}

async function send({ db }: AuditedPlatform, id: string, status: 'shipped' | 'delivered'): Promise<void> {
  await db
    .product('purchases')
    .where({ id: idBytes(id) })
    .update({ status });
  await db.product.raw(
    "INSERT INTO purchase_timeline (purchase_id, at, type, service, event_id) VALUES (?, UTC_TIMESTAMP(3), ?, 'product', ?)",
    [idBytes(id), `purchase-${status}`, idBytes(newId())],
  );
}

type Corruption = (platform: AuditedPlatform, shop: Shop) => Promise<void>;

function onDatabase(service: ServiceName, statements: readonly string[], values: readonly Knex.Value[] = []): Corruption {
  return async ({ db }) => {
    await db[service].transaction(async (connection) => {
      for (const statement of statements) await connection.raw(statement, [...values]);
    });
  };
}

/** Properly posted, so that the ledger is in order; only, the purchase had its charge. */
async function chargeAgain({ db }: AuditedPlatform, { paid }: Shop): Promise<void> {
  await db.payment.transaction(async (connection) => {
    const transferId = idBytes(newId());
    const known = (await connection('payments')
      .where({ purchase_id: idBytes(paid) })
      .first()) as { wallet_id: Buffer };
    await postEntries(connection, { transferId, purchaseId: paid, walletId: known.wallet_id, type: 'purchase', gainMinor: -5 });
  });
  await copyLimits({ db });
}

async function refundUncharged({ db }: AuditedPlatform, { declined, alice }: Shop): Promise<void> {
  await db.payment.transaction(async (connection) => {
    const wallet = (await connection('wallets')
      .where({ user_id: idBytes(alice) })
      .first()) as { id: Buffer };
    const walletId = wallet.id;
    await postEntries(connection, { transferId: idBytes(newId()), purchaseId: declined, walletId, type: 'refund', gainMinor: 5 });
  });
  await copyLimits({ db });
}

type Posting = { transferId: Buffer; purchaseId: string; walletId: Buffer; type: 'purchase' | 'refund'; gainMinor: number };

async function postEntries(connection: Knex, { transferId, purchaseId, walletId, type, gainMinor }: Posting): Promise<void> {
  const reverses = type === 'refund' ? connection.raw('(SELECT MIN(t.id) FROM transfers t)') : null;
  const [[opening]] = (await connection.raw('SELECT MIN(id) AS id FROM transfers')) as [[{ id: Buffer }]];
  await connection('transfers').insert({
    id: transferId,
    type,
    amount_minor: Math.abs(gainMinor),
    currency: 'EUR',
    purchase_id: idBytes(purchaseId),
    reverses_transfer_id: reverses === null ? null : opening.id,
  });
  await connection('wallets')
    .where({ id: walletId })
    .update({
      balance_minor: connection.raw('balance_minor + ?', [gainMinor]),
      entry_sequence: connection.raw('entry_sequence + 1'),
      version: connection.raw('version + 1'),
    });
  await connection.raw(
    `INSERT INTO ledger_entries (transfer_id, line, account, wallet_id, amount_minor, currency, sequence, balance_after_minor)
     SELECT ?, 1, 'wallet', id, ?, currency, entry_sequence, balance_minor FROM wallets WHERE id = ?`,
    [transferId, gainMinor, walletId],
  );
  await connection('ledger_entries').insert({
    transfer_id: transferId,
    line: 2,
    account: 'sales',
    amount_minor: -gainMinor,
    currency: 'EUR',
  });
}

/** As if the wallets' events had come. */
async function copyLimits({ db }: Pick<AuditedPlatform, 'db'>): Promise<void> {
  const wallets = (await db.payment('wallets').select()) as { user_id: Buffer; balance_minor: number; version: number }[];
  for (const { user_id, balance_minor, version } of wallets)
    await db.product('buyer_limits').where({ user_id }).update({ available_minor: balance_minor, version });
}

function returnAgain(platform: AuditedPlatform, { refunded, book }: Shop): Promise<void> {
  return moveStock(platform, { purchaseId: refunded, productId: book, delta: 1, reason: 'return' });
}

function returnPaid(platform: AuditedPlatform, { paid, cheap }: Shop): Promise<void> {
  return moveStock(platform, { purchaseId: paid, productId: cheap, delta: 1, reason: 'return' });
}

function sellUnasked(platform: AuditedPlatform, { paid, free }: Shop): Promise<void> {
  return moveStock(platform, { purchaseId: paid, productId: free, delta: -1, reason: 'sale' });
}

type Movement = { purchaseId: string; productId: string; delta: number; reason: string };

async function moveStock({ db }: AuditedPlatform, { purchaseId, productId, delta, reason }: Movement): Promise<void> {
  await db.product.raw('UPDATE products SET stock = stock + ? WHERE id = ?', [delta, idBytes(productId)]);
  await db.product.raw(
    `INSERT INTO stock_movements (id, product_id, delta, reason, stock_after, purchase_id, created_at)
     SELECT ?, id, ?, ?, stock, ?, UTC_TIMESTAMP(3) FROM products WHERE id = ?`,
    [idBytes(newId()), delta, reason, idBytes(purchaseId), idBytes(productId)],
  );
}

/** Product hears of a payment that never was. */
async function payUncharged(platform: AuditedPlatform, { bob, book }: Shop): Promise<void> {
  const purchaseId = await platform.buy(bob, [{ productId: book, quantity: 1 }]);
  await platform.takeOutboxes();
  await platform.deliver([paidAnswer(purchaseId, bob)]);
}

/** As an instance of a release did that did not remember erasures. */
async function eraseUnknown(platform: AuditedPlatform, { bob }: Shop): Promise<void> {
  const userId = idBytes(bob);
  await platform.db.auth('users').where({ id: userId }).update({ status: 'erased' });
  await platform.db.payment('wallets').where({ user_id: userId }).update({ status: 'frozen' });
  await platform.db.product('buyer_limits').where({ user_id: userId }).update({ status: 'frozen' });
}

async function cancelUnanswered(platform: AuditedPlatform, { paid }: Shop): Promise<void> {
  await platform.cancel(paid);
  await platform.takeOutboxes();
  await grow(platform, paid);
}

/** Product hears of a refund that never was. */
async function refundUnpaid(platform: AuditedPlatform, { paid, alice }: Shop): Promise<void> {
  await platform.cancel(paid);
  await platform.takeOutboxes();
  await platform.deliver([refundAnswer(paid, alice, 700)]);
}

async function loseRefund(platform: AuditedPlatform, { paid }: Shop): Promise<void> {
  await platform.cancel(paid);
  await platform.deliver(await platform.takeOutboxes());
  await platform.deliver((await platform.takeOutboxes()).filter(({ event }) => event.type !== 'purchase-refunded'));
}

async function declineCharged(platform: AuditedPlatform, { bob, book }: Shop): Promise<void> {
  const purchaseId = await platform.buy(bob, [{ productId: book, quantity: 1 }]);
  await platform.deliver(await platform.takeOutboxes());
  const data = { purchaseId, userId: bob, amountMinor: 300, reason: 'INSUFFICIENT_FUNDS' };
  await platform.deliver([makeEvent('purchase-declined', { sequence: 1, data })]);
  await platform.untilQuiet();
}

async function loseDecision(platform: AuditedPlatform, { bob, book }: Shop): Promise<void> {
  await platform.buy(bob, [{ productId: book, quantity: 1 }]);
  await platform.deliver(await platform.takeOutboxes());
  await platform.deliver((await platform.takeOutboxes()).filter(({ event }) => event.type !== 'purchase-paid'));
}

async function payUnknown(platform: AuditedPlatform, { bob }: Shop): Promise<void> {
  const data = { purchaseId: newId(), userId: bob, items: [{ productId: newId(), name: 'x', quantity: 1, unitPriceMinor: 5 }] };
  await platform.deliver([makeEvent('purchase-requested', { sequence: 1, data: { ...data, totalMinor: 5, currency: 'EUR' } })]);
  await platform.deliver((await platform.takeOutboxes()).filter(({ event }) => event.type !== 'purchase-paid'));
}

async function loseRequest(platform: AuditedPlatform, { bob, book }: Shop): Promise<void> {
  const purchaseId = await platform.buy(bob, [{ productId: book, quantity: 1 }]);
  await platform.takeOutboxes();
  await grow(platform, purchaseId);
}

/** Makes it older than what is allowed to wait. */
async function grow({ db }: AuditedPlatform, purchaseId: string): Promise<void> {
  await db.product.raw('UPDATE purchases SET updated_at = updated_at - INTERVAL 61 SECOND WHERE id = ?', [idBytes(purchaseId)]);
}

function paidAnswer(purchaseId: string, userId: string): OutgoingEvent {
  return makeEvent('purchase-paid', { sequence: 1, data: { purchaseId, userId, amountMinor: 300, transferId: newId() } });
}

function refundAnswer(purchaseId: string, userId: string, amountMinor: number): OutgoingEvent {
  return makeEvent('purchase-refunded', { sequence: 2, data: { purchaseId, userId, amountMinor, transferId: newId() } });
}

function userRow(): string {
  return `INSERT INTO users (id, email, password_hash, roles, version, created_at)
    VALUES (REPEAT('x', 16), 'dave@example.com', 'none', 'buyer', 1, UTC_TIMESTAMP(3))`;
}

/** Applies a report to the first purchase of a status. */
function reportOf(status: string, of: string): string {
  const columns = 'id, purchase_id, status, at, is_applied, reported_by, idempotency_key, request_hash, created_at';
  const key = newId();
  return `INSERT INTO delivery_events (${columns})
          SELECT UNHEX('${key.replaceAll('-', '')}'), id, '${status}', NOW(3), 1, REPEAT('x', 16), '${key}', REPEAT('h', 32), NOW(3)
            FROM purchases WHERE status = '${of}' ORDER BY id LIMIT 1`;
}

function manyPurchases(number: number): string[] {
  const columns = 'id, user_id, status, total_minor, currency, idempotency_key, request_hash, created_at, updated_at';
  const rest = "REPEAT('u', 16), 'paid', 5, 'EUR', 'key', REPEAT('h', 32), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3)";
  return Array.from(
    { length: number },
    (_, index) =>
      `INSERT INTO purchases (${columns}) SELECT UNHEX('${String(index).padStart(32, '0')}'), ${rest.replace('key', `key-${index}`)}`,
  );
}

function failed(checks: AuditReport['checks']): string[] {
  return [...new Set(checks.filter(({ findings }) => findings > 0).map(({ name }) => name))].sort();
}

async function forEachDatabase(
  platform: AuditedPlatform,
  work: (db: Knex, service: ServiceName) => Promise<void>,
): Promise<void> {
  await Promise.all(serviceNames.map((service) => work(platform.db[service], service)));
}

async function tablesOf(db: Knex): Promise<string[]> {
  const [rows] = (await db.raw(
    `SELECT table_name AS name FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name NOT LIKE 'migrations%' AND table_name NOT LIKE 'kept%'`,
  )) as [{ name: string }[]];
  return rows.map(({ name }) => name);
}

async function restore(db: Knex, tables: readonly string[]): Promise<void> {
  await db.transaction(async (connection) => {
    await connection.raw('SET FOREIGN_KEY_CHECKS = 0');
    for (const table of tables) {
      await connection.raw('DELETE FROM ??', [table]);
      const columns = await ownColumnsOf(connection, table);
      const names = columns.map(() => '??').join(', ');
      await connection.raw(`INSERT INTO ?? (${names}) SELECT ${names} FROM ??`, [table, ...columns, ...columns, `kept_${table}`]);
    }
    await connection.raw('SET FOREIGN_KEY_CHECKS = 1');
  });
}

/** Those that are not made of others. */
async function ownColumnsOf(db: Knex, table: string): Promise<string[]> {
  const [rows] = (await db.raw(
    `SELECT COLUMN_NAME AS name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? AND extra NOT LIKE '%GENERATED%'`,
    [table],
  )) as [{ name: string }[]];
  return rows.map(({ name }) => name);
}
