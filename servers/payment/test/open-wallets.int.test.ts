import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { openWallets } from '../src/wallets/open-wallets.ts';
import { registered } from './make-events.ts';
import { entriesOf, published, walletOfUser, walletsOf } from './read-ledger.ts';

const terms = { currency: 'EUR', openingCreditMinor: 1_000_000, spendLimitMinor: 500_000 };

describe('openWallets', () => {
  let database: TestDatabase;
  let alice: string;
  let bob: string;
  const open = (userIds: string[], options = terms) =>
    database.db.transaction((trx) => openWallets(trx, userIds.map(registered), options));

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    [alice, bob] = [newId(), newId()];
    await database.db('outbox').delete();
  });

  it('opens a wallet with the opening credit in it', async () => {
    await open([alice]);
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ userId: alice, currency: 'EUR', balanceMinor: 1_000_000, spendLimitMinor: 500_000 });
    expect(wallet).to.include({ heldMinor: 0, creditLimitMinor: 0, status: 'active', version: 1, entrySequence: 1 });
  });

  it('posts the opening credit as a balanced transfer', async () => {
    await open([alice]);
    const wallet = await walletOfUser(database.db, alice);
    expect(await entriesOf(database.db, wallet.id)).to.deep.equal([[1, 1_000_000, 1_000_000]]);
    const [totals] = await database.db('ledger_entries').sum({ sum: 'amount_minor' });
    expect(Number(totals?.['sum'])).to.equal(0);
  });

  it('publishes the wallet once, keyed by the user', async () => {
    await open([alice]);
    const wallet = await walletOfUser(database.db, alice);
    const [event, ...more] = await published(database.db);
    expect(more).to.have.length(0);
    expect(event).to.deep.include({ type: 'wallet-opened', subject: wallet.id, sequence: '00000000000000000001' });
    expect(event?.data).to.deep.equal({
      walletId: wallet.id,
      userId: alice,
      currency: 'EUR',
      balanceMinor: 1_000_000,
      availableMinor: 1_000_000,
      spendLimitMinor: 500_000,
      status: 'active',
      version: 1,
      spentMinor: 0,
    });
    const [row] = (await database.db('outbox').select('message_key')) as { message_key: Buffer }[];
    expect(row?.message_key.toString()).to.equal(alice);
  });

  it('opens many wallets in one list', async () => {
    const users = Array.from({ length: 300 }, newId);
    await open(users);
    expect(await published(database.db)).to.have.length(300);
    for (const userId of [users[0], users[299]] as string[]) {
      expect(await walletOfUser(database.db, userId)).to.include({ balanceMinor: 1_000_000 });
    }
  });

  it('posts nothing for an opening credit of 0', async () => {
    await open([alice], { ...terms, openingCreditMinor: 0 });
    const wallet = await walletOfUser(database.db, alice);
    expect(wallet).to.include({ balanceMinor: 0, entrySequence: 0, version: 1 });
    expect(await entriesOf(database.db, wallet.id)).to.deep.equal([]);
    expect(await published(database.db)).to.have.length(1);
  });

  for (const [title, lists] of [
    ['twice in one list', (user: string) => [[user, user]]],
    ['again in a later list', (user: string) => [[user], [user]]],
  ] as const) {
    it(`credits nobody twice when a registration comes ${title}`, async () => {
      for (const list of lists(alice)) await open([...list, bob]);
      for (const userId of [alice, bob]) {
        const wallets = await walletsOf(database.db, userId);
        expect(wallets).to.have.length(1);
        expect(wallets[0]).to.include({ balanceMinor: 1_000_000, version: 1, entrySequence: 1 });
      }
      expect(await published(database.db)).to.have.length(2);
    });
  }

  it('credits nobody twice when registrations come at the same time', async () => {
    const users = Array.from({ length: 20 }, newId);
    await Promise.all([open(users), open(users.toReversed()), open(users), open(users.toReversed())]);
    for (const userId of users) {
      const wallets = await walletsOf(database.db, userId);
      expect(wallets).to.have.length(1);
      expect(await entriesOf(database.db, wallets[0]?.id ?? '')).to.deep.equal([[1, 1_000_000, 1_000_000]]);
    }
    expect(await published(database.db)).to.have.length(20);
  });
});
