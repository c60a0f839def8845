import { newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import type { FlorinService } from '../src/index.ts';
import { buildTestService, type TestService } from './start-test-service.ts';

type Answer = { status: number; body: { code?: string; data?: Record<string, unknown>; errors?: { path: string }[] } };

const registered = (): OutgoingEvent => makeEvent('user-registered', { sequence: 1, data: { userId: newId() } });
const ended = (): OutgoingEvent =>
  makeEvent('purchase-declined', {
    sequence: 1,
    data: { purchaseId: newId(), userId: newId(), amountMinor: 1, reason: 'WALLET_FROZEN' },
  });

describe('The switches of a service', () => {
  let shop: TestService;
  let second: FlorinService;
  let admin: string;

  const send = async (service: FlorinService, method: string, name: string, body?: unknown, token = admin): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${service.port()}/v1/shop/${name}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const put = (name: string, body: unknown, service = shop.service): Promise<Answer> =>
    send(service, 'PUT', `switches/${name}`, body);
  const stateOf = (service: FlorinService, name: string) => service.switches.list().find((one) => one.name === name);
  const handled = (): Promise<string[]> => shop.database.db('notes').pluck('note');
  const ready = async (service: FlorinService) =>
    (await fetch(`http://127.0.0.1:${service.port()}/health/ready`).then((answer) => answer.json())) as {
      status: string;
      reasons?: string[];
    };
  const audited = (): Promise<{ action: string; subject: string; state_after: string }[]> =>
    shop.database.db('audit_log').orderBy('id').select();

  before(async () => {
    const handle = async (trx: Knex.Transaction, events: readonly { id: string }[]): Promise<void> => {
      for (const { id } of events) await trx('notes').insert({ note: id });
    };
    shop = await buildTestService(({ switches }) => {
      switches.define('stop-sales', 'Nothing is sold');
      return [
        {
          name: 'notes',
          description: 'Notes of events',
          subscriptions: [
            { event: 'user-registered', handle },
            { event: 'purchase-declined', handle },
          ],
        },
      ];
    });
    second = shop.another();
    await Promise.all([shop.service.start(), second.start()]);
    admin = shop.tokenFor({ id: newId(), roles: ['buyer', 'admin'] });
    await eventually(async () => expect((await ready(shop.service)).status).to.equal('ok'));
  });
  after(async () => {
    await Promise.all([shop.service.stop(), second.stop()]);
    await shop.drop();
  });

  it('are refused without a token, and to a buyer and staff', async () => {
    expect((await shop.get('/v1/shop/switches')).status).to.equal(401);
    for (const roles of [['buyer'], ['buyer', 'staff']]) {
      const token = shop.tokenFor({ id: newId(), roles });
      expect((await send(shop.service, 'GET', 'switches', undefined, token)).status).to.equal(403);
      expect((await send(shop.service, 'GET', 'status', undefined, token)).status).to.equal(403);
      expect((await send(shop.service, 'PUT', 'switches/stop-sales', { isOn: true, reason: 'mine' }, token)).status).to.equal(
        403,
      );
    }
    expect(await audited()).to.deep.equal([]);
  });

  it('are those of the features, and of the consumer and its topics', async () => {
    const { body } = await send(shop.service, 'GET', 'switches');
    const listed = body.data as unknown as { name: string; isOn: boolean }[];
    expect(listed.map(({ name }) => name)).to.have.members([
      'stop-sales',
      'pause-consumer',
      'pause-consumer:florin.users',
      'pause-consumer:florin.payments',
    ]);
    expect(listed.filter(({ isOn }) => isOn)).to.deep.equal([]);
  });

  it('answer 404 for a name that does not exist', async () => {
    expect(await put('stop-sale', { isOn: true, reason: 'typo' })).to.deep.include({ status: 404 });
    expect(await shop.database.db('switches').select()).to.deep.equal([]);
  });

  const faults: [string, object, string][] = [
    ['without a reason', { isOn: true }, 'reason'],
    ['with a reason that is too long', { isOn: true, reason: 'x'.repeat(201) }, 'reason'],
    ['with an end in the past', { isOn: true, reason: 'late', until: '2020-01-01T00:00:00Z' }, 'until'],
    ['with an end, to take it back', { isOn: false, reason: 'odd', until: '2999-01-01T00:00:00Z' }, 'until'],
  ];
  for (const [how, body, path] of faults) {
    it(`answer 422 ${how}`, async () => {
      const answer = await put('stop-sales', body);
      expect([answer.status, answer.body.errors?.map((one) => one.path)]).to.deep.equal([422, [path]]);
      expect(await audited()).to.deep.equal([]);
    });
  }

  it('are followed by all instances, and audited once for the same change', async () => {
    const on = { isOn: true, reason: 'stocktaking' };
    const answers = await Promise.all([put('stop-sales', on), put('stop-sales', on, second)]);
    expect(answers.map(({ status }) => status)).to.deep.equal([200, 200]);
    expect(answers[0]?.body.data).to.include({ name: 'stop-sales', isOn: true, reason: 'stocktaking', until: null });
    await eventually(() => {
      for (const service of [shop.service, second]) expect(stateOf(service, 'stop-sales')).to.include({ isOn: true });
    });
    expect((await put('stop-sales', { isOn: false, reason: 'counted' })).body.data).to.include({ isOn: false });
    await eventually(() => expect(stateOf(second, 'stop-sales')).to.include({ isOn: false }));
    const [thrown, takenBack] = await audited();
    expect(await audited()).to.have.length(2);
    expect(thrown).to.include({ action: 'switch.throw', subject: 'stop-sales' });
    expect(JSON.parse(thrown?.state_after ?? '')).to.include({ isOn: true, reason: 'stocktaking' });
    expect(takenBack).to.include({ action: 'switch.take-back' });
  });

  it('end by themselves at their time', async () => {
    const until = new Date(Date.now() + 1_500).toISOString();
    expect((await put('stop-sales', { isOn: true, reason: 'shortly', until })).body.data).to.include({ isOn: true, until });
    await eventually(() => expect(stateOf(second, 'stop-sales')).to.include({ isOn: true }));
    await eventually(() => {
      for (const service of [shop.service, second])
        expect(stateOf(service, 'stop-sales')).to.include({ isOn: false, until: null });
    });
  });

  it('count in the metrics and in the security events', async () => {
    const text = await (await shop.get('/metrics')).text();
    expect(text).to.match(/florin_switch\{switch="stop-sales",service="shop"\} 0/);
    expect(text).to.match(/florin_security_events_total\{event="switch.thrown",service="shop"\} [1-9]/);
  });

  it('pause a topic: its events wait, others flow, and the instance is degraded', async () => {
    await put('pause-consumer:florin.users', { isOn: true, reason: 'a bad release' });
    await eventually(() => expect(stateOf(second, 'pause-consumer:florin.users')).to.include({ isOn: true }));
    const waiting = registered();
    await shop.publish(waiting);
    const flowing = ended();
    await shop.publish(flowing);
    await eventually(async () => expect(await handled()).to.deep.equal([flowing.event.id]));
    const health = await ready(shop.service);
    expect(health.status).to.equal('degraded');
    expect(health.reasons?.join()).to.include('paused by a switch: florin.users');
    await put('pause-consumer:florin.users', { isOn: false, reason: 'mended' });
    await eventually(async () => expect(await handled()).to.include(waiting.event.id));
  });

  it('keep the consumer paused after a restart and a rebalance, and lose nothing', async () => {
    await put('pause-consumer', { isOn: true, reason: 'a bad release' });
    await eventually(() => expect(stateOf(second, 'pause-consumer')).to.include({ isOn: true }));
    const before = await handled();
    const waiting = [registered(), ended(), registered()];
    for (const event of waiting) await shop.publish(event);
    await second.stop();
    second = shop.another();
    await second.start();
    await eventually(async () => expect((await ready(second)).reasons?.join()).to.include('paused by a switch'));
    const { body } = await send(second, 'GET', 'status');
    expect(body.data).to.include({ service: 'shop', status: 'degraded' });
    await eventually(async () => {
      const status = (await send(second, 'GET', 'status')).body.data as { consumer: { lagMessages: number }[] };
      expect(status.consumer.reduce((sum, { lagMessages }) => sum + lagMessages, 0)).to.equal(3);
    });
    expect(await handled()).to.have.members(before);
    await put('pause-consumer', { isOn: false, reason: 'mended' });
    await eventually(async () => expect(await handled()).to.include.members(waiting.map(({ event }) => event.id)));
  }).timeout(90_000);
});
