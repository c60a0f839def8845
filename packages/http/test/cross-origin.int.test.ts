import { AppError, requestErrors } from '@florin/app-response';
import { createLogger, createMetrics } from '@florin/runtime';
import { type RawAnswer, sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { createApp, endpoint, type HttpServer, reply, startHttpServer } from '../src/index.ts';

const SHOP = 'https://shop.example';
const ADMIN = 'https://admin.example:8443';
const answers = { 200: { description: '' } };

const endpoints = [
  endpoint({
    operationId: 'listBooks',
    method: 'get',
    path: '/v1/books',
    summary: 'Books',
    access: 'anyone',
    cacheControl: 'public, max-age=60',
    answers,
    handle: async () => reply(200, [], { ETag: '"1"' }),
  }),
  endpoint({
    operationId: 'addBook',
    method: 'post',
    path: '/v1/books',
    summary: 'Add',
    access: 'user',
    answers,
    handle: async () => reply(200, 1),
  }),
  endpoint({
    operationId: 'signIn',
    method: 'post',
    path: '/v1/auth/signin',
    summary: 'In',
    access: 'anyone',
    answers,
    handle: async () => reply(200, 1),
  }),
  endpoint({
    operationId: 'readBusy',
    method: 'get',
    path: '/v1/busy',
    summary: 'Busy',
    access: 'anyone',
    answers,
    handle: () => Promise.reject(new AppError(requestErrors.UNAVAILABLE, { headers: { 'Retry-After': '1' } })),
  }),
];

describe('requests of pages of other origins', () => {
  const servers: HttpServer[] = [];
  let url: string;

  const start = async (corsOrigins: string[]): Promise<string> => {
    const app = createApp({
      title: 'Books',
      endpoints,
      guard: (access) => (access === 'anyone' ? [] : [() => Promise.reject(new AppError(requestErrors.UNAUTHENTICATED))]),
      corsOrigins,
      // A fifth of it may fail.
      limits: { userPerMinute: 0, addressPerMinute: 1_000, trustedProxies: 0 },
      logger: createLogger({ service: 'books', level: 'error' }),
      metrics: createMetrics('books'),
      cursorKey: 'test',
      readiness: {},
    });
    const server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
    servers.push(server);
    return `http://127.0.0.1:${server.port}`;
  };

  before(async () => {
    url = await start([SHOP, ADMIN]);
  });
  after(() => Promise.all(servers.map((server) => server.stop())));

  const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
    sendRequest(`${url}${path}`, method, headers);
  const preflight = (path: string, origin: string, method = 'POST') =>
    send('OPTIONS', path, { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' });
  const corsHeaders = ({ headers }: RawAnswer) => Object.keys(headers).filter((name) => name.startsWith('access-control-'));

  it('may be read from the origins of the list, with the headers that clients need', async () => {
    for (const origin of [SHOP, ADMIN]) {
      const { status, headers } = await send('GET', '/v1/books', { origin });
      expect(status).to.equal(200);
      expect(headers['access-control-allow-origin']).to.equal(origin);
      expect(headers['access-control-expose-headers']?.split(', ')).to.include.members([
        'ETag',
        'Link',
        'Location',
        'RateLimit',
        'Retry-After',
        'X-Request-Id',
      ]);
      expect(headers).to.not.have.any.keys('access-control-allow-credentials', 'access-control-max-age');
    }
  });

  it('vary by origin, also without an allowed one, because caches store them', async () => {
    for (const headers of [{}, { origin: SHOP }, { origin: 'https://other.example' }])
      expect((await send('GET', '/v1/books', headers)).headers.vary?.split(', ')).to.have.members(['Origin', 'Authorization']);
    expect((await send('POST', '/v1/books', { origin: SHOP })).headers.vary).to.equal('Origin');
  });

  it('begin with a preflight, which has the methods, headers and duration beside Allow', async () => {
    const { status, headers, text } = await preflight('/v1/books', SHOP);
    expect({ status, text }).to.deep.equal({ status: 204, text: '' });
    expect(headers).to.include({
      allow: 'GET, HEAD, OPTIONS, POST',
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'DELETE, GET, HEAD, PATCH, POST, PUT',
      'access-control-max-age': '7200',
    });
    expect(headers['access-control-allow-headers']?.split(', ')).to.include.members([
      'Authorization',
      'Content-Type',
      'Idempotency-Key',
      'If-Match',
      'Prefer',
    ]);
    expect(headers).to.not.have.property('access-control-allow-credentials');
  });

  it('may carry cookies where the session cookie is used, and nowhere else', async () => {
    for (const answer of [await preflight('/v1/auth/signin', SHOP), await send('POST', '/v1/auth/signin', { origin: SHOP })])
      expect(answer.headers).to.include({ 'access-control-allow-origin': SHOP, 'access-control-allow-credentials': 'true' });
    const { headers } = await send('POST', '/v1/auth/signin', { origin: 'https://other.example' });
    expect(headers).to.not.have.any.keys('access-control-allow-origin', 'access-control-allow-credentials');
  });

  const refusals: [what: string, status: number, method: string, path: string, headers: Record<string, string>][] = [
    ['a malformed request', 400, 'GET', '/v1/books?q=\\', {}],
    ['a request without a token', 401, 'POST', '/v1/books', {}],
    ['an unknown path', 404, 'GET', '/v1/nothing', {}],
    ['a method that the path does not have', 405, 'PUT', '/v1/books', {}],
    [
      'a body that is too large',
      413,
      'POST',
      '/v1/auth/signin',
      { 'content-type': 'application/json', 'content-length': '99999' },
    ],
    ['a request while the service is overloaded', 503, 'GET', '/v1/busy', {}],
  ];
  for (const [what, status, method, path, headers] of refusals) {
    it(`may be read when refused: ${what}`, async () => {
      const answer = await send(method, path, { origin: SHOP, ...headers });
      expect(answer.status).to.equal(status);
      expect(answer.headers).to.include({ 'access-control-allow-origin': SHOP, vary: 'Origin' });
      expect(answer.headers['access-control-expose-headers']).to.include('X-Request-Id');
    });
  }

  const others: [what: string, origin: string][] = [
    ['null', 'null'],
    ['one letter less', 'https://sho.example'],
    ['one letter more', 'https://shop.examplee'],
    ['a suffix', `${SHOP}.evil.example`],
    ['a prefix', 'https://evilshop.example'],
    ['a subdomain', 'https://www.shop.example'],
    ['another protocol', 'http://shop.example'],
    ['another port', `${SHOP}:8443`],
    ['the default port, spelled out', `${SHOP}:443`],
    ['no port', 'https://admin.example'],
    ['upper case', 'https://SHOP.example'],
    ['a path', `${SHOP}/`],
    ['a user', 'https://shop.example@evil.example'],
    ['both origins of the list', `${SHOP},${ADMIN}`],
    ['a star', '*'],
    ['nothing', ''],
  ];
  for (const [what, origin] of others) {
    it(`are answered without CORS headers for an origin that differs: ${what}`, async () => {
      const answer = await send('GET', '/v1/books', { origin });
      expect([answer.status, ...corsHeaders(answer)]).to.deep.equal([200]);
      const asked = await preflight('/v1/books', origin);
      expect([asked.status, asked.headers.allow, ...corsHeaders(asked)]).to.deep.equal([204, 'GET, HEAD, OPTIONS, POST']);
    });
  }

  it('have the same answers as others if no origin is allowed', async () => {
    const closed = await start([]);
    for (const headers of [{}, { origin: SHOP }, { origin: 'null' }]) {
      const answer = await sendRequest(`${closed}/v1/books`, 'GET', headers);
      expect([answer.headers.vary, ...corsHeaders(answer)]).to.deep.equal(['Authorization']);
    }
  });

  it('get their preflights while the address may make no more requests, and a readable 429', async () => {
    const { status, headers } = await untilLimited();
    expect(status).to.equal(429);
    expect(headers).to.include({ 'access-control-allow-origin': SHOP });
    expect(headers).to.include.keys('retry-after');
    expect((await preflight('/v1/books', SHOP)).status).to.equal(204);
  });

  async function untilLimited(): Promise<RawAnswer> {
    for (let count = 0; count < 250; count++) {
      const answer = await send('GET', '/v1/nothing', { origin: SHOP });
      if (answer.status === 429) return answer;
    }
    throw new Error('The address was not limited.');
  }
});
