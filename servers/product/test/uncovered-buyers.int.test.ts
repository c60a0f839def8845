import { AppError } from '@florin/app-response';
import { idBytes, newId, runTransaction } from '@florin/database';
import { type Answer, eventually } from '@florin/testing';
import { expect } from 'chai';
import { requestPurchases } from '../src/purchases/request-purchases.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('a buyer whom the wallet does not cover', () => {
  let platform: ProductPlatform;
  let productId: string;

  before(async () => {
    platform = await startProduct({ PURCHASES_UNDECIDED_MAX: '3' });
  });
  after(() => platform.stop());
  beforeEach(async () => {
    ({ id: productId } = await platform.product({ stock: 1_000 }));
  });

  const one = () => [{ productId, quantity: 1 }];
  const buy = (who: Person, key?: string) => platform.buy(who, one(), key);
  const limits = (who: Person) => platform.database.db('buyer_limits').where({ user_id: idBytes(who.id) });
  const refusal = ({ status, body, headers }: Answer) => ({
    status,
    code: body.code as string | undefined,
    retryAfter: headers.get('retry-after'),
  });
  const notCovered = { status: 409, code: 'INSUFFICIENT_FUNDS', retryAfter: '1' };
  /** On a busy machine a second may pass after the purchase before, and one more gets through. */
  const isRefused = (who: Person, expected: Partial<ReturnType<typeof refusal>>) =>
    eventually(async () => expect(refusal(await buy(who))).to.include(expected));

  it('gets one purchase at a time through to payment, and 409 with the decline code and Retry-After for the others', async () => {
    const poor = await platform.buyer(0);
    const rich = await platform.buyer();
    const startedAt = performance.now();
    const answers = await Promise.all(Array.from({ length: 20 }, () => buy(poor)));
    // A slow machine takes longer than the second after which the next one gets through.
    const seconds = Math.floor((performance.now() - startedAt) / 1000);
    expect(answers.filter(({ status }) => status === 202)).to.have.length.within(1, 1 + seconds);
    for (const answer of answers.filter(({ status }) => status !== 202)) expect(refusal(answer)).to.deep.equal(notCovered);
    expect((await buy(rich)).status).to.equal(202);
    expect(await platform.stockOf(productId)).to.equal(998);
  });

  it('gets the next one through a second later', async () => {
    const poor = await platform.buyer(0);
    expect((await buy(poor)).status).to.equal(202);
    await isRefused(poor, notCovered);
    await eventually(async () => expect((await buy(poor)).status).to.equal(202));
  });

  it('gets an earlier purchase under its key, however many come after it', async () => {
    const poor = await platform.buyer(0);
    const key = newId();
    const first = await buy(poor, key);
    await isRefused(poor, notCovered);
    const again = await buy(poor, key);
    expect(again.status).to.equal(200);
    expect(again.body.data.id).to.equal(first.body.data.id);
  });

  it('is also one whose undecided purchases leave too little', async () => {
    const buyer = await platform.buyer(2_999);
    const { body } = await buy(buyer);
    await isRefused(buyer, notCovered);
    await platform.say('purchase-paid', { purchaseId: body.data.id, userId: buyer.id, amountMinor: 1_500, transferId: newId() });
    await platform.becomes(buyer, body.data.id, { status: 'paid' });
    expect((await buy(buyer)).status).to.equal(202);
  });

  const wallets: [string, object, string][] = [
    ['is frozen', { status: 'frozen' }, 'WALLET_FROZEN'],
    ['has a lower spend limit', { spend_limit_minor: 1_499 }, 'SPEND_LIMIT_EXCEEDED'],
    ['has spent its daily limit', { daily_limit_minor: 1_499, spent_minor: 0, spending_version: 1 }, 'DAILY_LIMIT_EXCEEDED'],
    ['has another currency', { currency: 'USD' }, 'CURRENCY_MISMATCH'],
  ];
  for (const [what, change, code] of wallets) {
    it(`gets ${code} if the wallet ${what}`, async () => {
      const buyer = await platform.buyer();
      await limits(buyer).update(change);
      expect((await buy(buyer)).status).to.equal(202);
      await isRefused(buyer, { status: 409, code, retryAfter: '1' });
    });
  }

  it('waits twice as long with each decline from the third in a row on, up to 10 s, until any event of the wallet', async () => {
    for (const [declines, retryAfter] of [
      [2, '1'],
      [3, '2'],
      [5, '8'],
      [6, '10'],
      [900, '10'],
    ] as const) {
      const poor = await platform.buyer(0);
      await limits(poor).update({ declines, declines_version: 1 });
      expect((await buy(poor)).status).to.equal(202);
      await isRefused(poor, { status: 409, retryAfter });
      if (declines !== 6) continue;
      const walletId = newId();
      const wallet = { walletId, userId: poor.id, currency: 'EUR', balanceMinor: 1, availableMinor: 1, spendLimitMinor: 10_000 };
      await platform.say('wallet-changed', { ...wallet, status: 'active', version: 2 });
      await eventually(async () => expect((await limits(poor).first()).version).to.equal(2));
      await eventually(async () => expect((await buy(poor)).status).to.equal(202));
    }
  });

  it('has its declines for funds counted, and no other ones', async () => {
    const poor = await platform.buyer(0);
    await limits(poor).update({ declines: 4, declines_version: 1 });
    const declined = async (reason: string): Promise<void> => {
      const { body } = await eventually(async () => {
        const answer = await buy(poor);
        expect(answer.status).to.equal(202);
        return answer;
      });
      await platform.say('purchase-declined', { purchaseId: body.data.id, userId: poor.id, amountMinor: 1_500, reason });
      await platform.becomes(poor, body.data.id, { status: 'declined' });
    };
    await declined('INSUFFICIENT_FUNDS');
    expect(await limits(poor).first()).to.include({ declines: 5, declines_version: 1 });
    await limits(poor).update({ declines_version: 0 });
    await declined('A_LATER_REASON');
    expect(await limits(poor).first()).to.include({ declines_version: 0 });
    await declined('INSUFFICIENT_FUNDS');
    expect(await limits(poor).first()).to.include({ declines: 1, declines_version: 1 });
  });

  it('is not paced while the events of the buyer are parked', async () => {
    const poor = await platform.buyer(0);
    await platform.database.db('quarantined').insert({ consumer: 'florin.product', message_key: Buffer.from(poor.id) });
    expect([(await buy(poor)).status, (await buy(poor)).status]).to.deep.equal([202, 202]);
  });

  it('is not paced while the consumer is behind', async () => {
    const poor = await platform.buyer(0);
    const statusesWhile = (isBehind: boolean) =>
      runTransaction(platform.database.db, async (trx) => {
        const requests = [newId(), newId()].map((idempotencyKey) => ({ userId: poor.id, idempotencyKey, items: one() }));
        const copies = { areStale: () => isBehind, areHeldBack: () => false, findParkedKeys: async () => new Set<string>() };
        const answers = await requestPurchases(trx, requests, { pace: { copies, undecidedMax: 500 } });
        return answers.map((answer) => (answer instanceof AppError ? answer.code : 'accepted'));
      });
    expect(await statusesWhile(true)).to.deep.equal(['accepted', 'accepted']);
    expect(await statusesWhile(false)).to.deep.equal(['INSUFFICIENT_FUNDS', 'INSUFFICIENT_FUNDS']);
  });

  it('does not make a purchase wait for a lock on the copies of wallets', async () => {
    const [poor, rich] = [await platform.buyer(0), await platform.buyer()];
    await platform.database.db.transaction(async (trx) => {
      await trx('buyer_limits').forUpdate();
      expect((await buy(rich)).status).to.equal(202);
      expect((await buy(poor)).status).to.equal(202);
      expect((await buy(poor)).status).to.equal(409);
    });
  });
});

describe('a buyer with many undecided purchases', () => {
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct({ PURCHASES_UNDECIDED_MAX: '3' });
  });
  after(() => platform.stop());

  it('gets 429 beyond PURCHASES_UNDECIDED_MAX, also at once, and a replay under an earlier key', async () => {
    const buyer = await platform.buyer();
    const { id: productId } = await platform.product({ stock: 1_000 });
    const keys = Array.from({ length: 8 }, () => newId());
    const answers = await Promise.all(keys.map((key) => platform.buy(buyer, [{ productId, quantity: 1 }], key)));
    expect(answers.filter(({ status }) => status === 202)).to.have.length(3);
    const refused = answers.find(({ status }) => status !== 202);
    expect(refused).to.deep.include({ status: 429 });
    expect(refused?.body).to.include({
      code: 'TOO_MANY_UNDECIDED',
      detail: 'At most 3 purchases of one buyer may be undecided.',
    });
    expect(refused?.headers.get('retry-after')).to.equal('1');
    const accepted = answers.findIndex(({ status }) => status === 202);
    expect((await platform.buy(buyer, [{ productId, quantity: 1 }], keys[accepted])).status).to.equal(200);

    const { id } = answers[accepted]?.body.data ?? {};
    await platform.say('purchase-paid', { purchaseId: id, userId: buyer.id, amountMinor: 1_500, transferId: newId() });
    await platform.becomes(buyer, id, { status: 'paid' });
    expect((await platform.buy(buyer, [{ productId, quantity: 1 }])).status).to.equal(202);
  });
});
