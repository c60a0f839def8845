import { newId } from '@florin/runtime';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('a buyer who is erased', function () {
  this.timeout(90_000);
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct();
  });
  after(() => platform.stop());

  const cancelled = async (buyer: Person, by: Person = buyer): Promise<string> => {
    const { id } = await platform.product();
    const { body } = await platform.buy(buyer, [{ productId: id, quantity: 1 }]);
    const reason = 'my mother in Linz is ill';
    await platform.call('POST', `/v1/purchases/${body.data.id}/cancel`, { token: by.token, body: { reason } });
    return body.data.id;
  };
  /** What staff see of the cancel. */
  const cancelOf = async (id: string): Promise<Record<string, unknown>> => {
    const { body } = await platform.call('GET', `/v1/purchases/${id}/timeline`, { token: platform.staff.token });
    return body.data.find(({ type }: { type: string }) => type === 'purchase-cancelled').detail;
  };

  it('is forgotten in words, while the purchases and the words of others stay', async () => {
    const [alice, bob] = [await platform.buyer(), await platform.buyer()];
    const ids = [await cancelled(alice), await cancelled(alice, platform.staff)];
    const others = await cancelled(bob);
    const { body: open } = await platform.buy(alice, [{ productId: (await platform.product()).id, quantity: 1 }]);
    await platform.say('user-erased', { userId: alice.id });
    const [own, byStaff] = ids as [string, string];
    await eventually(async () => expect(await cancelOf(own)).to.deep.equal({ by: 'buyer' }));
    expect(await cancelOf(byStaff)).to.deep.equal({ by: 'staff' });
    expect(await cancelOf(others)).to.deep.equal({ by: 'buyer', reason: 'my mother in Linz is ill' });
    for (const id of ids)
      expect(await platform.purchase(platform.staff, id)).to.include({ userId: alice.id, status: 'cancelled' });
    expect(await platform.purchase(platform.staff, open.data.id)).to.include({ status: 'requested' });
  });

  it('may have bought nothing, or not be known at all', async () => {
    await platform.say('user-erased', { userId: newId() });
    const alice = await platform.buyer();
    const id = await cancelled(alice);
    await platform.say('user-erased', { userId: alice.id });
    await eventually(async () => expect(await cancelOf(id)).to.deep.equal({ by: 'buyer' }));
    expect((await platform.call('GET', '/v1/product/dead-letters', { token: admin() })).body.data).to.deep.equal([]);
  });

  it('leaves an audit log that nobody but an admin may read, and that has none of the words', async () => {
    expect((await platform.call('GET', '/v1/product/audit-log', { token: platform.staff.token })).status).to.equal(403);
    const { body } = await platform.call('GET', '/v1/product/audit-log?limit=100', { token: admin() });
    expect(body.data).to.have.length.above(0);
    expect(JSON.stringify(body.data)).to.not.include('Linz');
  });

  const admin = (): string => platform.admin.token;
});
