import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };
const tables = ['wallets', 'transfers', 'ledger_entries', 'payments'];

/** Removes the safeguards of the tables, so that tests can corrupt them. */
const safeguards = [
  ...['transfers', 'ledger_entries'].flatMap((table) => [`DROP TRIGGER ${table}_no_update`, `DROP TRIGGER ${table}_no_delete`]),
  'ALTER TABLE wallets DROP CONSTRAINT wallets_available',
  'ALTER TABLE payments DROP CONSTRAINT payments_charged',
  'ALTER TABLE payments DROP CONSTRAINT payments_wallet_of_a_charge',
  'ALTER TABLE transfers DROP INDEX transfers_once_per_purchase',
  'ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_transfer',
  'ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_wallet',
];

const ruleOf = new Map(invariants.map(({ check, rule }) => [check, rule]));
const [moves, transferCurrency, account, walletCurrency, follow, balance, covered, charge, refund, named] = [
  ...['transfer-sums', 'entry-transfers', 'entry-accounts', 'entry-wallets', 'entry-sequences', 'wallet-balances'],
  ...['wallet-cover', 'charges', 'refunds', 'payment-transfers'],
].map((check) => ruleOf.get(check));

describe('auditLedger', () => {
  let database: TestDatabase;
  const [alice, bob] = [newId(), newId()];

  before(async () => {
    database = await createTestDatabase(migrations);
    const requests = [300, 200, 0, 700, 900].map((totalMinor) => requested({ userId: alice, totalMinor }));
    const undone = requests.slice(1, 3).map(({ data }) => cancelled(data));
    await database.db.transaction(async (trx) => {
      await openWallets(trx, [registered(alice), registered(bob)], terms);
      await payPurchases(trx, [...requests, requested({ userId: bob, totalMinor: 50 })]);
      await refundPurchases(trx, [...undone, cancelled({ purchaseId: newId(), userId: bob })], terms);
    });
    for (const table of tables) await database.db.raw(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  });
  after(() => database.drop());

  it('finds nothing wrong, and counts what was posted', async () => {
    expect(await auditLedger(database.db, { invariants })).to.deep.equal({
      ok: true,
      transfers: 8,
      entries: 12,
      sumMinor: 0,
      walletsChecked: 2,
      mismatches: [],
    });
  });

  it('reads one moment while purchases continue', async () => {
    let isOver = false;
    const shopping = (async () => {
      while (!isOver) {
        const request = requested({ userId: bob, totalMinor: 1 });
        await database.db.transaction((trx) => payPurchases(trx, [request]));
        await database.db.transaction((trx) => refundPurchases(trx, [cancelled(request.data)], terms));
      }
    })();
    for (let audit = 0; audit < 15; audit++) {
      expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
    }
    isOver = true;
    await shopping;
  });

  describe('finds', () => {
    before(async () => {
      for (const statement of safeguards) await database.db.raw(statement);
    });
    beforeEach(() => restore());

    const corruptions: [string, string[], (string | undefined)[]][] = [
      [
        'an entry that was changed',
        ["UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE account = 'sales' LIMIT 1"],
        [moves],
      ],
      [
        'a transfer that was changed',
        ["UPDATE transfers SET amount_minor = amount_minor + 1 WHERE type = 'purchase' LIMIT 1"],
        [moves],
      ],
      [
        'the entries of a transfer gone',
        [
          'DELETE FROM ledger_entries WHERE transfer_id = ' +
            "(SELECT charge_transfer_id FROM payments WHERE status = 'charged' AND amount_minor = 300)",
        ],
        [moves, follow, balance, charge],
      ],
      [
        'entries that belong to no transfer',
        [
          'INSERT INTO ledger_entries (transfer_id, line, account, amount_minor, currency) ' +
            "VALUES (REPEAT('x', 16), 1, 'sales', 5, 'EUR'), (REPEAT('x', 16), 2, 'adjustments', -5, 'EUR')",
        ],
        [transferCurrency],
      ],
      [
        'an entry in another currency',
        ["UPDATE ledger_entries SET currency = 'USD' WHERE account = 'sales' LIMIT 1"],
        [moves, transferCurrency],
      ],
      [
        'an entry of an unknown account',
        ["UPDATE ledger_entries SET account = 'slaes' WHERE account = 'sales' LIMIT 1"],
        [account],
      ],
      ['a transfer that crosses currencies', ["UPDATE wallets SET currency = 'USD' WHERE entry_sequence = 2"], [walletCurrency]],
      ['entries of a wallet that is gone', ['DELETE FROM wallets WHERE entry_sequence = 2'], [walletCurrency]],
      [
        'a balance-after that does not follow',
        ['UPDATE ledger_entries SET balance_after_minor = balance_after_minor + 1 WHERE sequence = 2 LIMIT 1'],
        [follow],
      ],
      ['a gap in the sequence', ['UPDATE ledger_entries SET sequence = 9 WHERE sequence = 4'], [follow, balance]],
      ['a first entry gone', ['UPDATE ledger_entries SET sequence = sequence + 20'], [follow, balance]],
      ['a balance that was changed', ['UPDATE wallets SET balance_minor = balance_minor + 1 LIMIT 1'], [balance]],
      ['a counter that was changed', ['UPDATE wallets SET entry_sequence = entry_sequence + 1 LIMIT 1'], [balance]],
      ['a wallet that holds more than it has', ['UPDATE wallets SET held_minor = 5000 LIMIT 1'], [covered]],
      [
        'a payment of another amount than its charge',
        ["UPDATE payments SET amount_minor = amount_minor + 1 WHERE status = 'charged' LIMIT 1"],
        [charge],
      ],
      [
        'a charged payment without a charge',
        ["UPDATE payments SET charge_transfer_id = NULL WHERE status = 'charged' LIMIT 1"],
        [charge, named],
      ],
      [
        "a charge from another's wallet",
        [
          "UPDATE payments JOIN wallets ON wallets.user_id <> payments.user_id SET wallet_id = wallets.id WHERE payments.status = 'charged'",
        ],
        [charge],
      ],
      [
        "another buyer's payment",
        [
          "UPDATE payments JOIN wallets ON wallets.user_id <> payments.user_id SET payments.user_id = wallets.user_id WHERE payments.status = 'charged'",
        ],
        [charge],
      ],
      [
        'a purchase charged twice',
        [
          'INSERT INTO transfers (id, type, amount_minor, currency, purchase_id) ' +
            "SELECT REVERSE(id), type, 0, currency, purchase_id FROM transfers WHERE type = 'purchase' AND amount_minor = 0",
        ],
        [named],
      ],
      [
        'a declined purchase charged',
        [
          'INSERT INTO transfers (id, type, amount_minor, currency, purchase_id) ' +
            "SELECT id, 'purchase', 0, 'EUR', purchase_id FROM payments WHERE status = 'declined'",
        ],
        [named],
      ],
      ['a charge without a payment', ["DELETE FROM payments WHERE status = 'charged'"], [named]],
      [
        'a refund that its payment does not know',
        ["UPDATE payments SET status = 'charged', refund_transfer_id = NULL WHERE status = 'refunded'"],
        [named],
      ],
      [
        'a refund of another charge',
        [
          "UPDATE transfers SET reverses_transfer_id = (SELECT charge_transfer_id FROM payments WHERE amount_minor = 300) WHERE type = 'refund' LIMIT 1",
        ],
        [refund],
      ],
    ];
    for (const [what, statements, rules] of corruptions) {
      it(what, async () => {
        await corrupt(statements);
        const { ok, mismatches } = await auditLedger(database.db, { invariants });
        expect(ok).to.equal(false);
        expect(mismatches.map(({ rule }) => rule)).to.include.members(rules);
        for (const { id, detail } of mismatches) {
          expect(id).to.have.length(36);
          expect(detail).not.to.equal('null');
          expect(detail).not.to.match(/[<>]/);
        }
      });
    }

    it('shows amounts with the decimals of their currency', async () => {
      await corrupt(['UPDATE wallets SET balance_minor = balance_minor + 1 WHERE balance_minor = 700']);
      const [mismatch] = (await auditLedger(database.db, { invariants })).mismatches;
      expect(mismatch?.detail).to.equal(
        'balance 7.01 EUR after entry 4; 4 entries sum to 7.00 EUR, the last is 4 and leaves 7.00 EUR',
      );
      await corrupt(["UPDATE wallets SET currency = 'JPY' WHERE balance_minor = 701"]);
      const details = (await auditLedger(database.db, { invariants })).mismatches.map(({ detail }) => detail);
      expect(details).to.include('balance 701 JPY after entry 4; 4 entries sum to 700 JPY, the last is 4 and leaves 700 JPY');
    });

    it('shows the missing amount in its sum', async () => {
      await corrupt(["UPDATE ledger_entries SET amount_minor = amount_minor - 7 WHERE account = 'opening-credit' LIMIT 1"]);
      expect(await auditLedger(database.db, { invariants })).to.include({ ok: false, sumMinor: -7 });
    });

    it('at most a hundred mismatches', async () => {
      const users = Array.from({ length: 150 }, newId);
      await database.db.transaction((trx) => openWallets(trx, users.map(registered), terms));
      await corrupt(['UPDATE wallets SET balance_minor = balance_minor + 1']);
      const { mismatches, walletsChecked } = await auditLedger(database.db, { invariants });
      expect(mismatches).to.have.length(100);
      expect(walletsChecked).to.equal(152);
    });
  });

  async function corrupt(statements: readonly string[]): Promise<void> {
    await database.db.transaction(async (trx) => {
      await trx.raw('SET foreign_key_checks = 0');
      for (const statement of statements) await trx.raw(statement);
      await trx.raw('SET foreign_key_checks = 1');
    });
  }

  function restore(): Promise<void> {
    return corrupt(tables.flatMap((table) => [`DELETE FROM ${table}`, `INSERT INTO ${table} SELECT * FROM kept_${table}`]));
  }
});
