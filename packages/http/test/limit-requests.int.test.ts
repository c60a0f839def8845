import { createGuard, createTokenVerifier, type TokenVerifier } from '@florin/auth-middleware';
import { newId } from '@florin/database';
import { createLogger, createMetrics } from '@florin/runtime';
import { createHttpClient, type HttpClient, startTestIssuer, type TestIssuer } from '@florin/testing';
import { expect } from 'chai';
import { createApp, endpoint, type HttpServer, reply, startHttpServer } from '../src/index.ts';

const answers = { 200: { description: '' } };
const open = endpoint({
  method: 'get',
  path: '/v1/open',
  summary: 'Open',
  access: 'anyone',
  answers,
  handle: async () => reply(200, 1),
});
const own = endpoint({
  method: 'get',
  path: '/v1/own',
  summary: 'Own',
  access: 'user',
  answers,
  handle: async () => reply(200, 1),
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
      endpoints: [open, own],
      guard: createGuard(verifier),
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

  it('do not count rejected tokens, health and metrics', async () => {
    const call = await start({ userPerMinute: 1, addressPerMinute: 1, trustedProxies: 0 });
    for (let count = 0; count < 5; count++) {
      expect((await call('GET', '/v1/own')).status).to.equal(401);
      expect((await call('GET', '/health/live')).status).to.equal(200);
    }
    expect((await call('GET', '/v1/open')).status).to.equal(200);
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
