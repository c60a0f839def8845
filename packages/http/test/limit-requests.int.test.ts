import { AppError, requestErrors } from '@florin/app-response';
import { createGuard, createKnownUser, createTokenVerifier, type TokenVerifier } from '@florin/auth-middleware';
import { newId } from '@florin/database';
import { createLogger, createMetrics } from '@florin/runtime';
import { type Answer, createHttpClient, type HttpClient, startTestIssuer, type TestIssuer } from '@florin/testing';
import { expect } from 'chai';
import Joi from 'joi';
import { createApp, endpoint, type HttpServer, reply, startHttpServer } from '../src/index.ts';

const answers = { 200: { description: '' } };
const open = endpoint({
  operationId: 'operation1',
  method: 'get',
  path: '/v1/open',
  summary: 'Open',
  access: 'anyone',
  answers,
  handle: async () => reply(200, 1),
});
const own = endpoint({
  operationId: 'operation2',
  method: 'get',
  path: '/v1/own',
  summary: 'Own',
  access: 'user',
  answers,
  handle: async () => reply(200, 1),
});

const staff = endpoint({
  operationId: 'operation3',
  method: 'get',
  path: '/v1/staff',
  summary: 'Staff',
  access: 'staff',
  answers,
  handle: async () => reply(200, 1),
});
const thing = endpoint({
  operationId: 'operation4',
  method: 'get',
  path: '/v1/things/:id',
  summary: 'Thing',
  access: 'user',
  params: Joi.object<{ id: string }, true>({ id: Joi.string().required() }),
  answers,
  handle: () => Promise.reject(new AppError(requestErrors.NOT_FOUND)),
});

describe('limits of requests', () => {
  let issuer: TestIssuer;
  let verifier: TokenVerifier;
  const servers: HttpServer[] = [];

  before(async () => {
    issuer = await startTestIssuer();
    verifier = createTokenVerifier({ ...issuer, refreshMs: 60_000 });
    await verifier.start();
  });
  afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));
  after(async () => {
    await verifier.stop();
    await issuer.stop();
  });

  const start = async (limits?: {
    userPerMinute: number;
    addressPerMinute: number;
    trustedProxies: number;
  }): Promise<HttpClient> => {
    const app = createApp({
      title: 'test',
      endpoints: [open, own, staff, thing],
      guard: createGuard(verifier),
      knownUser: createKnownUser(verifier),
      logger: createLogger({ service: 'test', level: 'error' }),
      metrics: createMetrics('test'),
      cursorKey: 'test',
      readiness: {},
      ...(limits === undefined ? {} : { limits }),
    });
    const server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
    servers.push(server);
    return createHttpClient(() => `http://127.0.0.1:${server.port}`);
  };
  const someone = (): string => issuer.tokenFor({ id: newId() });

  it('are per user, across sessions, and shown in every response', async () => {
    const call = await start({ userPerMinute: 3, addressPerMinute: 0, trustedProxies: 0 });
    const [alice, bob] = [newId(), someone()];
    for (const remaining of [2, 1, 0]) {
      const { status, headers } = await call('GET', '/v1/own', { token: issuer.tokenFor({ id: alice }) });
      expect(status).to.equal(200);
      expect(headers.get('ratelimit-policy')).to.equal('"user";q=3;w=60');
      expect(headers.get('ratelimit')).to.match(new RegExp(`^"user";r=${remaining};t=\\d+$`));
    }
    const refused = await call('GET', '/v1/own', { token: issuer.tokenFor({ id: alice }) });
    expect(refused.status).to.equal(429);
    expect(refused.headers.get('content-type')).to.contain('application/problem+json');
    expect(refused.body.code).to.equal('RATE_LIMITED');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(refused.headers.get('ratelimit')).to.match(/^"user";r=0;t=\d+$/);
    expect((await call('GET', '/v1/own', { token: bob })).status).to.equal(200);
  });

  it('are per address for requests without a token', async () => {
    const call = await start({ userPerMinute: 0, addressPerMinute: 2, trustedProxies: 0 });
    for (const status of [200, 200, 429]) expect((await call('GET', '/v1/open')).status).to.equal(status);
    expect((await call('GET', '/v1/open', { token: someone() })).status).to.equal(200);
  });

  it('ignore forwarding headers, unless a proxy is trusted', async () => {
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const direct = await start({ userPerMinute: 0, addressPerMinute: 1, trustedProxies: 0 });
    expect((await direct('GET', '/v1/open', from('192.0.2.1'))).status).to.equal(200);
    expect((await direct('GET', '/v1/open', from('192.0.2.2'))).status).to.equal(429);
    const behind = await start({ userPerMinute: 0, addressPerMinute: 1, trustedProxies: 1 });
    expect((await behind('GET', '/v1/open', from('192.0.2.1'))).status).to.equal(200);
    expect((await behind('GET', '/v1/open', from('192.0.2.2'))).status).to.equal(200);
    expect((await behind('GET', '/v1/open', from('192.0.2.9, 192.0.2.2'))).status).to.equal(429);
  });

  it('count failures five times, before the token is verified', async () => {
    const call = await start({ userPerMinute: 0, addressPerMinute: 10, trustedProxies: 0 });
    expect((await call('GET', '/v1/own', { token: 'x' })).status).to.equal(401);
    const known = someone();
    expect((await call('GET', '/v1/own', { token: known })).status).to.equal(200);
    expect((await call('GET', '/v1/own')).status).to.equal(401);
    for (const token of ['x', someone()]) {
      const { status, headers, body } = await call('GET', '/v1/own', { token });
      expect([status, body.code]).to.deep.equal([429, 'RATE_LIMITED']);
      expect(headers.get('ratelimit-policy')).to.equal('"failures";q=2;w=60');
      expect(Number(headers.get('retry-after'))).to.be.within(1, 60);
    }
    expect((await call('GET', '/v1/open')).status).to.equal(429);
    expect((await call('GET', '/v1/own', { token: known })).status, 'a user whose token was verified before').to.equal(200);
  });

  it('count the failures of a known user too', async () => {
    const call = await start({ userPerMinute: 0, addressPerMinute: 10, trustedProxies: 0 });
    const token = someone();
    const asked = async (path: string) => (await call('GET', path, { token })).status;
    expect([await asked('/v1/own'), await asked('/v1/staff'), await asked('/v1/things/1')]).to.deep.equal([200, 403, 404]);
    expect([await asked('/v1/own'), await asked('/v1/staff')]).to.deep.equal([429, 429]);
  });

  const failures: [string, number, (call: HttpClient) => Promise<Answer>][] = [
    ['a missing token', 401, (call) => call('GET', '/v1/own')],
    ['an invalid token', 401, (call) => call('GET', '/v1/own', { token: 'x' })],
    ['a wrong role', 403, (call) => call('GET', '/v1/staff', { token: someone() })],
    ['an unknown path', 404, (call) => call('GET', '/v1/nothing')],
    ['something unknown', 404, (call) => call('GET', '/v1/things/1', { token: someone() })],
    ['another method', 405, (call) => call('PUT', '/v1/open')],
    ['a malformed path', 400, (call) => call('GET', '/v1/things/%zz', { token: someone() })],
  ];
  for (const [what, status, ask] of failures) {
    it(`count ${what} as a failure`, async () => {
      const call = await start({ userPerMinute: 0, addressPerMinute: 15, trustedProxies: 0 });
      for (const expected of [status, status, status, 429]) expect((await ask(call)).status).to.equal(expected);
    });
  }

  it('count the failures of each address behind a proxy', async () => {
    const call = await start({ userPerMinute: 0, addressPerMinute: 5, trustedProxies: 1 });
    const from = (address: string) => call('GET', '/v1/own', { headers: { 'x-forwarded-for': address } });
    expect([(await from('192.0.2.1')).status, (await from('192.0.2.1')).status]).to.deep.equal([401, 429]);
    expect((await from('192.0.2.2')).status).to.equal(401);
  });

  it('apply to the documentation, and not to health and metrics', async () => {
    const call = await start({ userPerMinute: 1, addressPerMinute: 1, trustedProxies: 0 });
    expect([(await call('GET', '/openapi.json')).status, (await call('GET', '/openapi.json')).status]).to.deep.equal([200, 429]);
    expect((await call('GET', '/v1/own')).status).to.equal(401);
    for (let count = 0; count < 5; count++) expect((await call('GET', '/health/live')).status).to.equal(200);
  });

  it('are none unless set', async () => {
    const call = await start();
    const token = someone();
    for (let count = 0; count < 30; count++) {
      const { status, headers } = await call('GET', '/v1/own', { token });
      expect(status).to.equal(200);
      expect(headers.get('ratelimit')).to.equal(null);
    }
  });
});
