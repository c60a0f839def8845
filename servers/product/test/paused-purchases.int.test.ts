import { newId, runTransaction } from '@florin/database';
import { createLogger, createMetrics } from '@florin/runtime';
import { setSwitch } from '@florin/service';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { createTimeoutJob } from '../src/purchases/timeout-job.ts';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('Purchases while an operator has stopped them', () => {
  let platform: ProductPlatform;
  let buyer: Person;
  let productId: string;
  const throwSwitch = (name: string, isOn: boolean) =>
    platform.call('PUT', `/v1/product/switches/${name}`, { token: platform.admin.token, body: { isOn, reason: 'test' } });
  const buy = (key = newId()) => platform.buy(buyer, [{ productId, quantity: 1 }], key);

  before(async () => {
    platform = await startProduct();
    buyer = await platform.buyer();
    productId = (await platform.product({ stock: 100, priceMinor: 10 })).id;
  });
  after(() => platform.stop());

  it('are refused with a code of their own and Retry-After, and a retry of an accepted one is answered', async () => {
    const key = newId();
    const accepted = await buy(key);
    expect(accepted.status).to.equal(202);
    expect((await throwSwitch('stop-purchases', true)).status).to.equal(200);
    const refused = await buy();
    expect([refused.status, refused.body.code, refused.headers.get('retry-after')]).to.deep.equal([
      503,
      'PURCHASES_PAUSED',
      '30',
    ]);
    expect((await buy(key)).body.data).to.include({ id: accepted.body.data.id });
    expect((await platform.call('GET', `/v1/products/${productId}`)).body.data).to.include({ stock: 99 });
    await throwSwitch('stop-purchases', false);
    expect((await buy()).status).to.equal(202);
  });

  it('follow a switch that a command throws in the database', async () => {
    const change = { isOn: true, reason: 'by command', actor: { actorId: null, actorName: 'ops' } };
    await runTransaction(platform.database.db, (trx) => setSwitch(trx, 'stop-purchases', change));
    await eventually(async () => expect((await buy()).body.code).to.equal('PURCHASES_PAUSED'));
    await throwSwitch('stop-purchases', false);
    const log = await platform.call('GET', '/v1/product/audit-log?subject=stop-purchases', { token: platform.admin.token });
    expect(log.body.data[1]).to.deep.include({ action: 'switch.throw', actorId: null });
    expect(log.body.data[1].after).to.include({ reason: 'by command', ranBy: 'ops' });
  });

  it('are not timed out while a pause holds their decisions back', async () => {
    const { id } = (await buy()).body.data as { id: string };
    await platform.database.db('purchases').update({ created_at: new Date('2020-01-01') });
    let isHeldBack = true;
    let looks = 0;
    const job = createTimeoutJob({
      transact: (work) => runTransaction(platform.database.db, work),
      logger: createLogger({ service: 'test', level: 'error' }),
      metrics: createMetrics('test'),
      clocks: { whenReliable: (work) => work },
      copies: {
        areHeldBack: () => {
          looks++;
          return isHeldBack;
        },
      },
      timeoutS: 0.2,
    });
    job.start();
    await eventually(() => expect(looks).to.be.above(2));
    expect(await platform.purchase(buyer, id)).to.include({ status: 'requested' });
    isHeldBack = false;
    await eventually(async () => expect(await platform.purchase(buyer, id)).to.include({ status: 'cancelled' }));
    await job.stop();
  });
});
