import { newId } from '@florin/database';
import { createTestDatabase, type TestDatabase } from '@florin/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { migrations } from '../migrations/index.ts';
import { auditLedger } from '../src/ledger/audit-ledger.ts';
import { ledgerInvariants } from '../src/ledger/invariants.ts';
import { openAccounts } from '../src/ledger/open-accounts.ts';
import { postTransfers } from '../src/ledger/post-transfers.ts';
import { readAccounts } from '../src/ledger/read-accounts.ts';
import { takeSnapshot } from '../src/ledger/take-snapshot.ts';
import type { AccountLeg, Transfer } from '../src/ledger/transfer.ts';
import { buildTransfer } from '../src/wallets/build-transfer.ts';
import { walletInvariants } from '../src/wallets/invariants.ts';
import { lockWallets } from '../src/wallets/lock-wallets.ts';
import { saveWallets } from '../src/wallets/save-wallets.ts';
import { replaceWallet } from '../src/wallets/wallet.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { walletOfUser } from './read-ledger.ts';

const USERS = 3;
const OPENING_CREDIT_MINOR = 10_000;
const stores = ['store:books', 'store:music', 'store:tea'];

/** A purchase from several stores, each of which pays part of its price to `fees`. */
type Purchase = { user: number; items: readonly { store: string; priceMinor: number; feeMinor: number }[] };

const item = fc.record({
  store: fc.constantFrom(...stores),
  priceMinor: fc.integer({ min: 2, max: 100 }),
  feeMinor: fc.integer({ min: 1, max: 1 }),
});
const purchase: fc.Arbitrary<Purchase> = fc.record({
  user: fc.nat(USERS - 1),
  items: fc.array(item, { minLength: 1, maxLength: 4 }),
});
const purchases = fc.array(purchase, { minLength: 1, maxLength: 6 });

describe('transfers of three and more legs', () => {
  let database: TestDatabase;
  const users: string[] = [];
  const wanted = new Map<string, number>();
  const add = (account: string, amountMinor: number) => wanted.set(account, (wanted.get(account) ?? 0) + amountMinor);

  before(async () => {
    database = await createTestDatabase(migrations);
    await database.db.transaction((trx) => openAccounts(trx, [...stores, 'fees']));
    for (let user = 0; user < USERS; user++) {
      const { id } = await openWalletOf(database.db, { openingCreditMinor: OPENING_CREDIT_MINOR });
      users.push(id);
      add(id, OPENING_CREDIT_MINOR);
      add('opening-credit', -OPENING_CREDIT_MINOR);
    }
  });
  after(() => database.drop());

  it('keep sums, balances and the trial balance right, for any purchases', async () => {
    await fc.assert(
      fc.asyncProperty(purchases, async (list) => {
        await database.db.transaction((trx) => pay(trx, list));
        await takeSnapshot(database.db);
        await compare();
      }),
      { numRuns: 30, endOnFailure: true },
    );
    const { ok, mismatches, entries } = await auditLedger(database.db, {
      invariants: [...ledgerInvariants, ...walletInvariants],
    });
    expect({ ok, mismatches }).to.deep.equal({ ok: true, mismatches: [] });
    expect(entries).to.be.greaterThan(3 * 30);
  });

  async function pay(trx: Knex.Transaction, list: readonly Purchase[]): Promise<void> {
    const { wallets: locked } = await lockWallets(trx, { userIds: users });
    const wallets = new Map(locked);
    const transfers: Transfer[] = [];
    for (const { user, items } of list) {
      const userId = users[user] ?? '';
      const wallet = wallets.get(userId)?.[0];
      const totalMinor = items.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
      if (wallet === undefined || wallet.balanceMinor < totalMinor) continue;
      const against: AccountLeg[] = items.flatMap(({ store, priceMinor, feeMinor }) => [
        { account: store, amountMinor: priceMinor - feeMinor },
        { account: 'fees', amountMinor: feeMinor },
      ]);
      const movement = { type: 'purchase', purchaseId: newId(), amountMinor: -totalMinor, against } as const;
      const { transfer, wallet: after } = buildTransfer(wallet, movement);
      expect(transfer.amountMinor).to.equal(totalMinor);
      transfers.push(transfer);
      replaceWallet(wallets, after);
      add(userId, -totalMinor);
      for (const { account, amountMinor } of against) add(account, amountMinor);
    }
    await postTransfers(trx, transfers);
    await saveWallets(trx, wallets, { locked });
  }

  async function compare(): Promise<void> {
    const balances = await Promise.all(users.map(async (userId) => (await walletOfUser(database.db, userId)).balanceMinor));
    expect(balances).to.deep.equal(users.map((userId) => wanted.get(userId)));
    const { accounts, totals } = await readAccounts(database.db);
    expect(totals.map(({ isBalanced }) => isBalanced)).to.deep.equal([true]);
    for (const { account, balanceMinor } of accounts) {
      const sum = account === 'wallet' ? balances.reduce((all, one) => all + one, 0) : wanted.get(account);
      expect(balanceMinor, account).to.equal(sum);
    }
  }
});
