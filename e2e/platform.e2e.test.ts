import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { kafkaBroker, openKafkajs } from '@florin/kafka';
import type { Broker } from '@florin/messaging';
import { createLogger, readKafkaDriver } from '@florin/runtime';
import { type Answer, eventually } from '@florin/testing';
import { expect } from 'chai';
import kafkajs from 'kafkajs';
import { signedMessage } from '../dev/platform/signed-message.ts';
import { serviceNames } from '../ops/platform/service-names.ts';
import { smokeTest } from '../release/smoke-test.ts';
import { openPlatform } from './open-platform.ts';
import { admin, type TestPlatform } from './start-test-platform.ts';

const OPENING_CREDIT = 1_000_000;

type Person = { id: string; token: string };
type Item = { productId: string; quantity: number };

describe('the running platform', function () {
  this.timeout(180_000);
  let platform: TestPlatform;
  let staff: Person;
  let categoryId: string;

  before(async () => {
    platform = await openPlatform();
    staff = await signIn(admin);
    const made = await platform.product('POST', '/v1/categories', { token: staff.token, body: { name: 'Books' } });
    categoryId = made.body.data.id;
  });
  after(() => platform.stop());

  async function signIn({ email, password }: { email: string; password: string }): Promise<Person> {
    const { body } = await platform.auth('POST', '/v1/auth/signin', { body: { email, password } });
    return { id: body.data.user.id, token: body.data.accessToken };
  }

  /** Signs up and waits until product has consumed the wallet's event. */
  async function buyer(name: string): Promise<Person> {
    const answer = await platform.auth('POST', '/v1/auth/signup', {
      body: { email: `${name}-${newId()}@florin.example`, password: 'correct horse battery', name },
    });
    expect(answer.status).to.equal(201);
    const person = { id: answer.body.data.user.id, token: answer.body.data.accessToken };
    await eventually(async () => expect((await wallet(person)).balanceMinor).to.equal(OPENING_CREDIT));
    await eventually(async () => {
      const { body } = await platform.product('GET', '/v1/products?withinLimit=true&limit=1', { token: person.token });
      expect(body.data).to.have.length(1);
    });
    return person;
  }

  async function newProduct(fields: Record<string, unknown> = {}): Promise<{ id: string }> {
    const body = { name: 'A novel', priceMinor: 1_500, stock: 100, categoryId, ...fields };
    const answer = await platform.product('POST', '/v1/products', { token: staff.token, body });
    expect(answer.status).to.equal(201);
    return answer.body.data;
  }

  function buy(who: Person, items: readonly Item[], { key = newId(), waitS = 20 } = {}) {
    const headers = { 'idempotency-key': key, ...(waitS > 0 ? { prefer: `wait=${waitS}` } : {}) };
    return platform.product('POST', '/v1/purchases', { token: who.token, body: { items }, headers });
  }

  /** Buys more than the wallet covers: product lets one such purchase per second through to payment, which declines it. */
  function buyUncovered(who: Person, items: readonly Item[]): Promise<Answer> {
    return eventually(async () => {
      const answer = await buy(who, items);
      expect(answer.status).to.equal(200);
      return answer;
    });
  }

  async function wallet({ token }: Person): Promise<{ balanceMinor: number; version: number }> {
    const { status, body } = await platform.payment('GET', '/v1/wallet', { token });
    expect(status).to.equal(200);
    return body.data;
  }

  async function stockOf({ id }: { id: string }): Promise<number> {
    return (await platform.product('GET', `/v1/products/${id}`)).body.data.stock;
  }

  async function read(who: Person, id: string) {
    return (await platform.product('GET', `/v1/purchases/${id}`, { token: who.token })).body.data;
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
    const { body } = await platform.payment('GET', '/v1/ledger/audit', { token: staff.token });
    expect(body.data).to.deep.include({ ok: true, sumMinor: 0, mismatches: [] });
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
    const alice = await buyer('alice');
    const bought = await buy(alice, [{ productId: product.id, quantity: 1 }]);
    expect(bought.status).to.equal(200);
    expect(bought.body.data).to.include({ status: 'paid', totalMinor: 250_000 });
    expect(await wallet(alice)).to.include({ balanceMinor: 750_000 });
    const { id } = bought.body.data;

    const cancelled = await platform.product('POST', `/v1/purchases/${id}/cancel`, { token: alice.token });
    expect(cancelled.status).to.equal(202);
    await eventually(async () => expect(await read(alice, id)).to.include({ status: 'cancelled', refund: 'done' }));
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT });
    expect(await stockOf(product)).to.equal(2);

    const timeline = await platform.product('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
    expect(timeline.body.data.map(({ type }: { type: string }) => type)).to.deep.equal([
      'purchase-requested',
      'purchase-paid',
      'purchase-cancelled',
      'purchase-refunded',
    ]);
    const entries = await platform.payment('GET', '/v1/wallet/entries', { token: alice.token });
    expect(
      entries.body.data.map(({ type, amountMinor }: { type: string; amountMinor: number }) => [type, amountMinor]),
    ).to.deep.equal([
      ['refund', 250_000],
      ['purchase', -250_000],
      ['opening-credit', OPENING_CREDIT],
    ]);
    const payments = await platform.payment('GET', `/v1/payments?purchaseId=${id}`, { token: alice.token });
    expect(payments.body.data).to.have.length(1);
    expect(payments.body.data[0]).to.include({ status: 'refunded', amountMinor: 250_000 });
    await expectSoundLedger();
  });

  it('declines a purchase that the wallet does not cover, and restores the stock', async () => {
    const product = await newProduct({ priceMinor: 600_000, stock: 5 });
    const alice = await buyer('alice');
    await buy(alice, [{ productId: product.id, quantity: 1 }]);
    const { body } = await buyUncovered(alice, [{ productId: product.id, quantity: 1 }]);
    expect(body.data).to.include({ status: 'declined', declineReason: 'INSUFFICIENT_FUNDS' });
    const dear = await newProduct({ priceMinor: 1_000_001, stock: 1 });
    expect((await buyUncovered(alice, [{ productId: dear.id, quantity: 1 }])).body.data).to.include({
      declineReason: 'SPEND_LIMIT_EXCEEDED',
    });
    expect([await stockOf(product), await stockOf(dear)]).to.deep.equal([4, 1]);
    expect(await wallet(alice)).to.include({ balanceMinor: 400_000 });
  });

  it('pays exactly the seven of twenty concurrent purchases that one wallet covers', async () => {
    const product = await newProduct({ priceMinor: 130_000 });
    const alice = await buyer('alice');
    const answers = await Promise.all(Array.from({ length: 20 }, () => buy(alice, [{ productId: product.id, quantity: 1 }])));
    // Product refuses what its copy of the wallet does not cover, unless the copy is stale. Payment declines the rest.
    const outcomes = answers.map(({ body }) => body.data?.declineReason ?? body.data?.status ?? body.code);
    expect(outcomes.filter((outcome) => outcome === 'paid')).to.have.length(7);
    expect(outcomes.filter((outcome) => outcome === 'INSUFFICIENT_FUNDS')).to.have.length(13);
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 7 * 130_000 });
    expect(await stockOf(product)).to.equal(93);
    await expectSoundLedger();
  });

  it('sells the last ten items to exactly ten of fifty buyers', async () => {
    const product = await newProduct({ stock: 10, priceMinor: 100 });
    const alice = await buyer('alice');
    const answers = await Promise.all(Array.from({ length: 50 }, () => buy(alice, [{ productId: product.id, quantity: 1 }])));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(10);
    expect(answers.filter(({ body }) => body.code === 'PRODUCT_OUT_OF_STOCK')).to.have.length(40);
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 1_000 });
  });

  it('cancels purchases during their payment: each is refunded or never charged, and the balance is right', async () => {
    const product = await newProduct({ priceMinor: 10_000, stock: 40 });
    const alice = await buyer('alice');
    const bought = await Promise.all(
      Array.from({ length: 20 }, () => buy(alice, [{ productId: product.id, quantity: 1 }], { waitS: 0 })),
    );
    await Promise.all(
      bought.flatMap(({ body }) => {
        const cancel = () => platform.product('POST', `/v1/purchases/${body.data.id}/cancel`, { token: alice.token });
        return [cancel(), cancel()];
      }),
    );
    for (const { body } of bought) {
      await eventually(async () => {
        const purchase = await read(alice, body.data.id);
        expect(purchase.status).to.equal('cancelled');
        expect(purchase.refund).to.be.oneOf(['done', 'none']);
      });
    }
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT });
    expect(await stockOf(product)).to.equal(40);
    await expectSoundLedger();
  });

  it('replays the answer to a repeated request, and charges nobody twice', async () => {
    const product = await newProduct({ priceMinor: 5_000 });
    const alice = await buyer('alice');
    const { body } = await buy(alice, [{ productId: product.id, quantity: 1 }]);
    const { id, items, totalMinor, currency } = body.data;
    const broker = openBroker();
    const send = (event: OutgoingEvent) => broker.publish([signedMessage(event)]);
    const data = { purchaseId: id, userId: alice.id, items, totalMinor, currency };
    const resent = makeEvent('purchase-requested', { sequence: 2, data });
    await send(resent);
    await send(resent);
    await eventually(async () => {
      const timeline = await platform.product('GET', `/v1/purchases/${id}/timeline`, { token: alice.token });
      expect(timeline.body.data.map(({ type }: { type: string }) => type)).to.deep.equal([
        'purchase-requested',
        'purchase-paid',
        'purchase-paid',
      ]);
    });
    await broker.disconnect();
    expect(await read(alice, id)).to.include({ status: 'paid', version: 2 });
    expect(await wallet(alice)).to.include({ balanceMinor: OPENING_CREDIT - 5_000 });
  });

  it('lists only products that the buyer may buy now', async () => {
    const shelf = await platform.product('POST', '/v1/categories', { token: staff.token, body: { name: 'Shelf' } });
    const cheap = await newProduct({ priceMinor: 400_000, categoryId: shelf.body.data.id });
    const dear = await newProduct({ priceMinor: 700_000, categoryId: shelf.body.data.id });
    const alice = await buyer('alice');
    const affordable = async (): Promise<string[]> => {
      const { body } = await platform.product('GET', `/v1/products?withinLimit=true&categoryId=${shelf.body.data.id}`, {
        token: alice.token,
      });
      return body.data.map(({ id }: { id: string }) => id);
    };
    expect(await affordable()).to.have.members([cheap.id, dear.id]);
    await buy(alice, [{ productId: cheap.id, quantity: 1 }]);
    await eventually(async () => expect(await affordable()).to.have.members([cheap.id]));
  });

  it('lists only products within the rest of the daily limit', async () => {
    const shelf = await platform.product('POST', '/v1/categories', { token: staff.token, body: { name: 'Shelf' } });
    const [cheap, dear] = [
      await newProduct({ priceMinor: 1_000, categoryId: shelf.body.data.id }),
      await newProduct({ priceMinor: 3_000, categoryId: shelf.body.data.id }),
    ];
    const alice = await buyer('alice');
    const affordable = async (): Promise<string[]> => {
      const path = `/v1/products?withinLimit=true&categoryId=${shelf.body.data.id}`;
      const { body } = await platform.product('GET', path, { token: alice.token });
      return body.data.map(({ id }: { id: string }) => id);
    };
    const limits = { token: staff.token, body: { dailyLimitMinor: 3_500 } };
    expect((await platform.payment('PUT', `/v1/wallets/${alice.id}/limits`, limits)).status).to.equal(200);
    await eventually(async () => expect(await affordable()).to.have.members([cheap.id, dear.id]));
    const bought = await buy(alice, [{ productId: cheap.id, quantity: 1 }]);
    expect(bought.body.data).to.include({ status: 'paid' });
    await eventually(async () => expect(await affordable()).to.deep.equal([cheap.id]));
    expect((await buyUncovered(alice, [{ productId: dear.id, quantity: 1 }])).body.data).to.include({
      status: 'declined',
      declineReason: 'DAILY_LIMIT_EXCEEDED',
    });
  });

  it('restricts the ledger’s audit and payments to those who may read them', async () => {
    const alice = await buyer('alice');
    expect((await platform.payment('GET', '/v1/ledger/audit')).status).to.equal(401);
    expect((await platform.payment('GET', '/v1/ledger/audit', { token: alice.token })).status).to.equal(403);
    for (const service of serviceNames) {
      const { status, body } = await platform[service]('GET', platform.openapiPath(service));
      expect([status, body.openapi]).to.deep.equal([200, '3.1.0']);
    }
  });

  it('refuses forged events that give money or goods back, and serves the buyer whose key they use', async () => {
    const product = await newProduct({ priceMinor: 5_000 });
    const alice = await buyer('alice');
    const { body } = await buy(alice, [{ productId: product.id, quantity: 1 }]);
    const before = await wallet(alice);
    const cancel = makeEvent('purchase-cancelled', {
      sequence: 9,
      data: { purchaseId: body.data.id, userId: alice.id, by: 'staff' },
    });
    const { topic, key, event } = cancel;
    const unsigned = { topic, key, value: JSON.stringify(event), headers: {} };
    const ofAnother = { ...signedMessage({ ...cancel, key: newId() }), key };
    const broker = openBroker();
    await broker.publish([unsigned, ofAnother]);
    await broker.disconnect();
    const letters = async (): Promise<{ id: string; status: string }[]> =>
      (await platform.payment('GET', '/v1/payment/dead-letters', { token: staff.token })).body.data;
    await eventually(async () => expect((await letters()).map(({ status }) => status)).to.deep.equal(['forged', 'forged']));
    expect(await wallet(alice)).to.deep.equal(before);
    expect((await buy(alice, [{ productId: product.id, quantity: 1 }])).body.data).to.include({ status: 'paid' });
    for (const { id } of await letters())
      await platform.payment('DELETE', `/v1/payment/dead-letters/${id}`, { token: staff.token });
  });

  it('parks a buyer behind a poison event, without affecting others, until an admin replays it', async () => {
    const product = await newProduct({ priceMinor: 5_000 });
    const [alice, bob] = [await buyer('alice'), await buyer('bob')];
    const broker = openBroker();
    const data = { purchaseId: newId(), userId: alice.id, amountMinor: 1, transferId: newId() };
    await broker.publish([signedMessage(makeEvent('purchase-paid', { sequence: 1, data }))]);
    await broker.disconnect();
    const letters = async (): Promise<{ id: string; status: string; reason?: string; key: string }[]> =>
      (await platform.product('GET', '/v1/product/dead-letters', { token: staff.token })).body.data;
    await eventually(async () => expect(await letters()).to.have.length(1));
    const [dead] = await letters();
    expect(dead).to.include({ status: 'dead', key: alice.id });
    expect(dead?.reason).to.include(`purchase ${data.purchaseId}, which does not exist`);

    const waiting = await buy(alice, [{ productId: product.id, quantity: 1 }], { waitS: 0 });
    expect((await buy(bob, [{ productId: product.id, quantity: 1 }])).body.data).to.include({ status: 'paid' });
    await eventually(async () => expect(await letters()).to.have.length.above(1));
    expect(await read(alice, waiting.body.data.id)).to.include({ status: 'requested' });

    const path = `/v1/product/dead-letters/${dead?.id}`;
    expect((await platform.product('GET', path, { token: alice.token })).status).to.equal(403);
    expect((await platform.product('POST', `${path}/replay`, { token: staff.token })).body).to.include({
      status: 409,
      code: 'DEAD_LETTER_STILL_FAILS',
    });
    expect((await platform.product('DELETE', path, { token: staff.token })).status).to.equal(204);
    const [parked] = await letters();
    expect(parked).to.include({ status: 'parked' });
    expect((await platform.product('DELETE', `/v1/product/dead-letters/${parked?.id}`, { token: staff.token })).body).to.include({
      status: 409,
      code: 'DEAD_LETTER_PARKED',
    });
    const replayed = await platform.product('POST', `/v1/product/dead-letters/${parked?.id}/replay`, { token: staff.token });
    expect(replayed.status).to.equal(200);
    await eventually(async () => expect(await read(alice, waiting.body.data.id)).to.include({ status: 'paid' }));
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
    const [alice, items] = [await buyer('alice'), await longNamed(50)];
    const bought = await Promise.all(Array.from({ length: 60 }, () => buy(alice, items, { waitS: 0 })));
    expect(bought.map(({ status }) => status)).to.deep.equal(bought.map(() => 202));
    for (const { body } of bought)
      await eventually(async () => expect(await read(alice, body.data.id)).to.include({ status: 'paid', totalMinor: 50 }));
    expect((await wallet(alice)).balanceMinor).to.equal(OPENING_CREDIT - 60 * 50);
  });

  it('parks a purchase that Kafka refuses, serves other buyers, and continues when an operator replays it', async () => {
    await limitPurchases('4000');
    const [alice, bob, items] = [await buyer('alice'), await buyer('bob'), await longNamed(10)];
    const refused = await buy(alice, items, { waitS: 0 });
    const behind = await buy(alice, items.slice(0, 1), { waitS: 0 });
    expect((await buy(bob, items.slice(0, 1))).body.data).to.include({ status: 'paid' });
    const parked = await eventually(async () => {
      const listed = (await deadLetters('list', '--service', 'product')) as { id: string; key: string; status: string }[];
      const found = listed.filter(({ key }) => key === alice.id);
      expect(found.map(({ status }) => status)).to.deep.equal(['refused', 'waiting']);
      return found;
    });
    expect(await read(alice, behind.body.data.id)).to.include({ status: 'requested' });
    const shown = await deadLetters('show', parked[0]?.id ?? '', '--service', 'product');
    expect(shown).to.include({ reason: 'MESSAGE_TOO_LARGE' });

    await limitPurchases('1048588');
    // They are parked again until the broker applies the new limit.
    await eventually(async () => {
      const answer = await deadLetters('replay', parked[0]?.id ?? '', '--service', 'product').catch((error: unknown) =>
        String(error),
      );
      if (typeof answer !== 'string') expect(answer).to.deep.equal({ replayed: 2 });
      expect(await read(alice, refused.body.data.id)).to.include({ status: 'paid' });
    });
    for (const { body } of [refused, behind])
      await eventually(async () => expect(await read(alice, body.data.id)).to.include({ status: 'paid' }));
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
    const { auth, product, payment } = platform.urls;
    const env = {
      PATH: process.env['PATH'],
      AUTH_URL: auth,
      PRODUCT_URL: product,
      PAYMENT_URL: payment,
      FLORIN_ADMIN_EMAIL: admin.email,
      FLORIN_ADMIN_PASSWORD: admin.password,
    };
    const { stdout } = await promisify(execFile)(process.execPath, command, { env });
    return JSON.parse(stdout) as unknown;
  }

  it('loses no purchase and charges nobody twice when each service is killed during a run of purchases', async function () {
    this.timeout(120_000);
    const product = await newProduct({ priceMinor: 10, stock: 100_000 });
    const buyers = await Promise.all(['alice', 'bob', 'carol', 'dave'].map(buyer));
    const keys = new Map<string, { who: Person; id?: string }>();
    let isOver = false;

    // A correct client: it retries with the same key until it gets an answer.
    const shop = async (who: Person): Promise<void> => {
      while (!isOver) {
        const key = newId();
        keys.set(key, { who });
        await eventually(
          async () => {
            const { status, body } = await buy(who, [{ productId: product.id, quantity: 1 }], { key, waitS: 0 });
            expect(status).to.be.oneOf([200, 202]);
            keys.set(key, { who, id: body.data.id });
          },
          { timeoutMs: 60_000 },
        );
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
      await eventually(async () => expect((await read(who, id)).status).to.equal('paid'));
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
