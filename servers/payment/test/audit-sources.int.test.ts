import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { decideReview } from '../src/adjustments/decide-review.ts';
import { requestReview } from '../src/adjustments/request-review.ts';
import { endHold } from '../src/holds/end-hold.ts';
import { expireHolds } from '../src/holds/expire-holds.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { snapshotInvariant } from '../src/ledger/check-snapshots.ts';
import { takeSnapshot } from '../src/ledger/take-snapshot.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { rules } from '../src/payments/rules.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { recordReport } from '../src/top-ups/record-report.ts';
import { requested } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { postIn } from './post-at.ts';

const tables = [
  ...['wallets', 'ledger_periods', 'ledger_snapshots', 'transfers', 'ledger_entries', 'payments'],
  ...['holds', 'top_ups', 'adjustments', 'adjustment_reviews'],
];

/** Removes the safeguards of the tables, so that tests can corrupt them. */
const safeguards = [
  ...['transfers', 'ledger_entries', 'holds', 'top_ups', 'adjustments', 'adjustment_reviews'].flatMap((table) => [
    `DROP TRIGGER ${table}_no_update`,
    `DROP TRIGGER ${table}_no_delete`,
  ]),
  'DROP TRIGGER transfers_period',
  'DROP TRIGGER ledger_entries_booking',
  ...['holds_captured', 'holds_captured_amount', 'holds_ended'].map((name) => `ALTER TABLE holds DROP CONSTRAINT ${name}`),
  ...['top_ups_settled', 'top_ups_failed', 'top_ups_due_again'].map((name) => `ALTER TABLE top_ups DROP CONSTRAINT ${name}`),
  'ALTER TABLE adjustment_reviews DROP CONSTRAINT adjustment_reviews_decided',
  'ALTER TABLE wallets DROP CONSTRAINT wallets_credit_limit',
  'ALTER TABLE wallets DROP CONSTRAINT wallets_available',
  'ALTER TABLE payments DROP CONSTRAINT payments_covered',
];

const ruleOf = new Map(invariants.map(({ check, rule }) => [check, rule]));

describe('auditLedger, for holds, top-ups, adjustments and snapshots,', () => {
  let database: TestDatabase;
  let alice: { id: string };
  let bob: { id: string };

  before(async () => {
    database = await createTestDatabase(migrations);
    const { db } = database;
    alice = await openWalletOf(db);
    bob = await openWalletOf(db);
    const of = { userId: alice.id, currency: 'EUR' };
    const actor = () => ({ actorId: newId(), idempotencyKey: newId() });
    const hold = async (amountMinor: number, inMs = 0) => {
      const placed = await postIn(db, inMs, (trx) => placeHold(trx, { ...of, ...actor(), amountMinor, ttlS: 600 }));
      return placed.id;
    };
    const topUp = async (status: 'settled' | 'failed', amountMinor: number) => {
      const request = { ...of, idempotencyKey: newId(), amountMinor };
      const options = { provider: 'test', leaseMs: 60_000 };
      const begun = await db.transaction((trx) => beginTopUp(trx, request, options));
      const report = { topUpId: begun.id, status, amountMinor, currency: 'EUR', reference: newId(), reason: 'no money' };
      await db.transaction((trx) => recordReport(trx, report));
    };
    const requests = [100, 900, 90].map((totalMinor) => requested({ userId: alice.id, totalMinor }));

    await db.transaction((trx) => payPurchases(trx, requests));
    const captured = await hold(50);
    const released = await hold(60);
    await hold(70, -3_600_000);
    await hold(80);
    for (const [holdId, status] of [
      [captured, 'captured'],
      [released, 'released'],
    ] as const)
      await db.transaction((trx) => endHold(trx, { holdId, actorId: newId(), ending: { status } }));
    await db.transaction((trx) => expireHolds(trx, { limit: 10 }));
    await takeSnapshot(db);
    await topUp('settled', 300);
    await topUp('failed', 400);
    for (const amountMinor of [20, -30])
      await db.transaction((trx) => adjustWallet(trx, { ...of, ...actor(), amountMinor, reason: 'a test' }));
    for (const verdict of ['approved', 'rejected', undefined] as const) {
      const wanted = { ...of, ...actor(), amountMinor: 7, reason: 'a test' };
      const { id: adjustmentId } = await db.transaction((trx) => requestReview(trx, wanted));
      if (verdict) await db.transaction((trx) => decideReview(trx, { adjustmentId, verdict, actorId: newId() }));
    }
    await takeSnapshot(db);
    await db.transaction((trx) => payPurchases(trx, [requested({ userId: bob.id, totalMinor: 5 })]));
    for (const statement of safeguards) await db.raw(statement);
    for (const table of tables) await db.raw(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
  });
  after(() => database.drop());
  beforeEach(() =>
    corrupt(tables.flatMap((table) => [`DELETE FROM ${table}`, `INSERT INTO ${table} SELECT * FROM kept_${table}`])),
  );

  it('finds nothing wrong', async () => {
    expect(await auditLedger(database.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  });

  const corruptions: [what: string, statement: string, rule: string | undefined][] = [
    ['a wallet that holds more', 'UPDATE wallets SET held_minor = held_minor + 1 WHERE held_minor > 0', ruleOf.get('held-sums')],
    [
      'a hold that nobody counts',
      "UPDATE holds SET status = 'held', ended_at = NULL WHERE status = 'released'",
      ruleOf.get('held-sums'),
    ],
    ['more captured than held', "UPDATE holds SET captured_minor = 51 WHERE status = 'captured'", ruleOf.get('captures')],
    ['a capture gone', "UPDATE holds SET capture_transfer_id = NULL WHERE status = 'captured'", ruleOf.get('captures')],
    [
      'a captured hold that says released',
      "UPDATE holds SET status = 'released' WHERE status = 'captured'",
      ruleOf.get('captures'),
    ],
    [
      "a capture from another's wallet",
      "UPDATE holds JOIN wallets w ON w.user_id <> holds.user_id SET wallet_id = w.id WHERE holds.status = 'captured'",
      ruleOf.get('captures'),
    ],
    [
      'a hold that outlived its time',
      "UPDATE holds SET expires_at = NOW(3) - INTERVAL 1 HOUR WHERE status = 'held'",
      ruleOf.get('hold-ends'),
    ],
    [
      'a hold that expired early',
      "UPDATE holds SET ended_at = expires_at - INTERVAL 1 SECOND WHERE status = 'expired'",
      ruleOf.get('hold-ends'),
    ],
    ['a top-up of another amount', "UPDATE top_ups SET amount_minor = 301 WHERE status = 'settled'", ruleOf.get('top-ups')],
    [
      'a settled top-up without its credit',
      "UPDATE top_ups SET transfer_id = NULL WHERE status = 'settled'",
      ruleOf.get('top-ups'),
    ],
    ['a failed top-up that was credited', "UPDATE top_ups SET status = 'failed' WHERE status = 'settled'", ruleOf.get('top-ups')],
    ['a top-up credited twice', copyOf('top-up'), ruleOf.get('source-transfers')],
    ['a capture of no hold', "DELETE FROM holds WHERE status = 'captured'", ruleOf.get('source-transfers')],
    ['an adjustment that nobody made', 'DELETE FROM adjustments LIMIT 1', ruleOf.get('source-transfers')],
    [
      'an adjustment of another amount',
      'UPDATE adjustments SET amount_minor = amount_minor + 1 LIMIT 1',
      ruleOf.get('adjustments'),
    ],
    ['an adjustment to another balance', 'UPDATE adjustments SET balance_after_minor = 0 LIMIT 1', ruleOf.get('adjustments')],
    ['a review that claims its approval', "UPDATE adjustment_reviews SET status = 'approved'", ruleOf.get('adjustment-reviews')],
    [
      'money that moved before the approval',
      "UPDATE adjustment_reviews SET status = 'pending' WHERE status = 'approved'",
      ruleOf.get('adjustment-reviews'),
    ],
    ['a review of another amount', 'UPDATE adjustment_reviews SET amount_minor = 8', ruleOf.get('adjustment-reviews')],
    ['a negative limit', 'UPDATE wallets SET credit_limit_minor = -1', ruleOf.get('limits')],
    [
      'a day that was counted wrong',
      'UPDATE wallets SET spent_minor = spent_minor + 1 WHERE spent_minor > 0',
      ruleOf.get('limits'),
    ],
    [
      'facts that are not those of the ledger',
      "UPDATE payments SET decided_balance_minor = decided_balance_minor + 1 WHERE status = 'charged'",
      ruleOf.get('decision-facts'),
    ],
    [
      'a charge above its limit',
      "UPDATE payments SET decided_spend_limit_minor = 4 WHERE status = 'charged'",
      ruleOf.get('decision-facts'),
    ],
    [
      'a refusal without a reason',
      "UPDATE payments SET decided_spend_limit_minor = 1000 WHERE decline_reason = 'SPEND_LIMIT_EXCEEDED'",
      ruleOf.get('decision-facts'),
    ],
    ...rules
      .filter(({ reason, brokenSql }) => brokenSql !== null && reason !== 'SPEND_LIMIT_EXCEEDED')
      .map(({ reason }): [string, string, string | undefined] => [
        `a decline that claims ${reason}`,
        `UPDATE payments SET decline_reason = '${reason}' WHERE decline_reason = 'SPEND_LIMIT_EXCEEDED'`,
        ruleOf.get('decision-facts'),
      ]),
    [
      'an entry that goes back in time',
      'UPDATE ledger_entries SET created_at = created_at - INTERVAL 1 DAY WHERE sequence = 2',
      ruleOf.get('entry-times'),
    ],
    [
      'an entry of another type',
      "UPDATE ledger_entries SET type = 'refund' WHERE type = 'top-up'",
      'an entry belongs to a transfer of its currency and type',
    ],
    [
      'a snapshot that was changed',
      'UPDATE ledger_snapshots SET credit_minor = credit_minor + 1 WHERE period_number = 0 LIMIT 1',
      snapshotInvariant.rule,
    ],
    ['a snapshot gone', 'DELETE FROM ledger_snapshots WHERE period_number = 1', snapshotInvariant.rule],
    [
      'a transfer in a period that was closed',
      'UPDATE transfers SET period_number = 0 WHERE period_number = 2',
      snapshotInvariant.rule,
    ],
    [
      'a transfer taken out of its period',
      'UPDATE transfers SET period_number = 7 WHERE period_number = 1 LIMIT 1',
      snapshotInvariant.rule,
    ],
  ];
  for (const [what, statement, rule] of corruptions) {
    it(`finds ${what}`, async () => {
      await corrupt([statement]);
      const { ok, mismatches } = await auditLedger(database.db, { invariants });
      expect(ok).to.equal(false);
      expect(mismatches.map((one) => one.rule)).to.include(rule);
      for (const { id, detail } of mismatches) {
        expect(id).to.match(/^([0-9a-f-]{36}|period \d+)$/);
        expect(detail).not.to.equal('null');
        expect(detail).not.to.match(/[<>]/);
      }
    });
  }

  it('reports a wrong period once, not all later periods', async () => {
    await corrupt(["UPDATE ledger_snapshots SET credit_minor = credit_minor + 1 WHERE account = 'sales' AND period_number = 0"]);
    const { mismatches } = await auditLedger(database.db, { invariants });
    expect(mismatches.map(({ id }) => id)).to.deep.equal(['period 0', 'period 1']);
  });

  describe('for one user', () => {
    it("counts the user's rows", async () => {
      expect(await auditLedger(database.db, { invariants, userId: bob.id })).to.deep.equal({
        ok: true,
        transfers: 2,
        entries: 4,
        sumMinor: 0,
        walletsChecked: 1,
        mismatches: [],
      });
      expect(await auditLedger(database.db, { invariants, userId: alice.id })).to.deep.include({
        ok: true,
        transfers: 8,
        walletsChecked: 1,
      });
    });

    for (const [what, statement, rule] of corruptions) {
      if (rule === snapshotInvariant.rule || what === 'a top-up credited twice') continue;
      it(`finds ${what}`, async () => {
        await corrupt([statement]);
        const [hers, his] = [
          await auditLedger(database.db, { invariants, userId: alice.id }),
          await auditLedger(database.db, { invariants, userId: bob.id }),
        ];
        expect([...hers.mismatches, ...his.mismatches].map((one) => one.rule)).to.include(rule);
      });
    }

    it("does not find another user's faults", async () => {
      await corrupt([`UPDATE top_ups SET amount_minor = 301 WHERE status = 'settled'`]);
      expect(await auditLedger(database.db, { invariants, userId: bob.id })).to.include({ ok: true });
      const failure = await auditLedger(database.db, { invariants, userId: newId() }).catch((error: unknown) => error);
      expect(failure).to.include({ code: 'NOT_FOUND' });
    });
  });

  async function corrupt(statements: readonly string[]): Promise<void> {
    await database.db.transaction(async (trx) => {
      await trx.raw('SET foreign_key_checks = 0');
      for (const statement of statements) await trx.raw(statement);
      await trx.raw('SET foreign_key_checks = 1');
    });
  }
});

function copyOf(type: string): string {
  return (
    'INSERT INTO transfers (id, type, amount_minor, currency, source_id, period_number) ' +
    `SELECT REVERSE(id), type, 0, currency, REVERSE(source_id), 2 FROM transfers WHERE type = '${type}' LIMIT 1`
  );
}
