import { newId } from '@florin/database';
import { openKafkajs } from '@florin/kafka';
import { eventually, testKafka } from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const PATH = '/v1/product/parked-events';

describe('events of product that Kafka refuses', () => {
  let product: ProductPlatform;
  let items: { productId: string; quantity: number }[];
  before(async () => {
    product = await startProduct();
    items = [];
    for (let count = 0; count < 10; count++) {
      const { id } = await product.product({ name: '漢'.repeat(200), priceMinor: 1, stock: 100 });
      items.push({ productId: id, quantity: 1 });
    }
  });
  after(() => product.stop());
  beforeEach(() => limitTopic('4000'));

  const limitTopic = async (bytes: string): Promise<void> => {
    const admin = openKafkajs({ ...testKafka(), logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const name = `${product.environment['KAFKA_PREFIX']}florin.purchases`;
    const configEntries = [{ name: 'max.message.bytes', value: bytes }];
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries }],
    });
    await admin.disconnect();
  };
  const asAdmin = (method: string, path: string) => product.call(method, path, { token: product.admin.token });
  const buy = async (who: Person, count: number): Promise<string> => {
    const { status, body } = await product.buy(who, items.slice(0, count));
    expect(status).to.equal(202);
    return body.data.id;
  };
  type Listed = { id: string; status: string; key: string; type: string; bytes: number; reason?: string };
  const parkedOf = async ({ id }: Person): Promise<Listed[]> => {
    const { status, body } = await asAdmin('GET', PATH);
    expect(status).to.equal(200);
    return (body.data as Listed[]).filter(({ key }) => key === id);
  };
  const untilParked = (who: Person, count: number): Promise<Listed[]> =>
    eventually(async () => {
      const found = await parkedOf(who);
      expect(found).to.have.length(count);
      return found;
    });
  const isHeard = (purchaseId: string): Promise<void> =>
    eventually(() => {
      expect(product.published(purchaseId).map(({ type }) => type)).to.deep.equal(['purchase-requested']);
    });

  it('are for admins only', async () => {
    for (const [method, path] of [
      ['GET', PATH],
      ['GET', `${PATH}/${newId()}`],
      ['POST', `${PATH}/${newId()}/replay`],
      ['DELETE', `${PATH}/${newId()}`],
    ] as const) {
      expect((await product.call(method, path)).status, `${method} without a token`).to.equal(401);
      expect((await product.call(method, path, { token: product.staff.token })).status, `${method} by staff`).to.equal(403);
      if (path !== PATH) expect((await asAdmin(method, path)).status, `${method} of an unknown one`).to.equal(404);
    }
    expect((await asAdmin('GET', `${PATH}?limit=0`)).status).to.equal(422);
    expect((await asAdmin('DELETE', `${PATH}/${newId()}?force=perhaps`)).status).to.equal(422);
  });

  it('can be listed and read, do not delay other buyers, and are published in order by a replay', async () => {
    const [alice, bob] = [await product.buyer(), await product.buyer()];
    const refused = await buy(alice, 10);
    const behind = await buy(alice, 1);
    await isHeard(await buy(bob, 1));
    const [first, second] = await untilParked(alice, 2);
    expect(first).to.include({ status: 'refused', reason: 'MESSAGE_TOO_LARGE', type: 'purchase-requested' });
    expect(first?.bytes).to.be.above(6_000);
    expect(second).to.include({ status: 'waiting' }).and.not.have.property('reason');
    expect(first).not.to.have.property('value');
    const { body } = await asAdmin('GET', `${PATH}/${first?.id}`);
    expect(JSON.parse(body.data.value)).to.have.nested.property('data.purchaseId', refused);
    expect(product.published(refused)).to.deep.equal([]);

    await limitTopic('100000');
    // They are parked again until the broker applies the new limit.
    await eventually(async () => {
      const replay = await asAdmin('POST', `${PATH}/${second?.id}/replay`);
      if (replay.status !== 404) expect([replay.status, replay.body]).to.deep.equal([200, { data: { replayed: 2 } }]);
      expect(product.published(refused)).to.have.length(1);
    });
    await isHeard(behind);
    expect(await parkedOf(alice)).to.deep.equal([]);
  });

  it('can be dropped, waiting ones by force only, with an audit entry', async () => {
    const alice = await product.buyer();
    const refused = await buy(alice, 10);
    await buy(alice, 1);
    const [first, second] = await untilParked(alice, 2);
    const gentle = await asAdmin('DELETE', `${PATH}/${second?.id}`);
    expect([gentle.status, gentle.body.code]).to.deep.equal([409, 'PARKED_EVENT_WAITS']);
    expect((await asAdmin('DELETE', `${PATH}/${second?.id}?force=true`)).status).to.equal(204);
    expect((await asAdmin('DELETE', `${PATH}/${first?.id}`)).status).to.equal(204);
    expect(await parkedOf(alice)).to.deep.equal([]);
    const { body: log } = await asAdmin('GET', `/v1/product/audit-log?subject=${first?.id}`);
    expect(log.data).to.have.length(1);
    expect(log.data[0]).to.include({ action: 'parked-event.drop', actorId: product.admin.id });

    const after = await buy(alice, 1);
    await isHeard(after);
    expect(product.published(refused)).to.deep.equal([]);
  });
});
