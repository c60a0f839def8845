import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type components, type FlorinClient, FlorinProblem, type Purchase } from '@florin/client';
import { newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { kafkaBroker, openKafkajs } from '@florin/kafka';
import type { Broker } from '@florin/messaging';
import { createLogger, readKafkaDriver } from '@florin/runtime';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { signedMessage } from '../dev/platform/signed-message.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { smokeTest } from '../release/smoke-test.ts';
import { openPlatform } from './open-platform.ts';
import { openClient, type Person, problemOr, signIn, signUpBuyer } from './sign-up.ts';
import { admin, type TestPlatform } from './start-test-platform.ts';

const OPENING_CREDIT = 1_000_000;

type Item = { productId: string; quantity: number };
type NewProduct = components['schemas']['NewProduct'];

describe('the running platform', function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  let staff: FlorinClient;
  let categoryId: string;

  before(async () => {
    platform = await openPlatform();
    ({ florin: staff } = await signIn(platform, admin));
    categoryId = await newCategory('Books');
  });
  after(() => platform.stop());

  const buyer = (): Promise<Person> => signUpBuyer(platform);

  async function newCategory(name: string): Promise<string> {
    return (await staff.post('/v1/categories', { body: { name: `${name} ${newId()}` } })).data.id;
  }

  async function newProduct(fields: Partial<NewProduct> = {}): Promise<{ id: string }> {
    const body = { name: 'A novel', priceMinor: 1_500, stock: 100, categoryId, ...fields };
    return (await staff.post('/v1/products', { body })).data;
  }

  const one = ({ id: productId }: { id: string }): Item[] => [{ productId, quantity: 1 }];

  /** Requests a purchase without waiting for its decision. */
  async function request({ florin }: Person, items: Item[]): Promise<Purchase> {
    return (await florin.post('/v1/purchases', { body: { items } })).data;
  }

  /** Buys more than the wallet covers: product lets one such purchase per second through to payment, which declines it. */
  function buyUncovered({ florin }: Person, items: readonly Item[]): Promise<Purchase> {
    return eventually(() => florin.buy(items));
  }

  async function wallet({ florin }: Person): Promise<{ balanceMinor: number; version: number }> {
    return (await florin.get('/v1/wallet')).data;
  }

  async function stockOf({ id }: { id: string }): Promise<number | undefined> {
    return (await staff.get('/v1/products/{id}', { params: { path: { id } } })).data.stock;
  }

  async function read({ florin }: Person, id: string): Promise<Purchase> {
    return (await florin.get('/v1/purchases/{id}', { params: { path: { id } } })).data;
  }

  async function stepsOf({ florin }: Person, id: string): Promise<string[]> {
    const { data } = await florin.get('/v1/purchases/{id}/timeline', { params: { path: { id } } });
    return data.map(({ type }) => type);
  }

  function openBroker(): Broker {
    return kafkaBroker({
      brokers: platform.kafkaBrokers,
      security: 'plaintext',
      driver: readKafkaDriver(process.env),
      clientId: 'test',
      prefix: platform.kafkaPrefix,
      sessionTimeoutMs: 6_000,
      logger: createLogger({ service: 'test', level: 'error' }),
    });
  }

  async function expectSoundLedger(): Promise<void> {
    const { data } = await staff.get('/v1/ledger/audit');
    expect(data).to.deep.include({ ok: true, sumMinor: 0, mismatches: [] });
  }

  it('passes the smoke test of a release, whose purchase is cancelled afterwards', async () => {
    const product = await newProduct({ priceMinor: 0, stock: 7 });
    const steps: string[] = [];
    await smokeTest({ urls: platform.urls, timeoutMs: 60_000, onProgress: (step) => steps.push(step) });
    expect(steps.map((step) => step.replace(': ok', ''))).to.deep.equal([
      'the public keys',
      'signing up',
      'the wallet',
      'a purchase',
      'erasing the account',
    ]);
    await eventually(async () => expect(await stockOf(product)).to.equal(7));
    await expectSoundLedger();
  });

  it('sells, shows the timeline, and refunds', async () => {
    const product = await newProduct({ priceMinor: 250_000, stock: 2 });
    const alice = await buyer();
    const bought = await alice.florin.buy(one(product));
    expect(bought).to.include({ status: 'paid', totalMinor: 250_000 });
    expect(await wallet(alice)).to.include({ balanceMinor: 750_000 });
    const { id } = bought;

    const { response } = await alice.florin.post('/v1/purchases/{id}/cancel', { params: { path: { id } } });
    expect(response.status).to.equal(202);
    const cancelled = await alice.florin.waitForPurchase(id, { until: ({ refund }) => refund === 'done' });
    expect(cancelled).to.include({ status: 'cancelled' });
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT });
    expect(await stockOf(product)).to.equal(2);

    expect(await stepsOf(alice, id)).to.deep.equal([
      'purchase-requested',
      'purchase-paid',
      'purchase-cancelled',
      'purchase-refunded',
    ]);
    const entries: [string, number][] = [];
    for await (const { type, amountMinor } of alice.florin.list('/v1/wallet/entries', { params: { query: { limit: 1 } } }))
      entries.push([type, amountMinor]);
    expect(entries).to.deep.equal([
      ['refund', 250_000],
      ['purchase', -250_000],
      ['opening-credit', OPENING_CREDIT],
    ]);
    const { data: payments } = await alice.florin.get('/v1/payments', { params: { query: { purchaseId: id } } });
    expect(payments).to.have.length(1);
    expect(payments[0]).to.include({ status: 'refunded', amountMinor: 250_000 });
    await expectSoundLedger();
  });

  it('delivers: a parcel that is packed, tracked, fails and comes back is refunded with its delivery', async () => {
    const product = await newProduct({ priceMinor: 20_000, stock: 2 });
    const alice = await buyer();
    const method = { name: 'Parcel', priceMinor: 490, freeFromMinor: 50_000, countries: ['AT'], minDays: 1, maxDays: 3 };
    const { id: methodId } = (await staff.post('/v1/delivery-methods', { body: method })).data;
    const { data: methods } = await alice.florin.get('/v1/delivery-methods', { params: { query: { country: 'AT' } } });
    expect(methods.map(({ id }) => id)).to.include(methodId);
    const quote = { items: one(product), delivery: { methodId, country: 'AT' } };
    const { data: quoted } = await alice.florin.post('/v1/purchases/quote', { body: quote });
    expect(quoted).to.include({ deliveryMinor: 490, totalMinor: 20_490 });

    const address = { name: 'Ada Byron', line1: 'Ringstrasse 1', postalCode: '1010', city: 'Vienna', country: 'AT' };
    const body = { items: one(product), delivery: { methodId, address }, expectedTotalMinor: quoted.totalMinor };
    const { id } = (await alice.florin.post('/v1/purchases', { body })).data;
    const bought = await alice.florin.waitForPurchase(id);
    expect(bought).to.include({ status: 'paid', totalMinor: 20_490, deliveryMinor: 490 });
    expect(bought.delivery).to.include({ methodId, name: 'Parcel' });
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 20_490 });

    const path = { id };
    await staff.post('/v1/purchases/{id}/claim-packing', { params: { path } });
    const report = async (status: components['schemas']['DeliveryStatus'], minutesAgo: number) => {
      const at = new Date(Date.now() - minutesAgo * 60_000).toISOString();
      return (await staff.post('/v1/purchases/{id}/delivery/events', { params: { path }, body: { status, at, place: 'Vienna' } }))
        .data;
    };
    await report('packed', 50);
    await staff.post('/v1/purchases/ship:batch', { body: { shipments: [{ purchaseId: id, trackingCode: 'JD 1' }] } });
    expect(await report('out-for-delivery', 30)).to.include({ status: 'out-for-delivery', trackingCode: 'JD 1' });
    await report('failed', 20);
    const { data: failed } = await alice.florin.get('/v1/purchases/{id}/delivery', { params: { path } });
    expect(failed).to.include({ status: 'failed', purchaseStatus: 'shipped' }).and.to.deep.include({ address });
    expect(failed.history.map(({ status }) => status)).to.deep.equal(['packed', 'out-for-delivery', 'failed']);
    expect(await report('returned', 10)).to.include({ status: 'returned', purchaseStatus: 'cancelled' });
    await report('out-for-delivery', 15);

    const refunded = await alice.florin.waitForPurchase(id, { until: ({ refund }) => refund === 'done' });
    expect(refunded).to.include({ status: 'cancelled' });
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT });
    expect(await stockOf(product)).to.equal(2);
    expect(await stepsOf(alice, id)).to.deep.equal([
      'purchase-requested',
      'purchase-paid',
      'purchase-shipped',
      'purchase-cancelled',
      'purchase-refunded',
    ]);
    await expectSoundLedger();
  });

  it('declines a purchase that the wallet does not cover, and restores the stock', async () => {
    const product = await newProduct({ priceMinor: 600_000, stock: 5 });
    const alice = await buyer();
    await alice.florin.buy(one(product));
    expect(await buyUncovered(alice, one(product))).to.include({ status: 'declined', declineReason: 'INSUFFICIENT_FUNDS' });
    const dear = await newProduct({ priceMinor: 1_000_001, stock: 1 });
    expect(await buyUncovered(alice, one(dear))).to.include({ declineReason: 'SPEND_LIMIT_EXCEEDED' });
    expect([await stockOf(product), await stockOf(dear)]).to.deep.equal([4, 1]);
    expect(await wallet(alice)).to.include({ balanceMinor: 400_000 });
  });

  it('pays exactly the seven of twenty concurrent purchases that one wallet covers', async () => {
    const product = await newProduct({ priceMinor: 130_000 });
    const alice = await buyer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => problemOr(alice.florin.buy(one(product)))));
    // Product refuses what its copy of the wallet does not cover, unless the copy is stale. Payment declines the rest.
    const outcomes = answers.map((answer) =>
      answer instanceof FlorinProblem ? answer.code : (answer.declineReason ?? answer.status),
    );
    expect(outcomes.filter((outcome) => outcome === 'paid')).to.have.length(7);
    expect(outcomes.filter((outcome) => outcome === 'INSUFFICIENT_FUNDS')).to.have.length(13);
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 7 * 130_000 });
    expect(await stockOf(product)).to.equal(93);
    await expectSoundLedger();
  });

  it('sells the last ten items to exactly ten of fifty buyers', async () => {
    const product = await newProduct({ stock: 10, priceMinor: 100 });
    const alice = await buyer();
    const answers = await Promise.all(Array.from({ length: 50 }, () => problemOr(alice.florin.buy(one(product)))));
    const outcomes = answers.map((answer) => (answer instanceof FlorinProblem ? answer.code : answer.status));
    expect(outcomes.filter((outcome) => outcome === 'paid')).to.have.length(10);
    expect(outcomes.filter((outcome) => outcome === 'PRODUCT_OUT_OF_STOCK')).to.have.length(40);
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 1_000 });
  });

  it('cancels purchases during their payment: each is refunded or never charged, and the balance is right', async () => {
    const product = await newProduct({ priceMinor: 10_000, stock: 40 });
    const alice = await buyer();
    const bought = await Promise.all(Array.from({ length: 20 }, () => request(alice, one(product))));
    await Promise.all(
      bought.flatMap(({ id }) => {
        const cancel = () => alice.florin.post('/v1/purchases/{id}/cancel', { params: { path: { id } } });
        return [cancel(), cancel()];
      }),
    );
    for (const { id } of bought) {
      const until = ({ status, refund }: Purchase) => status === 'cancelled' && ['done', 'none'].includes(refund);
      await alice.florin.waitForPurchase(id, { until });
    }
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT });
    expect(await stockOf(product)).to.equal(40);
    await expectSoundLedger();
  });

  it('replays the answer to a repeated request, and charges nobody twice', async () => {
    const product = await newProduct({ priceMinor: 5_000 });
    const alice = await buyer();
    const { id, items, totalMinor, currency } = await alice.florin.buy(one(product), { idempotencyKey: 'order-1' });
    expect(await alice.florin.buy(one(product), { idempotencyKey: 'order-1' })).to.include({ id });
    const broker = openBroker();
    const send = (event: OutgoingEvent) => broker.publish([signedMessage(event)]);
    const data = { purchaseId: id, userId: alice.id, items, totalMinor, currency };
    const resent = makeEvent('purchase-requested', { sequence: 2, data });
    await send(resent);
    await send(resent);
    await eventually(async () =>
      expect(await stepsOf(alice, id)).to.deep.equal(['purchase-requested', 'purchase-paid', 'purchase-paid']),
    );
    await broker.disconnect();
    expect(await read(alice, id)).to.include({ status: 'paid', version: 2 });
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 5_000 });
  });

  async function affordable({ florin }: Person, category: string): Promise<string[]> {
    const query = { withinLimit: true, categoryId: category };
    return (await florin.get('/v1/products', { params: { query } })).data.map(({ id }) => id);
  }

  it('lists only products that the buyer may buy now', async () => {
    const shelf = await newCategory('Shelf');
    const cheap = await newProduct({ priceMinor: 400_000, categoryId: shelf });
    const dear = await newProduct({ priceMinor: 700_000, categoryId: shelf });
    const alice = await buyer();
    expect(await affordable(alice, shelf)).to.have.members([cheap.id, dear.id]);
    await alice.florin.buy(one(cheap));
    await eventually(async () => expect(await affordable(alice, shelf)).to.have.members([cheap.id]));
  });

  it('lists only products within the rest of the daily limit', async () => {
    const shelf = await newCategory('Shelf');
    const [cheap, dear] = [
      await newProduct({ priceMinor: 1_000, categoryId: shelf }),
      await newProduct({ priceMinor: 3_000, categoryId: shelf }),
    ];
    const alice = await buyer();
    await staff.put('/v1/wallets/{userId}/limits', {
      params: { path: { userId: alice.id } },
      body: { dailyLimitMinor: 3_500 },
    });
    await eventually(async () => expect(await affordable(alice, shelf)).to.have.members([cheap.id, dear.id]));
    expect(await alice.florin.buy(one(cheap))).to.include({ status: 'paid' });
    await eventually(async () => expect(await affordable(alice, shelf)).to.deep.equal([cheap.id]));
    expect(await buyUncovered(alice, one(dear))).to.include({ status: 'declined', declineReason: 'DAILY_LIMIT_EXCEEDED' });
  });

  it('restricts the ledger’s audit and payments to those who may read them', async () => {
    const alice = await buyer();
    const stranger = openClient(platform);
    expect(await problemOr(stranger.get('/v1/ledger/audit'))).to.include({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await problemOr(alice.florin.get('/v1/ledger/audit'))).to.include({ status: 403, code: 'FORBIDDEN' });
    for (const service of serviceNames) {
      const { status, body } = await platform[service]('GET', platform.openapiPath(service));
      expect([status, body.openapi]).to.deep.equal([200, '3.1.0']);
    }
  });

  it('refuses forged events that give money or goods back, and serves the buyer whose key they use', async () => {
    const product = await newProduct({ priceMinor: 5_000 });
    const alice = await buyer();
    const { id } = await alice.florin.buy(one(product));
    const before = await wallet(alice);
    const cancel = makeEvent('purchase-cancelled', {
      sequence: 9,
      data: { purchaseId: id, userId: alice.id, by: 'staff' },
    });
    const { topic, key, event } = cancel;
    const unsigned = { topic, key, value: JSON.stringify(event), headers: {} };
    const ofAnother = { ...signedMessage({ ...cancel, key: newId() }), key };
    const broker = openBroker();
    await broker.publish([unsigned, ofAnother]);
    await broker.disconnect();
    const letters = async () => (await staff.get('/v1/payment/dead-letters')).data;
    await eventually(async () => expect((await letters()).map(({ status }) => status)).to.deep.equal(['forged', 'forged']));
    expect(await wallet(alice)).to.deep.equal(before);
    expect(await alice.florin.buy(one(product))).to.include({ status: 'paid' });
    for (const letter of await letters())
      await staff.delete('/v1/payment/dead-letters/{id}', { params: { path: { id: letter.id } } });
  });

  it('parks a buyer behind a poison event, without affecting others, until an admin replays it', async () => {
    const product = await newProduct({ priceMinor: 5_000 });
    const [alice, bob] = [await buyer(), await buyer()];
    const broker = openBroker();
    const data = { purchaseId: newId(), userId: alice.id, amountMinor: 1, transferId: newId() };
    await broker.publish([signedMessage(makeEvent('purchase-paid', { sequence: 1, data }))]);
    await broker.disconnect();
    const letters = async () => (await staff.get('/v1/product/dead-letters')).data;
    await eventually(async () => expect(await letters()).to.have.length(1));
    const [dead] = await letters();
    expect(dead).to.include({ status: 'dead', key: alice.id });
    expect(dead?.reason).to.include(`purchase ${data.purchaseId}, which does not exist`);

    const waiting = await request(alice, one(product));
    expect(await bob.florin.buy(one(product))).to.include({ status: 'paid' });
    await eventually(async () => expect(await letters()).to.have.length.above(1));
    expect(await read(alice, waiting.id)).to.include({ status: 'requested' });

    const path = (letter: { id: string } | undefined) => ({ params: { path: { id: letter?.id ?? '' } } });
    const ofDead = path(dead);
    expect(await problemOr(alice.florin.get('/v1/product/dead-letters/{id}', ofDead))).to.include({ status: 403 });
    expect(await problemOr(staff.post('/v1/product/dead-letters/{id}/replay', ofDead))).to.include({
      status: 409,
      code: 'DEAD_LETTER_STILL_FAILS',
    });
    await staff.delete('/v1/product/dead-letters/{id}', ofDead);
    const [parked] = await letters();
    expect(parked).to.include({ status: 'parked' });
    expect(await problemOr(staff.delete('/v1/product/dead-letters/{id}', path(parked)))).to.include({
      status: 409,
      code: 'DEAD_LETTER_PARKED',
    });
    await staff.post('/v1/product/dead-letters/{id}/replay', path(parked));
    expect(await alice.florin.waitForPurchase(waiting.id)).to.include({ status: 'paid' });
    expect(await letters()).to.deep.equal([]);
  });

  async function longNamed(count: number): Promise<Item[]> {
    const items: Item[] = [];
    for (let made = 0; made < count; made++) {
      const { id } = await newProduct({ name: '漢'.repeat(200), priceMinor: 1, stock: 1_000 });
      items.push({ productId: id, quantity: 1 });
    }
    return items;
  }

  it('decides each of many large purchases that one buyer makes concurrently', async () => {
    const [alice, items] = [await buyer(), await longNamed(50)];
    const bought = await Promise.all(Array.from({ length: 60 }, () => request(alice, items)));
    for (const { id } of bought) expect(await alice.florin.waitForPurchase(id)).to.include({ status: 'paid', totalMinor: 50 });
    expect((await wallet(alice)).balanceMinor).to.equal(OPENING_CREDIT - 60 * 50);
  });

  it('parks a purchase that Kafka refuses, serves other buyers, and continues when an operator replays it', async () => {
    await limitPurchases('4000');
    const [alice, bob, items] = [await buyer(), await buyer(), await longNamed(10)];
    const refused = await request(alice, items);
    const behind = await request(alice, items.slice(0, 1));
    expect(await bob.florin.buy(items.slice(0, 1))).to.include({ status: 'paid' });
    const parked = await eventually(async () => {
      const listed = (await deadLetters('list', '--service', 'product')) as { id: string; key: string; status: string }[];
      const found = listed.filter(({ key }) => key === alice.id);
      expect(found.map(({ status }) => status)).to.deep.equal(['refused', 'waiting']);
      return found;
    });
    expect(await read(alice, behind.id)).to.include({ status: 'requested' });
    const shown = await deadLetters('show', parked[0]?.id ?? '', '--service', 'product');
    expect(shown).to.include({ reason: 'MESSAGE_TOO_LARGE' });

    await limitPurchases('1048588');
    // They are parked again until the broker applies the new limit.
    await eventually(async () => {
      const answer = await deadLetters('replay', parked[0]?.id ?? '', '--service', 'product').catch((error: unknown) =>
        String(error),
      );
      if (typeof answer !== 'string') expect(answer).to.deep.equal({ replayed: 2 });
      expect(await read(alice, refused.id)).to.include({ status: 'paid' });
    });
    for (const { id } of [refused, behind]) expect(await alice.florin.waitForPurchase(id)).to.include({ status: 'paid' });
    await expectSoundLedger();
  });

  async function limitPurchases(bytes: string): Promise<void> {
    const kafka = openKafkajs({
      brokers: platform.kafkaBrokers,
      security: 'plaintext',
      logLevel: kafkajs.logLevel.NOTHING,
    }).admin();
    await kafka.connect();
    const configEntries = [{ name: 'max.message.bytes', value: bytes }];
    const name = `${platform.kafkaPrefix}florin.purchases`;
    await kafka.alterConfigs({
      validateOnly: false,
      resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configEntries }],
    });
    await kafka.disconnect();
  }

  /** Runs the operator's command and returns its JSON. */
  async function deadLetters(...args: string[]): Promise<unknown> {
    const command = ['--conditions=source', join(import.meta.dirname, '../dev/florin.mjs'), 'dead-letters', ...args, '--json'];
    const { auth, product, payment, media } = platform.urls;
    const env = {
      PATH: process.env['PATH'],
      AUTH_URL: auth,
      PRODUCT_URL: product,
      PAYMENT_URL: payment,
      MEDIA_URL: media,
      FLORIN_ADMIN_EMAIL: admin.email,
      FLORIN_ADMIN_PASSWORD: admin.password,
    };
    const { stdout } = await promisify(execFile)(process.execPath, command, { env });
    return JSON.parse(stdout) as unknown;
  }

  it('loses no purchase and charges nobody twice when each service is killed during a run of purchases', async function () {
    this.timeout(120_000);
    const product = await newProduct({ priceMinor: 10, stock: 100_000 });
    const buyers = await Promise.all(Array.from({ length: 4 }, buyer));
    const keys = new Map<string, { who: Person; id?: string }>();
    let isOver = false;

    // The client retries with the same key until it gets an answer.
    const shop = async (who: Person): Promise<void> => {
      while (!isOver) {
        const key = newId();
        keys.set(key, { who });
        const { data } = await who.florin.post('/v1/purchases', { body: { items: one(product) }, idempotencyKey: key });
        keys.set(key, { who, id: data.id });
      }
    };
    const shopping = buyers.map(shop);
    for (const name of ['payment', 'product', 'auth', 'payment', 'product'] as const) {
      const before = keys.size;
      await eventually(() => expect(keys.size).to.be.above(before + 20));
      await platform.kill(name);
      await platform.restart(name);
    }
    isOver = true;
    await Promise.all(shopping);

    for (const { who, id } of keys.values()) {
      if (id === undefined) throw new Error('A purchase was never answered.');
      expect(await who.florin.waitForPurchase(id)).to.include({ status: 'paid' });
    }
    expect(new Set([...keys.values()].map(({ id }) => id)).size).to.equal(keys.size);
    expect(await stockOf(product)).to.equal(100_000 - keys.size);
    for (const who of buyers) {
      const count = [...keys.values()].filter((purchase) => purchase.who === who).length;
      expect(await wallet(who)).to.include({ balanceMinor: OPENING_CREDIT - count * 10 });
    }
    await expectSoundLedger();
  });
});
