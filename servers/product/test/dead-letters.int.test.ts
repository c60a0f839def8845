import { newId } from '@florin/database';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

type Letter = { id: string; status: 'dead' | 'parked'; key: string; value: string | null };

describe('dead letters over HTTP', () => {
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct();
  });
  after(() => platform.stop());

  const lettersOf = async ({ id }: Person): Promise<Letter[]> => {
    const { body } = await platform.call('GET', '/v1/product/dead-letters?limit=100', { token: platform.admin.token });
    return body.data.filter(({ key }: Letter) => key === id);
  };
  const drop = (id: string, query = '', who: Person = platform.admin) =>
    platform.call('DELETE', `/v1/product/dead-letters/${id}${query}`, { token: who.token });
  /** A `purchase-paid` for a purchase that does not exist, and the events of the same buyer after it. */
  const park = async (who: Person): Promise<[Letter, Letter]> => {
    for (let sent = 0; sent < 2; sent++)
      await platform.say('purchase-paid', { purchaseId: newId(), userId: who.id, amountMinor: 1, transferId: newId() });
    return eventually(async () => {
      const found = await lettersOf(who);
      expect(found.map(({ status }) => status)).to.deep.equal(['dead', 'parked']);
      return found as [Letter, Letter];
    });
  };

  it('are for admins only', async () => {
    const [dead] = await park(await platform.buyer());
    expect((await platform.call('DELETE', `/v1/product/dead-letters/${dead.id}`)).status).to.equal(401);
    expect((await drop(dead.id, '', platform.staff)).status).to.equal(403);
    expect((await drop(dead.id, '?force=true', platform.staff)).status).to.equal(403);
  });

  it('are dropped, with parked events by force only, with an audit entry', async () => {
    const alice = await platform.buyer();
    const [dead, parked] = await park(alice);
    for (const query of ['', '?force=false']) {
      const { status, body } = await drop(parked.id, query);
      expect({ status, code: body.code }).to.deep.equal({ status: 409, code: 'DEAD_LETTER_PARKED' });
      expect(body.detail).to.include('force=true');
    }
    expect((await drop(parked.id, '?force=perhaps')).status).to.equal(422);
    expect(await lettersOf(alice)).to.have.length(2);

    expect((await drop(parked.id, '?force=true')).status).to.equal(204);
    expect((await drop(parked.id, '?force=true')).status).to.equal(404);
    expect((await drop(dead.id)).status).to.equal(204);
    expect(await lettersOf(alice)).to.deep.equal([]);

    const { body } = await platform.call('GET', `/v1/product/audit-log?subject=${parked.id}`, { token: platform.admin.token });
    expect(body.data).to.have.length(1);
    expect(body.data[0]).to.deep.include({ action: 'dead-letter.drop', actorId: platform.admin.id });
    expect(body.data[0].before).to.include({ status: 'parked', key: alice.id });
  });

  it('from tombstones and foreign messages park no events of the buyer', async () => {
    const alice = await platform.buyer(5_000);
    const product = await platform.product({ stock: 10 });
    const { body } = await platform.buy(alice, [{ productId: product.id, quantity: 1 }]);
    for (const value of [null, 'hello', '{}']) await platform.publishRaw({ topic: 'florin.payments', key: alice.id, value });
    await platform.say('purchase-paid', { purchaseId: body.data.id, userId: alice.id, amountMinor: 1_500, transferId: newId() });
    await platform.becomes(alice, body.data.id, { status: 'paid' });
    expect((await lettersOf(alice)).map(({ status, value }) => [status, value])).to.deep.equal([
      ['dead', null],
      ['dead', 'hello'],
      ['dead', '{}'],
    ]);
  });
});
