import { readFileSync } from 'node:fs';
import { newId } from '@florin/database';
import { makeEvent, type OutgoingEvent } from '@florin/events';
import { kafkaBroker } from '@florin/kafka';
import type { Broker } from '@florin/messaging';
import { createLogger } from '@florin/runtime';
import {
  createHttpClient,
  eventually,
  type HttpClient,
  startTestIssuer,
  type TestIssuer,
  testKafka,
  uniquePrefix,
} from '@florin/testing';
import { expect } from 'chai';
import { startParcels } from './parcels-service.ts';

const logger = createLogger({ service: 'test', level: 'error' });
logger.silent = true;

describe("another team's service", () => {
  let issuer: TestIssuer;
  let broker: Broker;
  let parcels: Awaited<ReturnType<typeof startParcels>>;
  let call: HttpClient;

  before(async () => {
    issuer = await startTestIssuer();
    broker = kafkaBroker({
      ...testKafka(),
      clientId: 'test',
      prefix: uniquePrefix('parcels'),
      sessionTimeoutMs: 6_000,
      logger,
    });
    await broker.createTopics(['florin.sessions'], { partitions: 3, replicationFactor: 1 });
    parcels = await start();
  });
  after(async () => {
    await parcels.stop();
    await broker.disconnect();
    await issuer.stop();
  });

  const start = async () => {
    const service = await startParcels({ jwksUrl: issuer.jwksUrl, broker, logger });
    call = createHttpClient(() => service.url);
    await eventually(async () => expect((await call('GET', '/health/ready')).status).to.equal(200));
    return service;
  };
  const say = ({ topic, key, event }: OutgoingEvent): Promise<void> =>
    broker.publish([{ topic, key, value: JSON.stringify(event), headers: {} }]);
  const statusOf = async (token?: string): Promise<number> =>
    (await call('GET', '/v1/parcels', token === undefined ? {} : { token })).status;

  it('takes five lines, which are those of the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const lines = (/```ts\n([^`]*)```/.exec(readme)?.[1] ?? '').trim().split('\n');
    expect(lines).to.have.length(5);
    const source = readFileSync(new URL('./parcels-service.ts', import.meta.url), 'utf8');
    for (const line of lines) expect(source).to.include(line.trim());
  });

  it('knows the user and the roles', async () => {
    const [alice, bob] = [newId(), newId()];
    const [reader, sender] = [issuer.tokenFor({ id: alice }), issuer.tokenFor({ id: bob, roles: ['buyer', 'staff'] })];
    expect(await statusOf()).to.equal(401);
    expect((await call('POST', '/v1/parcels', { token: reader, body: { to: bob } })).status).to.equal(403);
    const { status, body } = await call('POST', '/v1/parcels', { token: sender, body: { to: alice } });
    expect(status).to.equal(201);
    expect(body.data).to.include({ to: alice, by: bob });
    expect((await call('GET', '/v1/parcels', { token: reader })).body.data).to.have.length(1);
  });

  it('rejects revoked tokens within a second, and still after a restart', async () => {
    const [alice, phone, laptop] = [newId(), newId(), newId()];
    const ended = issuer.tokenFor({ id: alice, sid: phone });
    const going = issuer.tokenFor({ id: alice, sid: laptop });
    const voided = issuer.tokenFor({ id: newId() });
    const { sub } = JSON.parse(Buffer.from(voided.split('.')[1] ?? '', 'base64url').toString()) as { sub: string };
    expect(await Promise.all([ended, going, voided].map(statusOf))).to.deep.equal([200, 200, 200]);
    const expiresAt = new Date(Date.now() + 900_000).toISOString();
    await say(makeEvent('session-revoked', { sequence: 1, data: { sid: phone, userId: alice, expiresAt } }));
    const issuedBefore = new Date(Date.now() + 1_000).toISOString();
    await say(makeEvent('tokens-invalidated', { sequence: 1, data: { userId: sub, issuedBefore } }));
    const expected = [401, 200, 401];
    await eventually(async () => expect(await Promise.all([ended, going, voided].map(statusOf))).to.deep.equal(expected));
    await parcels.stop();
    parcels = await start();
    expect(await Promise.all([ended, going, voided].map(statusOf))).to.deep.equal(expected);
  });

  it('skips unreadable messages of the topic', async () => {
    await broker.publish([{ topic: 'florin.sessions', key: 'x', value: '{"type": 1', headers: {} }]);
    await broker.publish([{ topic: 'florin.sessions', key: 'x', value: '{"type": "session-renamed"}', headers: {} }]);
    const token = issuer.tokenFor({ id: newId(), sid: newId() });
    const { sid, sub } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
      sid: string;
      sub: string;
    };
    const expiresAt = new Date(Date.now() + 900_000).toISOString();
    await say(makeEvent('session-revoked', { sequence: 1, data: { sid, userId: sub, expiresAt } }));
    await eventually(async () => expect(await statusOf(token)).to.equal(401));
  });
});
