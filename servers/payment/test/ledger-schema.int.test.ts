import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { endHold } from '../src/holds/end-hold.ts';
import { placeHold } from '../src/holds/place-hold.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { recordReport } from '../src/top-ups/record-report.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, registered, requested } from './make-events.ts';

/** Places a captured and an open hold, a settled and a pending top-up, and an adjustment. */
async function placeRows(trx: Knex.Transaction, userId: string): Promise<void> {
  const wish = { userId, currency: 'EUR', actorId: newId(), amountMinor: 20 };
  const hold = await placeHold(trx, { ...wish, idempotencyKey: 'h1', ttlS: 60 });
  await placeHold(trx, { ...wish, idempotencyKey: 'h2', ttlS: 60 });
  await endHold(trx, { holdId: hold.id, actorId: wish.actorId, ending: { status: 'captured' } });
  const topUp = await beginTopUp(trx, { ...wish, idempotencyKey: 't1' }, { provider: 'test', leaseMs: 1 });
  await beginTopUp(trx, { ...wish, idempotencyKey: 't2' }, { provider: 'test', leaseMs: 1 });
  await recordReport(trx, { topUpId: topUp.id, status: 'settled', amountMinor: 20, currency: 'EUR', reference: 'r' });
  await adjustWallet(trx, { ...wish, idempotencyKey: 'a1', reason: 'test' });
}

function insertTransfer(type: string, sourceId: string): string {
  return `INSERT INTO transfers (id, type, amount_minor, currency, source_id) VALUES (REPEAT('y', 16), ${type}, 1, 'EUR', ${sourceId})`;
}

/** Copies a row with another id and without its transfer, but with the same user and key. */
function again(table: 'holds' | 'top_ups' | 'adjustments', userColumn: string): string {
  const [columns, values] = {
    holds: ['amount_minor, currency, expires_at', 'amount_minor, currency, expires_at'],
    top_ups: [
      'amount_minor, currency, provider, next_attempt_at, updated_at',
      'amount_minor, currency, provider, created_at, updated_at',
    ],
    adjustments: [
      'amount_minor, currency, reason, transfer_id, balance_after_minor',
      "amount_minor, currency, reason, (SELECT id FROM transfers WHERE type = 'opening-credit' LIMIT 1), balance_after_minor",
    ],
  }[table] as [string, string];
  const user = userColumn === 'user_id' ? 'user_id' : `user_id, ${userColumn}`;
  return `INSERT INTO ${table} (id, wallet_id, ${user}, ${columns}, idempotency_key, request_hash, created_at)
    SELECT REVERSE(id), wallet_id, ${user}, ${values}, idempotency_key, request_hash, created_at FROM ${table} LIMIT 1`;
}

/** The database refuses these even if the code fails. */
describe('the schema of the ledger', () => {
  let database: TestDatabase;
  const alice = newId();

  before(async () => {
    database = await createTestDatabase(migrations);
    const kept = requested({ userId: alice, totalMinor: 300 });
    const undone = requested({ userId: alice, totalMinor: 200 });
    const dear = requested({ userId: alice, totalMinor: 5000 });
    await database.db.transaction(async (trx) => {
      await openWallets(trx, [registered(alice)], { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 2000 });
      await payPurchases(trx, [kept, undone, dear]);
      await refundPurchases(trx, [cancelled(undone.data)], { currency: 'EUR' });
      await placeRows(trx, alice);
    });
  });
  after(() => database.drop());

  const refused: [string, string, RegExp][] = [
    ['an entry to be changed', 'UPDATE ledger_entries SET amount_minor = 1 LIMIT 1', /append-only/],
    ['an entry to be deleted', 'DELETE FROM ledger_entries LIMIT 1', /append-only/],
    ['a transfer to be changed', 'UPDATE transfers SET amount_minor = 1 LIMIT 1', /append-only/],
    ['a transfer to be deleted', 'DELETE FROM transfers LIMIT 1', /append-only/],
    ['an account to be changed', "UPDATE accounts SET name = 'sold' WHERE name = 'sales'", /append-only/],
    ['an account to be deleted', "DELETE FROM accounts WHERE name = 'sales'", /append-only/],
    ['a wallet below its credit limit', 'UPDATE wallets SET balance_minor = -1', /wallets_available/],
    ['more to be held than is there', 'UPDATE wallets SET held_minor = 100000', /wallets_available/],
    ['a negative hold', 'UPDATE wallets SET held_minor = -1', /wallets_held/],
    ['a negative spend limit', 'UPDATE wallets SET spend_limit_minor = -1', /wallets_spend_limit/],
    ['a negative credit limit', 'UPDATE wallets SET credit_limit_minor = -1', /wallets_credit_limit/],
    [
      'a balance that JSON cannot carry',
      'UPDATE wallets SET balance_minor = 9007199254740992, held_minor = 9007199254740991',
      /wallets_balance/,
    ],
    ['an unknown wallet status', "UPDATE wallets SET status = 'lost'", /wallets_status/],
    [
      'a second wallet of a user and currency',
      'INSERT INTO wallets (id, user_id, currency, balance_minor, spend_limit_minor, version, entry_sequence) ' +
        'SELECT REVERSE(id), user_id, currency, 0, 0, 1, 0 FROM wallets',
      /wallets_user_currency/,
    ],
    [
      'a second charge of a purchase',
      'INSERT INTO transfers (id, type, amount_minor, currency, purchase_id) ' +
        "SELECT REVERSE(id), type, amount_minor, currency, purchase_id FROM transfers WHERE type = 'purchase'",
      /transfers_once_per_purchase/,
    ],
    [
      'a second reversal of a charge',
      'INSERT INTO transfers (id, type, amount_minor, currency, purchase_id, reverses_transfer_id) ' +
        "SELECT REVERSE(id), type, amount_minor, currency, REVERSE(purchase_id), reverses_transfer_id FROM transfers WHERE type = 'refund'",
      /transfers_reversed_once/,
    ],
    [
      'a charge without a purchase',
      "INSERT INTO transfers (id, type, amount_minor, currency) VALUES (REPEAT('x', 16), 'purchase', 1, 'EUR')",
      /transfers_of_a_purchase/,
    ],
    [
      'an entry without its transfer',
      "INSERT INTO ledger_entries (transfer_id, line, account, amount_minor, currency) VALUES (REPEAT('x', 16), 1, 'sales', 1, 'EUR')",
      /ledger_entries_transfer/,
    ],
    [
      'an entry of nothing',
      "INSERT INTO ledger_entries (transfer_id, line, account, amount_minor, currency) SELECT id, 9, 'sales', 0, 'EUR' FROM transfers",
      /ledger_entries_amount/,
    ],
    [
      'a wallet entry without its wallet',
      "INSERT INTO ledger_entries (transfer_id, line, account, amount_minor, currency) SELECT id, 9, 'wallet', 1, 'EUR' FROM transfers",
      /ledger_entries_of_a_wallet/,
    ],
    [
      'two wallet entries in one place',
      'INSERT INTO ledger_entries (transfer_id, line, account, wallet_id, amount_minor, currency, sequence, balance_after_minor) ' +
        "SELECT transfer_id, 9, account, wallet_id, amount_minor, currency, sequence, balance_after_minor FROM ledger_entries WHERE account = 'wallet'",
      /ledger_entries_wallet_sequence/,
    ],
    [
      'a second decision on a purchase',
      'INSERT INTO payments (id, purchase_id, user_id, status, amount_minor, currency, version) ' +
        "SELECT REVERSE(id), purchase_id, user_id, 'voided', 0, 'EUR', 1 FROM payments",
      /payments_purchase/,
    ],
    [
      'a charged payment without a charge',
      "UPDATE payments SET charge_transfer_id = NULL WHERE status = 'charged'",
      /payments_charged/,
    ],
    [
      'a refund without a refund transfer',
      "UPDATE payments SET status = 'refunded' WHERE status = 'charged'",
      /payments_refunded/,
    ],
    [
      'a declined payment without a reason',
      "UPDATE payments SET decline_reason = NULL WHERE status = 'declined'",
      /payments_declined/,
    ],
    [
      'a charge that its facts do not cover',
      "UPDATE payments SET decided_balance_minor = 299 WHERE status = 'charged' AND amount_minor = 300",
      /payments_covered/,
    ],
    ['facts without a wallet', "UPDATE payments SET wallet_id = NULL WHERE status = 'declined'", /payments_facts/],
    ['a negative daily limit', 'UPDATE wallets SET daily_limit_minor = -1', /wallets_daily_limit/],
    ['less than nothing to be spent', 'UPDATE wallets SET spent_minor = -1', /wallets_spent/],
    ['a top-up without its source', insertTransfer("'top-up'", 'NULL'), /transfers_of_a_source/],
    [
      'a hold to be captured twice',
      "INSERT INTO transfers (id, type, amount_minor, currency, source_id) SELECT REVERSE(id), type, 1, currency, source_id FROM transfers WHERE type = 'capture'",
      /transfers_once_per_source/,
    ],
    ['a second hold under a key', again('holds', 'placed_by'), /holds_idempotency/],
    ['a second top-up under a key', again('top_ups', 'user_id'), /top_ups_idempotency/],
    ['a second adjustment under a key', again('adjustments', 'adjusted_by'), /adjustments_idempotency/],
    ['an ended hold to end again', "UPDATE holds SET status = 'released' WHERE status = 'captured'", /ends once/],
    ['more to be captured than is held', "UPDATE holds SET captured_minor = 9000 WHERE status = 'held'", /holds_captured/],
    ['a hold of another amount', "UPDATE holds SET amount_minor = amount_minor + 1 WHERE status = 'held'", /ends once/],
    ['a hold to be deleted', 'DELETE FROM holds LIMIT 1', /kept/],
    ['a settled top-up to fail', "UPDATE top_ups SET status = 'failed' WHERE status = 'settled'", /stays settled/],
    ['a top-up to be settled without a transfer', "UPDATE top_ups SET status = 'settled' WHERE status = 'pending'", /top_ups_/],
    ['an adjustment to be changed', 'UPDATE adjustments SET amount_minor = 1', /append-only/],
    ['an adjustment to be deleted', 'DELETE FROM adjustments', /append-only/],
    ['a declined payment to be paid', "UPDATE payments SET status = 'charged' WHERE status = 'declined'", /payments_/],
  ];
  for (const [what, statement, reason] of refused) {
    it(`refuses ${what}`, async () => {
      const failure: unknown = await database.db.raw(statement).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(String(failure)).to.match(reason);
    });
  }
});
