import type { AuthenticatedUser } from '@florin/auth-middleware';
import { newId } from '@florin/database';
import { expect } from 'chai';
import { walletNotFound, withOwnWallet } from '../src/wallets/wallet-not-found.ts';
import { openWalletOf } from './open-wallet-of.ts';
import { type Bearer, type RunningPayment, startPayment } from './start-payment.ts';

/** An id of 2023. */
const oldAccount = { id: '01890a5d-ac96-774b-bcce-b302099a8057' };

describe('a missing wallet', () => {
  let payment: RunningPayment;
  let alice: { id: string };
  const admin = { id: newId(), roles: ['buyer', 'admin'] };

  before(async () => {
    payment = await startPayment();
    alice = await openWalletOf(payment.db);
  });
  after(() => payment.stop());

  type Path = readonly ['GET' | 'POST' | 'PUT', string, unknown?];
  const ownPaths: readonly Path[] = [
    ['GET', '/v1/wallet?'],
    ['GET', '/v1/wallet?at=2024-01-01&'],
    ['GET', '/v1/wallet/balance?at=2024-01-01&'],
    ['GET', '/v1/wallet/entries?'],
    ['GET', '/v1/wallet/statements/2024-03?'],
    ['POST', '/v1/wallet/top-ups?', { amountMinor: 1 }],
  ];
  const staffPaths: readonly Path[] = [
    ['GET', ''],
    ['GET', '/balance?at=2024-01-01&'],
    ['GET', '/entries'],
    ['GET', '/statements/2024-03'],
    ['POST', '/holds', { amountMinor: 1 }],
    ['POST', '/adjustments', { amountMinor: 1, reason: 'a test' }],
    ['PUT', '/limits', { spendLimitMinor: 1 }],
    ['POST', '/freeze'],
    ['POST', '/unfreeze'],
  ];

  const ask = async (to: Pick<RunningPayment, 'get' | 'send'>, [method, path, body]: Path, bearer: Bearer) => {
    const request = { bearer, key: newId(), ...(body !== undefined && { body }) };
    const answer = method === 'GET' ? await to.get(path, bearer) : await to.send(method, path, request);
    return [answer.status, answer.body.code, answer.headers.get('retry-after')];
  };

  for (const [method, path, body] of ownPaths) {
    it(`${method} ${path} answers with Retry-After only while the user is new`, async () => {
      const plain = [404, 'WALLET_NOT_FOUND', null];
      expect(await ask(payment, [method, `${path}currency=USD`, body], alice)).to.deep.equal(plain);
      expect(await ask(payment, [method, path, body], { id: newId() })).to.deep.equal([404, 'WALLET_NOT_FOUND', '1']);
      expect(await ask(payment, [method, path, body], oldAccount)).to.deep.equal(plain);
    });
  }

  for (const [method, path, body] of staffPaths) {
    it(`${method} /v1/wallets/:userId${path} answers without Retry-After`, async () => {
      const query = path.includes('?') ? 'currency=USD' : '?currency=USD';
      for (const address of [`/v1/wallets/${alice.id}${path}${query}`, `/v1/wallets/${newId()}${path}`])
        expect(await ask(payment, [method, address, body], admin)).to.deep.equal([404, 'WALLET_NOT_FOUND', null]);
    });
  }

  it('is read again if it was opened during the request', async () => {
    // Opened before the first read ends, and after it found none.
    const user = (await openWalletOf(payment.db)) as AuthenticatedUser;
    const reads = [() => Promise.reject(walletNotFound('EUR')), () => Promise.resolve('the wallet')];
    expect(await withOwnWallet(payment.db, user, async () => reads.shift()?.())).to.equal('the wallet');
  });

  it('is the wallet in another currency after FLORIN_CURRENCY has changed', async () => {
    const restarted = await payment.startBeside({ FLORIN_CURRENCY: 'USD' });
    try {
      for (const [method, path, body] of ownPaths) {
        expect(await ask(restarted, [method, path, body], alice)).to.deep.equal([404, 'WALLET_NOT_FOUND', null]);
        expect((await ask(restarted, [method, `${path}currency=EUR`, body], alice))[1]).not.to.equal('WALLET_NOT_FOUND');
      }
    } finally {
      await restarted.stop();
    }
  });
});
