import { idBytes, newId } from '@florin/database';
import { createHttpClient, eventually, holdRelay, type SpawnedInstance, spawnInstance, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { openWalletOf } from './open-wallet-of.ts';
import { published, walletOfUser } from './read-ledger.ts';
import { type Bearer, type RunningPayment, startPayment } from './start-payment.ts';

const main = new URL('../src/main.ts', import.meta.url);
const staff = { id: newId(), roles: ['buyer', 'staff', 'admin'] };

type Action = { userId: string; path: string; body: object; bearer: Bearer; key: string; leaves: object };

/** Requests that change a wallet of 1000, with a hold of `held` before; `leaves`: the wallet afterwards. */
const actions: Record<string, { path: string; body: object; isOwn?: true; held?: number; leaves: object }> = {
  'a top-up': {
    path: '/v1/wallet/top-ups',
    body: { amountMinor: 500 },
    isOwn: true,
    leaves: { balanceMinor: 1_500, version: 2 },
  },
  'a hold': { path: '/v1/wallets/:userId/holds', body: { amountMinor: 400 }, leaves: { heldMinor: 400, version: 2 } },
  'a capture': {
    ...{ path: '/v1/holds/:holdId/capture', body: { amountMinor: 300 }, held: 400 },
    leaves: { balanceMinor: 700, heldMinor: 0, version: 3 },
  },
  'an adjustment': {
    ...{ path: '/v1/wallets/:userId/adjustments', body: { amountMinor: -250, reason: 'a broken cup' } },
    leaves: { balanceMinor: 750, version: 2 },
  },
};

describe('a killed payment service', () => {
  let payment: RunningPayment;
  let other: SpawnedInstance | undefined;
  let letGo = async (): Promise<void> => {};
  before(async () => {
    payment = await startPayment({ WALLET_SWEEP_MS: '50', TOP_UP_TIMEOUT_MS: '150' });
  });
  afterEach(async () => {
    await other?.kill();
    await letGo();
  });
  after(() => payment.stop());

  const prepare = (): Promise<Action[]> =>
    Promise.all(
      Object.values(actions).map(async ({ path, body, isOwn, held, leaves }) => {
        const { id: userId } = await openWalletOf(payment.db);
        const holds = `/v1/wallets/${userId}/holds`;
        const hold = held && (await payment.send('POST', holds, { bearer: staff, body: { amountMinor: held }, key: newId() }));
        const holdId = hold ? (hold.body.data as { id: string }).id : '';
        const named = path.replace(':userId', userId).replace(':holdId', holdId);
        return { userId, path: named, body, bearer: isOwn ? { id: userId } : staff, key: newId(), leaves };
      }),
    );
  const start = async (): Promise<SpawnedInstance> => {
    other = await spawnInstance(main, payment.environment);
    return other;
  };
  const sendTo = ({ url }: SpawnedInstance, { path, body, bearer, key }: Action) =>
    createHttpClient(() => url)('POST', path, {
      ...{ token: payment.tokenFor(bearer), body },
      headers: { 'idempotency-key': key },
    });
  const sendAgain = (action: Action) => payment.send('POST', action.path, action);
  const expectDone = (all: readonly Action[]) =>
    eventually(async () => {
      for (const { userId, path, leaves } of all) expect(await walletOfUser(payment.db, userId), path).to.include(leaves);
    });

  it('after its answers and before their events are published, loses neither and repeats nothing', async () => {
    const all = await prepare();
    await eventually(async () => expect(await published(payment.db)).to.have.length(0));
    letGo = await holdRelay(payment.database);
    const killed = await start();
    for (const action of all) expect((await sendTo(killed, action)).status, action.path).to.be.oneOf([200, 201]);
    await killed.kill();
    await expectDone(all);
    for (const action of all) expect((await sendAgain(action)).status, action.path).to.equal(200);
    await expectDone(all);
    const events = await published(payment.db);
    expect(events.map(({ type, data }) => [type, (data as { userId: string }).userId])).to.deep.equal(
      all.map(({ userId }) => ['wallet-changed', userId]),
    );
    await letGo();
    await eventually(async () => expect(await published(payment.db)).to.have.length(0));
  }).timeout(90_000);

  it('within its transactions, leaves nothing, and retries take effect once', async () => {
    const all = await prepare();
    const killed = await start();
    const lock = await payment.db.transaction();
    letGo = async () => void (await lock.rollback());
    for (const { userId } of all) await lock.raw('SELECT id FROM wallets WHERE user_id = ? FOR UPDATE', [idBytes(userId)]);
    const answers = Promise.allSettled(all.map((action) => sendTo(killed, action)));
    await untilWaiting(payment.db, all.length);
    await killed.kill();
    expect((await answers).map(({ status }) => status)).to.deep.equal(all.map(() => 'rejected'));
    await letGo();
    const again = await Promise.all(all.map(sendAgain));
    expect(again.map(({ status }) => status)).to.deep.equal([201, 201, 200, 201]);
    await expectDone(all);
  }).timeout(90_000);
});
