import { AssertionError } from 'node:assert';
import { newId } from '@florin/database';
import { expect } from 'chai';
import { buildTransfer } from '../src/wallets/build-transfer.ts';
import type { Wallet } from '../src/wallets/wallet.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const wallet: Wallet = {
  id: newId(),
  userId: newId(),
  currency: 'EUR',
  balanceMinor: 1000,
  heldMinor: 100,
  creditLimitMinor: 50,
  spendLimitMinor: 800,
  dailyLimitMinor: null,
  spentOn: null,
  spentFrom: null,
  spentMinor: 0,
  status: 'active',
  version: 3,
  entrySequence: 7,
};
const move = { type: 'purchase', against: 'sales', purchaseId: newId() } as const;

describe('buildTransfer', () => {
  it('debits the wallet and credits the other account', () => {
    const { transfer, wallet: after } = buildTransfer(wallet, { ...move, amountMinor: -300 });
    expect(after).to.deep.equal({ ...wallet, balanceMinor: 700, entrySequence: 8 });
    expect(transfer).to.deep.include({ type: 'purchase', purchaseId: move.purchaseId, amountMinor: 300, currency: 'EUR' });
    expect(transfer.legs).to.deep.equal([
      { account: 'wallet', walletId: wallet.id, amountMinor: -300, sequence: 8, balanceAfterMinor: 700 },
      { account: 'sales', amountMinor: 300 },
    ]);
  });

  it('credits several accounts, and moves the sum of their legs', () => {
    const against = [
      { account: 'sales', amountMinor: 290 },
      { account: 'fees', amountMinor: 10 },
    ];
    const { transfer, wallet: after } = buildTransfer(wallet, { ...move, against, amountMinor: -300 });
    expect(after.balanceMinor).to.equal(700);
    expect(transfer.amountMinor).to.equal(300);
    expect(transfer.legs.map(({ account, amountMinor }) => [account, amountMinor])).to.deep.equal([
      ['wallet', -300],
      ['sales', 290],
      ['fees', 10],
    ]);
  });

  it('moves more than the wallet receives if another account is credited too', () => {
    const against = [
      { account: 'sales', amountMinor: -300 },
      { account: 'fees', amountMinor: 10 },
    ];
    const { transfer, wallet: after } = buildTransfer(wallet, { ...move, against, amountMinor: 290 });
    expect([after.balanceMinor, transfer.amountMinor]).to.deep.equal([1290, 300]);
  });

  it('has no legs for an amount of 0', () => {
    const { transfer, wallet: after } = buildTransfer(wallet, { ...move, amountMinor: 0 });
    expect(after).to.equal(wallet);
    expect(transfer).to.deep.include({ amountMinor: 0, legs: [] });
  });

  const impossible: [string, Wallet, number][] = [
    ['overdraw the wallet', wallet, -951],
    ['hold more than can be counted', { ...wallet, balanceMinor: MAX, heldMinor: 200, creditLimitMinor: 0 }, 1],
    ['make more available than can be counted', { ...wallet, balanceMinor: MAX - 10, heldMinor: 0, creditLimitMinor: 10 }, 1],
    ['leave no room for what it holds', { ...wallet, balanceMinor: MAX - 10, heldMinor: 10, creditLimitMinor: 10 }, 1],
    ['move a fraction', wallet, 0.5],
    ['move what is no number', wallet, Number.NaN],
  ];
  for (const [title, from, amountMinor] of impossible) {
    it(`refuses to ${title}`, () => {
      expect(() => buildTransfer(from, { ...move, amountMinor })).to.throw(AssertionError);
    });
  }
});
