import { newId } from '@florin/database';
import { expect } from 'chai';
import { type RunningPayment, startPayment } from './start-payment.ts';

describe('the limit of requests', () => {
  let payment: RunningPayment;
  before(async () => {
    payment = await startPayment({ RATE_LIMIT_USER_PER_MIN: '2' });
  });
  after(() => payment.stop());

  it('applies to each user of payment', async () => {
    const [alice, bob] = [{ id: newId() }, { id: newId() }];
    const statuses: number[] = [];
    for (const who of [alice, alice, alice, bob]) statuses.push((await payment.get('/v1/payments', who)).status);
    expect(statuses).to.deep.equal([200, 200, 429, 200]);
  });
});
