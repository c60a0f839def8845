import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { invariants } from '../src/invariants.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { payPurchases } from '../src/payments/pay-purchases.ts';
import { refundPurchases } from '../src/payments/refund-purchases.ts';
import { freezeWallets } from '../src/wallets/freeze-wallets.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { cancelled, erased, registered, requested } from './make-events.ts';
import { paymentFor, published, publishedData, walletOfUser, walletsOf } from './read-ledger.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1_000, spendLimitMinor: 800 };

describe('freezeWallets', () => {
  let database: TestDatabase;
  let alice: string;
  let bob: string;

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    [alice, bob] = [newId(), newId()];
    await database.db.transaction((trx) => openWallets(trx, [alice, bob].map(registered), terms));
    await database.db('outbox').delete();
  });
  const erase = (...userIds: string[]) => database.db.transaction((trx) => freezeWallets(trx, userIds.map(erased)));

  it('freezes the wallets of erased users only, and publishes it', async () => {
    await erase(alice);
    expect(await walletOfUser(database.db, alice)).to.include({ status: 'frozen', version: 2, balanceMinor: 1_000 });
    expect(await walletOfUser(database.db, bob)).to.include({ status: 'active', version: 1 });
    const [event, ...more] = await published(database.db);
    expect(more).to.deep.equal([]);
    expect(event).to.include({ type: 'wallet-changed' });
    expect(event?.data).to.include({ userId: alice, status: 'frozen', version: 2 });
  });

  it('freezes every wallet of a user, whatever its currency', async () => {
    await database.db.transaction((trx) => openWallets(trx, [registered(alice)], { ...terms, currency: 'USD' }));
    await erase(alice);
    expect((await walletsOf(database.db, alice)).map(({ currency, status }) => [currency, status])).to.deep.equal([
      ['EUR', 'frozen'],
      ['USD', 'frozen'],
    ]);
  });

  it('changes nothing when repeated, or without a wallet', async () => {
    await erase(alice);
    await erase(alice, alice, newId());
    expect(await walletOfUser(database.db, alice)).to.include({ status: 'frozen', version: 2 });
    expect(await publishedData(database.db, 'wallet-changed')).to.have.length(1);
  });

  it('makes later purchases declined, and earlier charges can still be refunded', async () => {
    const [before, after] = [300, 200].map((totalMinor) => requested({ userId: alice, totalMinor }));
    if (before === undefined || after === undefined) throw new Error('two requests');
    await database.db.transaction((trx) => payPurchases(trx, [before]));
    await erase(alice);
    await database.db.transaction((trx) => payPurchases(trx, [after]));
    expect(await paymentFor(database.db, after.data.purchaseId)).to.include({
      status: 'declined',
      declineReason: 'WALLET_FROZEN',
    });
    await database.db.transaction((trx) => refundPurchases(trx, [cancelled(before.data)], terms));
    expect(await paymentFor(database.db, before.data.purchaseId)).to.include({ status: 'refunded' });
    expect(await walletOfUser(database.db, alice)).to.include({ status: 'frozen', balanceMinor: 1_000 });
    expect((await auditLedger(database.db, { invariants })).ok).to.equal(true);
  });
});
