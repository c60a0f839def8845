import { idBytes, migrateDatabase, newId, runTransaction } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import { migrations } from '../migrations/index.ts';
import { adjustWallet } from '../src/adjustments/adjust-wallet.ts';
import { erasePersonalTexts } from '../src/adjustments/personal-texts.ts';
import { requestReview } from '../src/adjustments/request-review.ts';
import { freezeWallets } from '../src/wallets/freeze-wallets.ts';
import { entriesOfWallet } from '../src/wallets/wallet-entry.ts';
import { erased } from './make-events.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { walletOfUser } from './read-ledger.ts';

const WORDS = 'Alice Liddell moved to 5 Rabbit Lane';

describe('the texts about a user', () => {
  let database: TestDatabase;
  let alice: { id: string };
  const admin = newId();

  before(async () => {
    database = await createTestDatabase(migrations);
  });
  after(() => database.drop());
  beforeEach(async () => {
    alice = await openWalletOf(database.db);
  });

  const transact = <T>(work: Parameters<typeof runTransaction<T>>[1]) => runTransaction(database.db, work);
  const request = () => ({
    ...{ userId: alice.id, currency: 'EUR', idempotencyKey: newId(), actorId: admin, amountMinor: 5, reason: WORDS },
  });
  const adjust = () => transact((trx) => adjustWallet(trx, request()));
  const erase = () =>
    transact(async (trx) => {
      await freezeWallets(trx, [erased(alice.id)]);
      await erasePersonalTexts(trx, [erased(alice.id)]);
    });
  const reasons = async (): Promise<(string | null)[]> => {
    const { id } = await walletOfUser(database.db, alice.id);
    const rows = (await entriesOfWallet(database.db, idBytes(id)).where('t.type', 'adjustment')) as { reason: string | null }[];
    return rows.map(({ reason }) => reason);
  };
  const tablesWith = () => findWords(database.db, WORDS);

  it('are in a table of their own, not in append-only tables', async () => {
    await adjust();
    await transact((trx) => requestReview(trx, request()));
    expect(await tablesWith()).to.deep.equal(['personal_texts.text']);
    expect(await reasons()).to.deep.equal([WORDS]);
  });

  it('are deleted when the user is erased, and kept for others', async () => {
    await adjust();
    const { id: bob } = await openWalletOf(database.db);
    await transact((trx) => adjustWallet(trx, { ...request(), userId: bob, reason: "Bob's words" }));
    await erase();
    expect(await reasons()).to.deep.equal([null]);
    const kept: string[] = await database
      .db('personal_texts')
      .where({ user_id: idBytes(bob) })
      .pluck('text');
    expect(kept).to.deep.equal(["Bob's words"]);
  });

  it('are not saved about an erased user', async () => {
    await erase();
    await adjust();
    await transact((trx) => requestReview(trx, request()));
    expect(await database.db('personal_texts').where({ user_id: idBytes(alice.id) })).to.deep.equal([]);
  });

  it('are not saved by adjustments during the erasure', async () => {
    for (let round = 0; round < 10; round++) {
      alice = await openWalletOf(database.db);
      await Promise.all([adjust(), erase(), adjust()]);
      expect(await database.db('personal_texts').where({ user_id: idBytes(alice.id) })).to.deep.equal([]);
    }
  });

  it('of the release before are taken out of what it inserts, and deleted when it erases the user', async () => {
    const id = newId();
    await insertAsBefore(database, { id, userId: alice.id, reason: WORDS });
    expect(await reasons()).to.deep.equal([WORDS]);
    expect(await tablesWith()).to.deep.equal(['personal_texts.text']);
    await transact((trx) => freezeWallets(trx, [erased(alice.id)]));
    expect(await reasons()).to.deep.equal([null]);
    await insertAsBefore(database, { id: newId(), userId: alice.id, reason: WORDS });
    expect(await reasons()).to.deep.equal([null, null]);
  });

  it('that are stored are moved by the migration, except those about erased users', async () => {
    const old = await createTestDatabase(migrations.filter(({ name }) => !/^001[12]-/.test(name)));
    try {
      const users = [await openWalletOf(old.db), await openWalletOf(old.db)] as const;
      for (const { id: userId } of users)
        for (let n = 0; n < 3; n++) await insertAsBefore(old, { id: newId(), userId, reason: `${WORDS} ${n}` });
      await runTransaction(old.db, (trx) => freezeWallets(trx, [erased(users[1].id)]));
      await migrateDatabase(old.db, migrations);
      const texts: string[] = await old
        .db('personal_texts')
        .where({ user_id: idBytes(users[0].id) })
        .orderBy('id')
        .pluck('text');
      expect(texts).to.deep.equal([`${WORDS} 0`, `${WORDS} 1`, `${WORDS} 2`]);
      expect(await findWords(old.db, WORDS)).to.deep.equal(['personal_texts.text']);
      expect(await old.db('personal_texts').where({ user_id: idBytes(users[1].id) })).to.deep.equal([]);
      const states: string[] = await old.db('audit_log').pluck('state_after');
      expect(states.map((state) => JSON.parse(state) as unknown)).to.deep.equal(
        Array.from({ length: 6 }, () => ({ balanceMinor: 1005, amountMinor: 5 })),
      );
    } finally {
      await old.drop();
    }
  });

  for (const table of ['adjustments', 'audit_log']) {
    it(`are moved once: ${table} is append-only afterwards`, async () => {
      await adjust();
      const column = table === 'adjustments' ? "reason = ''" : 'request_id = NULL';
      const error = await database.db.raw(`UPDATE ${table} SET ${column}`).then(
        () => undefined,
        (one: Error) => one,
      );
      expect(error?.message).to.match(/append-only/);
    });
  }

  it('are deleted without the trigger for the release before', async () => {
    await database.db.raw('DROP TRIGGER erased_users_texts');
    await adjust();
    await erase();
    expect(await reasons()).to.deep.equal([null]);
  });
});

type Before = { id: string; userId: string; reason: string };

/** Inserts an adjustment and its audit entry as the release before does. */
async function insertAsBefore({ db }: TestDatabase, { id, userId, reason }: Before): Promise<void> {
  const wallet = await walletOfUser(db, userId);
  const transferId = newId();
  await db('transfers').insert({
    id: idBytes(transferId),
    type: 'adjustment',
    amount_minor: 5,
    currency: 'EUR',
    source_id: idBytes(id),
  });
  await db('ledger_entries').insert({
    ...{ transfer_id: idBytes(transferId), line: 1, account: 'wallet', wallet_id: idBytes(wallet.id), amount_minor: 5 },
    ...{ currency: 'EUR', sequence: await nextSequence(db, wallet.id), balance_after_minor: 1005 },
  });
  await db('adjustments').insert({
    ...{ id: idBytes(id), wallet_id: idBytes(wallet.id), user_id: idBytes(userId), amount_minor: 5, currency: 'EUR', reason },
    ...{ transfer_id: idBytes(transferId), balance_after_minor: 1005, adjusted_by: idBytes(newId()) },
    ...{ idempotency_key: Buffer.from(id), request_hash: Buffer.alloc(32), created_at: new Date() },
  });
  const state = JSON.stringify({ balanceMinor: 1005, amountMinor: 5, reason });
  await db('audit_log').insert({ id: idBytes(newId()), action: 'wallet.adjust', subject: wallet.id, state_after: state });
}

async function nextSequence(db: TestDatabase['db'], walletId: string): Promise<number> {
  const [row] = (await db('ledger_entries')
    .where({ wallet_id: idBytes(walletId) })
    .max('sequence AS n')) as { n: number }[];
  return Number(row?.n) + 1;
}

/** Returns the columns of the database that have these words. */
async function findWords(db: TestDatabase['db'], words: string): Promise<string[]> {
  const [columns] = (await db.raw(
    `SELECT table_name AS t, column_name AS c FROM information_schema.columns
      WHERE table_schema = DATABASE() AND data_type IN ('char', 'varchar', 'text', 'mediumtext', 'longtext', 'varbinary', 'mediumblob', 'blob')`,
  )) as [{ t: string; c: string }[]];
  const found: string[] = [];
  for (const { t, c } of columns) {
    const [[row]] = (await db.raw('SELECT COUNT(*) AS n FROM ?? WHERE CONVERT(?? USING utf8mb4) LIKE ?', [
      t,
      c,
      `%${words}%`,
    ])) as [{ n: number }[]];
    if (Number(row?.n) > 0) found.push(`${t}.${c}`);
  }
  return found.sort();
}
