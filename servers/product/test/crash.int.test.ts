import { idBytes, newId } from '@florin/database';
import { createHttpClient, eventually, holdRelay, type SpawnedInstance, spawnInstance, untilWaiting } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

const main = new URL('../src/main.ts', import.meta.url);

/** A staff action on ten subjects: its request, its first and repeated answers, and its effect. */
type Action = {
  method: string;
  path: string;
  body?: object;
  headers?: Record<string, string>;
  answers: readonly [first: number, again: number];
  tells?: string;
  left(): Promise<unknown>;
  leaves: unknown;
};

describe('a killed product service', () => {
  let platform: ProductPlatform;
  let alice: Person;
  /** Created before any kill, because Kafka counts a killed consumer as alive until its session ends. */
  let sets: Action[][];
  let other: SpawnedInstance | undefined;
  let letGo = async (): Promise<void> => {};
  before(async function () {
    this.timeout(90_000);
    platform = await startProduct();
    alice = await platform.buyer();
    sets = [await prepare(), await prepare()];
  });
  afterEach(async () => {
    await other?.kill();
    await letGo();
  });
  after(() => platform.stop());

  const outbox = (): Promise<{ payload: string }[]> => platform.database.db('outbox').orderBy('id').select('payload');
  const paid = async (): Promise<string> => {
    const { id: productId } = await platform.product();
    const { id, userId, totalMinor } = (await platform.buy(alice, [{ productId, quantity: 1 }])).body.data;
    await platform.say('purchase-paid', { purchaseId: id, userId, amountMinor: totalMinor, transferId: newId() });
    await platform.becomes(alice, id, { status: 'paid' });
    return id;
  };
  const prepare = async (): Promise<Action[]> => {
    const [moved, edited] = [await platform.product(), await platform.product()];
    const shirt = await platform.product({ stock: 0, options: ['Size'], variants: [{ optionValues: { Size: 'M' } }] });
    const [toShip, toDeliver, toRefund] = [await paid(), await paid(), await paid()];
    await platform.call('POST', `/v1/purchases/${toDeliver}/ship`, { token: platform.staff.token });
    const statusOf = (id: string) => async () => (await platform.purchase(alice, id))['status'];
    const deltasOf = (id: string) => (): Promise<unknown> =>
      platform.database
        .db('stock_movements')
        .where({ product_id: idBytes(id) })
        .orderBy('id')
        .pluck('delta');
    const refundsOf = (id: string) => (): Promise<unknown> =>
      platform.database
        .db('refunds')
        .where({ purchase_id: idBytes(id) })
        .pluck('amount_minor');
    return [
      {
        ...{ method: 'POST', path: `/v1/products/${moved.id}/stock-movements`, body: { delta: 5, reason: 'delivery' } },
        headers: { 'idempotency-key': newId() },
        ...{ answers: [201, 200], left: deltasOf(moved.id), leaves: [10, 5] },
      },
      {
        ...{ method: 'PATCH', path: `/v1/products/${edited.id}`, body: { name: 'A better novel' } },
        headers: { 'if-match': '"1"' },
        left: async () => (await platform.call('GET', `/v1/products/${edited.id}`)).body.data.version,
        // A repeated edit gets 412, because the first one changed the version.
        ...{ answers: [200, 412], tells: 'product-changed', leaves: 2 },
      },
      {
        ...{ method: 'POST', path: `/v1/products/${shirt.id}/variants` },
        body: { variants: [{ optionValues: { Size: 'L' }, stock: 1 }] },
        left: async () => (await platform.call('GET', `/v1/products/${shirt.id}`)).body.data.variants.length,
        // A repeated addition gets 409, because the first one took the option values.
        ...{ answers: [201, 409], tells: 'product-changed', leaves: 2 },
      },
      {
        ...{ method: 'POST', path: `/v1/purchases/${toShip}/ship`, body: { trackingCode: 'F 1' } },
        ...{ answers: [200, 200], tells: 'purchase-shipped', left: statusOf(toShip), leaves: 'shipped' },
      },
      {
        ...{ method: 'POST', path: `/v1/purchases/${toDeliver}/deliver` },
        ...{ answers: [200, 200], tells: 'purchase-delivered', left: statusOf(toDeliver), leaves: 'delivered' },
      },
      {
        ...{ method: 'POST', path: `/v1/purchases/${toRefund}/refunds`, body: { amountMinor: 100, reason: 'Late' } },
        headers: { 'idempotency-key': newId() },
        ...{ answers: [201, 200], tells: 'refund-requested', left: refundsOf(toRefund), leaves: [100] },
      },
    ];
  };
  const start = async (): Promise<SpawnedInstance> => {
    other = await spawnInstance(main, platform.environment);
    return other;
  };
  const doAt = (url: string, { method, path, body, headers = {} }: Action) =>
    createHttpClient(() => url)(method, path, { token: platform.staff.token, headers, ...(body === undefined ? {} : { body }) });
  const doAgain = (action: Action) => doAt(`http://127.0.0.1:${platform.service.port()}`, action);
  const expectDone = async (all: readonly Action[]): Promise<void> => {
    for (const { path, left, leaves } of all) expect(await left(), path).to.deep.equal(leaves);
  };

  it('after its answers and before their events are published, loses neither and repeats nothing', async () => {
    const all = sets[0] ?? [];
    await eventually(async () => expect(await outbox()).to.have.length(0));
    letGo = await holdRelay(platform.database);
    const killed = await start();
    for (const action of all) expect((await doAt(killed.url, action)).status, action.path).to.equal(action.answers[0]);
    await killed.kill();
    await expectDone(all);
    for (const action of all) expect((await doAgain(action)).status, action.path).to.equal(action.answers[1]);
    await expectDone(all);
    const types = (await outbox()).map(({ payload }) => (JSON.parse(payload) as { type: string }).type);
    expect(types).to.deep.equal(all.flatMap(({ tells }) => tells ?? []));
    await letGo();
    await eventually(async () => expect(await outbox()).to.have.length(0));
  }).timeout(90_000);

  it('within its transactions, keeps nothing of them, and each request is executed once when it is repeated', async () => {
    const all = sets[1] ?? [];
    const killed = await start();
    const lock = await platform.database.db.transaction();
    letGo = async () => void (await lock.rollback());
    for (const table of ['purchases', 'products']) await lock.raw(`SELECT id FROM ${table} FOR UPDATE`);
    const answers = Promise.allSettled(all.map((action) => doAt(killed.url, action)));
    await untilWaiting(platform.database.db, all.length);
    await killed.kill();
    expect((await answers).map(({ status }) => status)).to.deep.equal(all.map(() => 'rejected'));
    await letGo();
    for (const action of all) expect((await doAgain(action)).status, action.path).to.equal(action.answers[0]);
    await expectDone(all);
  }).timeout(90_000);
});
