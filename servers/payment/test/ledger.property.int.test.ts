import { idBytes, newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { migrations } from '../migrations/index.ts';
import { type HoldRow, holdOf } from '../src/holds/hold.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { type Payment, type PaymentRow, paymentOf } from '../src/payments/payment.ts';
import { type TopUpRow, topUpOf } from '../src/top-ups/top-up.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { createLedgerModel } from './ledger-model.ts';
import { manySteps, operationsOf, purchaseShapes, takeStep, USERS, type World } from './ledger-steps.ts';
import { registered } from './make-events.ts';
import { entriesOf, published, walletsOf } from './read-ledger.ts';

const terms = { currency: 'EUR', openingCreditMinor: 100, spendLimitMinor: 60 };
/** LEDGER_OPERATIONS=1000000 LEDGER_SEED=7 runs a million operations; a seed repeats them. */
const OPERATIONS = Number(process.env['LEDGER_OPERATIONS'] ?? 10_000);
const SEED = Number(process.env['LEDGER_SEED'] ?? Date.now() % 1_000_000);
const RUNS_BATCH_SIZE = 10;
/** Skips shrinking: for mutations, a failure is enough. */
const IS_SHORT = process.env['LEDGER_SHRINK'] === 'no';

describe('the whole ledger, against a model', () => {
  let database: TestDatabase;
  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());

  it(`does what the model does, in ${OPERATIONS} operations (LEDGER_SEED=${SEED})`, async () => {
    let operations = 0;
    let worlds = 0;
    for (let seed = SEED; operations < OPERATIONS; seed++) {
      await fc.assert(
        fc.asyncProperty(purchaseShapes, manySteps, async (shapes, steps) => {
          const world = await openWorld(shapes);
          for (const step of steps) {
            const { expected, actual } = await takeStep(database.db, world, step);
            expect(actual, JSON.stringify(step)).to.equal(expected);
            operations += operationsOf(step);
          }
          await compare(world);
          worlds++;
        }),
        { seed, numRuns: RUNS_BATCH_SIZE, unbiased: true, endOnFailure: IS_SHORT },
      );
    }
    const { transfers, entries, ...audit } = await auditLedger(database.db, { invariants });
    expect(audit).to.deep.include({ ok: true, mismatches: [] });
    if ('LEDGER_OPERATIONS' in process.env)
      console.log({ seed: SEED, operations, worlds, transfers, entries, wallets: audit.walletsChecked });
  }).timeout(Math.max(60_000, OPERATIONS * 10));

  async function openWorld(shapes: readonly { user: number; amount: number; currency: string }[]): Promise<World> {
    const users = Array.from({ length: USERS }, newId);
    const model = createLedgerModel({ openingCredit: terms.openingCreditMinor, spendLimit: terms.spendLimitMinor });
    const opened = users.slice(0, -1);
    await database.db('outbox').delete();
    await database.db.transaction((trx) => openWallets(trx, opened.map(registered), terms));
    for (const user of opened) model.open(user);
    const purchases = shapes.map(({ user, ...rest }) => ({ ...rest, id: newId(), user: users[user] as string }));
    return { model, users, purchases, nowMs: Date.parse('2030-01-01T12:00:00Z'), holds: [], topUps: [] };
  }

  async function compare({ model, users, purchases, holds, topUps }: World): Promise<void> {
    const told = await versionsTold();
    for (const userId of users) {
      const wallet = model.wallets.get(userId);
      const [stored] = await walletsOf(database.db, userId);
      if (wallet === undefined || stored === undefined) {
        expect(stored).to.equal(wallet);
        continue;
      }
      expect(stored).to.include({
        ...{
          balanceMinor: wallet.balance,
          heldMinor: wallet.held,
          creditLimitMinor: wallet.credit,
          spendLimitMinor: wallet.spendLimit,
        },
        ...{ dailyLimitMinor: wallet.dailyLimit, spentOn: wallet.day || null, spentMinor: wallet.spent },
        ...{ status: wallet.frozen ? 'frozen' : 'active', version: wallet.version, entrySequence: wallet.entries.length },
      });
      expect((await entriesOf(database.db, stored.id)).map(([, , after]) => after)).to.deep.equal(wallet.entries);
      // Each change is published once, in order.
      expect(told.get(userId)).to.deep.equal(Array.from({ length: wallet.version }, (_, index) => index + 1));
    }
    const payments = await paymentsFor(purchases.map(({ id }) => id));
    for (const { id } of purchases) {
      const payment = payments.get(id);
      const decision = model.decisions.get(id);
      if (payment === undefined || decision === undefined) {
        expect(payment).to.equal(decision);
        continue;
      }
      const { status, amount: amountMinor, version } = decision;
      expect(payment).to.include({ status, amountMinor, version, ...(decision.reason && { declineReason: decision.reason }) });
      const { on, spentMinor, balanceMinor } = payment.facts ?? {};
      expect([on, spentMinor, balanceMinor]).to.deep.equal([decision.day, decision.spentBefore, decision.balanceBefore]);
    }
    const heldRows: HoldRow[] = await database.db('holds').whereIn('id', holds.map(idBytes)).orderBy('id');
    expect(heldRows.map(holdOf).map(({ id, status, capturedMinor }) => [id, status, capturedMinor])).to.deep.equal(
      holds.toSorted().map((id) => [id, model.holds.get(id)?.status, model.holds.get(id)?.captured]),
    );
    const paidIn: TopUpRow[] = await database.db('top_ups').whereIn('id', topUps.map(idBytes)).orderBy('id');
    expect(paidIn.map(topUpOf).map(({ id, status }) => [id, status])).to.deep.equal(
      topUps.toSorted().map((id) => [id, model.topUps.get(id)?.status]),
    );
    // Otherwise these holds would expire in the next world.
    await database
      .db('holds')
      .whereIn('id', holds.map(idBytes))
      .where({ status: 'held' })
      .update({ expires_at: new Date('9999-01-01') });
  }

  async function paymentsFor(purchaseIds: readonly string[]): Promise<Map<string, Payment>> {
    const rows: PaymentRow[] = await database.db('payments').whereIn('purchase_id', purchaseIds.map(idBytes));
    return new Map(rows.map(paymentOf).map((payment) => [payment.purchaseId, payment]));
  }

  async function versionsTold(): Promise<Map<string, number[]>> {
    const told = new Map<string, number[]>();
    for (const { type, data } of await published(database.db)) {
      if (type !== 'wallet-opened' && type !== 'wallet-changed') continue;
      const { userId, version } = data as { userId: string; version: number };
      told.set(userId, [...(told.get(userId) ?? []), version]);
    }
    return told;
  }
});
