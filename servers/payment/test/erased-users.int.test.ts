import { idBytes, idText, migrateDatabase, newId, runTransaction } from '@florin/database';
import { makeEvent } from '@florin/events';
import { appendAuditEntry } from '@florin/runtime';
import { createTestDatabase, eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { beginTopUp } from '../src/top-ups/begin-top-up.ts';
import { recordReport } from '../src/top-ups/record-report.ts';
import { announceWallets } from '../src/wallets/announce-wallets.ts';
import { freezeWallets } from '../src/wallets/freeze-wallets.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, erased, registered, requested } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { paymentFor, walletOfUser, walletsOf } from './read-ledger.ts';
import { type RunningPayment, startPayment } from './start-payment.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1000, spendLimitMinor: 800 };

describe('the wallet of an erased user', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const admin = { id: newId(), roles: ['buyer', 'admin'] };
  const staff = { id: newId(), roles: ['buyer', 'staff'] };

  before(async () => {
    payment = await startPayment({ WALLET_SWEEP_MS: '50' });
  });
  after(() => payment.stop());
  beforeEach(async () => {
    alice = await openWalletOf(payment.db);
  });

  const erase = () => runTransaction(payment.db, (trx) => freezeWallets(trx, [erased(alice.id)]));
  const as = (method: 'POST' | 'PUT', action: string, body?: unknown) =>
    payment.send(method, `/v1/wallets/${alice.id}/${action}`, { bearer: admin, body, key: newId() });
  const answerOf = async (answer: ReturnType<typeof as>) => {
    const { status, body } = await answer;
    return [status, body.code];
  };
  const auditedActions = async (): Promise<string[]> => {
    const { id } = await walletOfUser(payment.db, alice.id);
    return payment.db('audit_log').where({ subject: id }).orderBy('id').pluck('action');
  };
  const wallet = () => walletOfUser(payment.db, alice.id);
  const buy = async (totalMinor: number) => {
    const request = requested({ userId: alice.id, totalMinor });
    await runTransaction(payment.db, (trx) => payPurchases(trx, [request]));
    return { request, decided: await paymentFor(payment.db, request.data.purchaseId) };
  };

  it('cannot be unfrozen, whoever froze it first', async () => {
    await as('POST', 'freeze');
    await erase();
    for (let count = 0; count < 2; count++) expect(await answerOf(as('POST', 'unfreeze'))).to.deep.equal([409, 'USER_ERASED']);
    expect(await answerOf(as('POST', 'freeze'))).to.deep.equal([200, undefined]);
    expect(await wallet()).to.include({ status: 'frozen' });
    expect(await auditedActions()).to.deep.equal(['wallet.freeze']);
  });

  it('cannot be unfrozen in any currency', async () => {
    await runTransaction(payment.db, (trx) => openWallets(trx, [registered(alice.id)], { ...terms, currency: 'USD' }));
    await erase();
    expect(await answerOf(as('POST', 'unfreeze?currency=USD'))).to.deep.equal([409, 'USER_ERASED']);
    expect((await walletsOf(payment.db, alice.id)).map(({ status }) => status)).to.deep.equal(['frozen', 'frozen']);
  });

  it('stays frozen if it is unfrozen while its user is erased', async () => {
    for (let round = 0; round < 10; round++) {
      alice = await openWalletOf(payment.db);
      await as('POST', 'freeze');
      const [, { status }] = await Promise.all([erase(), as('POST', 'unfreeze')]);
      expect(status).to.be.oneOf([200, 409]);
      expect(await wallet()).to.include({ status: 'frozen' });
    }
  });

  it('keeps its limits; setting the same limits succeeds', async () => {
    await erase();
    for (const body of [{ creditLimitMinor: 500 }, { spendLimitMinor: 1 }, { dailyLimitMinor: 1 }])
      expect(await answerOf(as('PUT', 'limits', body))).to.deep.equal([409, 'USER_ERASED']);
    expect(await answerOf(as('PUT', 'limits', { spendLimitMinor: 800 }))).to.deep.equal([200, undefined]);
    expect(await wallet()).to.include({ creditLimitMinor: 0, spendLimitMinor: 800, dailyLimitMinor: null });
  });

  it('refuses holds and top-ups, also with a token that is still valid', async () => {
    await erase();
    const hold = payment.send('POST', `/v1/wallets/${alice.id}/holds`, {
      ...{ bearer: staff, body: { amountMinor: 1 }, key: newId() },
    });
    const topUp = payment.send('POST', '/v1/wallet/top-ups', { bearer: alice, body: { amountMinor: 500 }, key: newId() });
    for (const answer of [hold, topUp]) expect(await answerOf(answer)).to.deep.equal([409, 'WALLET_FROZEN']);
  });

  it('declines purchases, and accepts refunds and top-ups', async () => {
    const { request } = await buy(300);
    const topUp = await runTransaction(payment.db, (trx) =>
      beginTopUp(
        trx,
        { userId: alice.id, currency: 'EUR', amountMinor: 50, idempotencyKey: newId() },
        { provider: 'sandbox', leaseMs: 60_000 },
      ),
    );
    await erase();
    expect((await buy(1)).decided).to.include({ status: 'declined', declineReason: 'WALLET_FROZEN' });
    await runTransaction(payment.db, (trx) => refundPurchases(trx, [cancelled(request.data)], terms));
    await runTransaction(payment.db, (trx) =>
      recordReport(trx, { topUpId: topUp.id, amountMinor: 50, currency: 'EUR', status: 'settled', reference: 'r' }),
    );
    expect(await wallet()).to.include({ status: 'frozen', balanceMinor: 1050 });
  });

  it('pays captures of earlier holds, and frees the rest', async () => {
    const hold = async () => {
      const { body } = await payment.send('POST', `/v1/wallets/${alice.id}/holds`, {
        ...{ bearer: staff, body: { amountMinor: 100 }, key: newId() },
      });
      return (body.data as { id: string }).id;
    };
    const [captured, released] = [await hold(), await hold()];
    await erase();
    expect((await payment.send('POST', `/v1/holds/${captured}/capture`, { bearer: staff, body: {} })).status).to.equal(200);
    expect((await payment.send('POST', `/v1/holds/${released}/release`, { bearer: staff, body: {} })).status).to.equal(200);
    expect(await wallet()).to.include({ status: 'frozen', balanceMinor: 900, heldMinor: 0 });
  });

  it('can be adjusted up and down', async () => {
    await erase();
    expect(await answerOf(as('POST', 'adjustments', { amountMinor: -1000, reason: 'paid out' }))).to.deep.equal([201, undefined]);
    expect(await answerOf(as('POST', 'adjustments', { amountMinor: 5, reason: 'a fee given back' }))).to.deep.equal([
      201,
      undefined,
    ]);
    expect(await wallet()).to.include({ status: 'frozen', balanceMinor: 5 });
  });

  it('is not opened by a late or repeated event, in any currency', async () => {
    await erase();
    const stranger = newId();
    await runTransaction(payment.db, (trx) => freezeWallets(trx, [erased(stranger)]));
    const bob = newId();
    for (const currency of ['EUR', 'USD']) {
      const events = [stranger, alice.id, bob].map(registered);
      await runTransaction(payment.db, (trx) => openWallets(trx, events, { ...terms, currency }));
    }
    expect(await walletsOf(payment.db, stranger)).to.deep.equal([]);
    expect((await walletsOf(payment.db, alice.id)).map(({ currency, status }) => [currency, status])).to.deep.equal([
      ['EUR', 'frozen'],
    ]);
    expect(await walletsOf(payment.db, bob)).to.have.length(2);
    expect((await buy(1)).decided).to.include({ status: 'declined' });
  });

  it('is announced again as frozen', async () => {
    await erase();
    await runTransaction(payment.db, (trx) => announceWallets(trx, [{ userId: alice.id, currency: 'EUR', copiedVersion: 9 }]));
    expect(await wallet()).to.include({ status: 'frozen' });
  });

  it('is frozen for good by the event from auth, which may come twice', async () => {
    for (let count = 0; count < 2; count++)
      await payment.publish(makeEvent('user-erased', { sequence: count + 1, data: { userId: alice.id } }));
    await eventually(async () => expect(await wallet()).to.include({ status: 'frozen', version: 2 }));
    expect(await answerOf(as('POST', 'unfreeze'))).to.deep.equal([409, 'USER_ERASED']);
  });

  it('passes the audit', async () => {
    expect(await auditLedger(payment.db, { invariants })).to.deep.include({ ok: true, mismatches: [] });
  });
});

describe('users who were erased before erasures were recorded', () => {
  it('are those whose wallet is frozen, but not by an admin', async () => {
    const before = migrations.findIndex(({ name }) => name === '0005-erased-users');
    const { db, drop } = await createTestDatabase(migrations.slice(0, before));
    const histories: [name: string, steps: ('freeze' | 'unfreeze' | 'erase')[]][] = [
      ['active', []],
      ['frozen', ['freeze']],
      ['unfrozen', ['freeze', 'unfreeze']],
      ['frozen again', ['freeze', 'unfreeze', 'freeze']],
      ['erased', ['erase']],
      ['unfrozen, then erased', ['freeze', 'unfreeze', 'erase']],
    ];
    const users = new Map<string, string>();
    for (const [name, steps] of histories) users.set(name, await insertWalletWith(db, steps));

    await migrateDatabase(db, migrations);

    const known: Buffer[] = await db('erased_users').pluck('user_id');
    expect(known.map(idText)).to.have.members([users.get('erased'), users.get('unfrozen, then erased')]);
    await drop();
  });

  /** Opens a wallet with the rows that the release before wrote on freezing, unfreezing and erasing. Returns its user. */
  async function insertWalletWith(db: Knex, steps: readonly ('freeze' | 'unfreeze' | 'erase')[]): Promise<string> {
    const [id, userId] = [newId(), newId()];
    const status = steps.at(-1) === undefined || steps.at(-1) === 'unfreeze' ? 'active' : 'frozen';
    const counters = { balance_minor: 0, spend_limit_minor: 1, version: 1, entry_sequence: 0 };
    await db('wallets').insert({ id: idBytes(id), user_id: idBytes(userId), currency: 'EUR', status, ...counters });
    for (const step of steps) {
      if (step === 'erase') continue;
      await runTransaction(db, (trx) => appendAuditEntry(trx, { actorId: newId(), action: `wallet.${step}`, subject: id }));
    }
    return userId;
  }
});
