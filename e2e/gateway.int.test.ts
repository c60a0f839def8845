import { createServer } from 'node:http';
import { type ErrorDefinition, requestErrors } from '@florin/app-response';
import { isId, newId } from '@florin/database';
import { createHttpClient, type HttpClient, type RawAnswer, sendRaw, sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { buildApps } from '../dev/apps/build-apps.ts';
import { findFreePorts } from '../dev/platform/free-ports.ts';
import { startAuth, stopAll } from '../servers/auth/test/start-auth.ts';
import { type ProductPlatform, startProduct } from '../servers/product/test/product-platform.ts';
import { type Gateway, startGateway } from './start-gateway.ts';

/** Format of nginx's own ids. */
const HEX_ID = /^[0-9a-f]{32}$/;
/** Longer than the answers that the gateway leaves uncompressed. */
const LONG = 'a long description, '.repeat(100);

const SHOP = 'https://shop.example';
const CORS_ORIGINS = `https://admin.example:8443,${SHOP}`;

/** Product and auth behind a real nginx with the gateway's configuration, without payment. */
describe('the gateway', function () {
  this.timeout(480_000);
  let platform: ProductPlatform;
  let gateway: Gateway;
  let call: HttpClient;
  let authPort: number;
  let paymentPort: number;

  before(async () => {
    await buildApps({ signal: AbortSignal.timeout(480_000) });
    platform = await startProduct({ TRUSTED_PROXIES: '1', CORS_ORIGINS });
    [paymentPort = 0] = await findFreePorts(1);
    const { url } = await startAuth({ TRUSTED_PROXIES: '1', CORS_ORIGINS });
    authPort = Number(new URL(url).port);
    const settings = { FLORIN_GATEWAY_PASSWORDS_PER_S: '1', FLORIN_GATEWAY_REQUESTS_PER_S: '100000', CORS_ORIGINS };
    const ports = { auth: authPort, payment: paymentPort, product: platform.service.port() };
    gateway = await startGateway({ ports, settings });
    call = createHttpClient(() => gateway.url);
  });
  after(async () => {
    await gateway?.stop();
    await stopAll();
    await platform?.stop();
  });

  const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
    sendRequest(`${gateway.url}${path}`, method, headers);
  const compressed = { 'accept-encoding': 'gzip' };

  describe('with compressed answers', () => {
    const editable = async (): Promise<{ id: string; etag: string }> => {
      const { id } = await platform.product({ description: LONG });
      const { headers } = await send('GET', `/v1/products/${id}`, compressed);
      expect(headers).to.include({ 'content-encoding': 'gzip', etag: 'W/"1"' });
      return { id, etag: headers.etag ?? '' };
    };
    const edit = (id: string, ifMatch: string) =>
      call('PATCH', `/v1/products/${id}`, {
        token: platform.staff.token,
        body: { priceMinor: 1_200 },
        headers: { 'if-match': ifMatch, ...compressed },
      });

    it('accepts an edit with the ETag that it made weak, and rejects a stale one', async () => {
      const { id, etag } = await editable();
      const first = await edit(id, etag);
      expect([first.status, first.headers.get('etag')]).to.deep.equal([200, 'W/"2"']);
      expect((await edit(id, etag)).body).to.include({ status: 412, code: 'PRECONDITION_FAILED' });
      expect((await edit(id, `"7", ${first.headers.get('etag')}`)).status).to.equal(200);
      expect((await edit(id, '*')).status).to.equal(200);
      expect((await edit(id, '1')).body).to.include({ status: 400, code: 'IF_MATCH_MALFORMED' });
    });

    it('accepts the deletion of a category with the ETag that it made weak', async () => {
      const body = { name: 'Seeds', description: LONG.slice(0, 1_500) };
      const made = await call('POST', '/v1/categories', { token: platform.staff.token, body });
      const path = `/v1/categories/${made.body.data.id}`;
      const { headers } = await send('GET', path, compressed);
      expect(headers.etag).to.equal('W/"1"');
      const removed = { token: platform.staff.token, headers: { 'if-match': headers.etag ?? '' } };
      expect((await call('DELETE', path, removed)).status).to.equal(204);
    });

    it('never answers 304, in particular after a change of the stock', async () => {
      const { id, etag } = await editable();
      const path = `/v1/products/${id}`;
      expect((await platform.buy(await platform.buyer(), [{ productId: id, quantity: 1 }])).status).to.equal(202);
      for (const ifNoneMatch of [etag, '"1"', '*'])
        for (const method of ['GET', 'HEAD']) {
          const answer = await send(method, path, { 'if-none-match': ifNoneMatch, ...compressed });
          expect(answer.status, `${method} ${ifNoneMatch}`).to.equal(200);
        }
      const { text } = await send('GET', path, { 'if-none-match': '"1"' });
      expect(JSON.parse(text)).to.have.nested.property('data.stock', 9);
    });

    it('sends the cache headers of the services, and Vary for compression', async () => {
      await platform.product({ description: LONG });
      const { headers } = await send('GET', '/v1/products', compressed);
      expect(headers).to.include({ 'cache-control': 'no-cache', 'content-encoding': 'gzip' });
      expect(headers.vary?.split(', ')).to.have.members(['Accept-Encoding', 'Authorization', 'Origin']);
    });
  });

  it('forwards OPTIONS and unsupported methods', async () => {
    expect(await send('OPTIONS', '/v1/products')).to.deep.include({ status: 204 });
    const { status, headers } = await send('PUT', '/v1/products');
    expect([status, headers.allow]).to.deep.equal([405, 'GET, HEAD, OPTIONS, POST']);
  });

  it('forwards the request id of the service, which is never that of the client', async () => {
    for (const offered of ['mine:1', 'a b', 'a'.repeat(129), '"'])
      expect((await send('GET', '/v1/products', { 'x-request-id': offered })).headers['x-request-id']).to.satisfy(isId);
  });

  describe('in its own errors', () => {
    const { NOT_FOUND, METHOD_NOT_ALLOWED, PAYLOAD_TOO_LARGE, URI_TOO_LONG, REQUEST_HEAD_TOO_LARGE, UNAVAILABLE } = requestErrors;

    function expectProblem({ status, headers, text }: RawAnswer, { code, title, ...error }: ErrorDefinition) {
      expect(status).to.equal(error.status);
      expect(headers['content-type']).to.equal('application/problem+json');
      expect(headers['cache-control']).to.equal('no-store');
      expect(headers['x-request-id']).to.match(HEX_ID);
      expect(JSON.parse(text)).to.deep.equal({
        type: `/docs/errors#${code}`,
        title,
        status,
        code,
        requestId: headers['x-request-id'],
      });
    }

    const refusals: [what: string, method: string, path: string, headers: Record<string, string>, error: ErrorDefinition][] = [
      ['an unknown path', 'GET', '/v1/nowhere', {}, NOT_FOUND],
      ['a path for operators', 'GET', '/metrics', {}, NOT_FOUND],
      ['its own error page', 'GET', '/gateway-problem', {}, NOT_FOUND],
      ['a body that is too large', 'POST', '/v1/products', { 'content-length': '270000' }, PAYLOAD_TOO_LARGE],
      ['an unavailable service', 'GET', '/v1/wallet', {}, UNAVAILABLE],
      ['a method that it does not forward', 'TRACE', '/v1/products', {}, METHOD_NOT_ALLOWED],
      ['headers that are too large', 'GET', '/v1/products', { 'x-padding': 'p'.repeat(9_000) }, REQUEST_HEAD_TOO_LARGE],
    ];
    for (const [what, method, path, headers, error] of refusals) {
      it(`answers ${what} with a problem as the services do, with a request id that is not the client's`, async () => {
        expectProblem(await send(method, path, headers), error);
        expectProblem(await send(method, path, { 'x-request-id': 'mine', ...headers }), error);
      });
    }

    it('answers a path that is too long with a problem as the services do and a new request id, because nginx reads none of its headers', async () => {
      const path = `/v1/products?q=${'q'.repeat(9_000)}`;
      expectProblem(await send('GET', path, { 'x-request-id': 'mine' }), URI_TOO_LONG);
    });

    for (const [what, text] of [
      ['a request without a host', 'GET /v1/products HTTP/1.1\r\n\r\n'],
      ['a request with two hosts', 'GET /v1/products HTTP/1.1\r\nHost: florin\r\nHost: other\r\n\r\n'],
      ['an invalid request line', 'GET\r\n\r\n'],
      ['an unknown HTTP version', 'GET / HTTP/9.9\r\nHost: florin\r\n\r\n'],
      ['an unknown encoding', 'POST /v1/products HTTP/1.1\r\nHost: florin\r\nTransfer-Encoding: x\r\n\r\n'],
    ] as const) {
      it(`answers ${what} with a problem as the services do, with a request id`, async () => {
        const [answer] = await sendRaw(gateway.port, text);
        expectProblem(answer as RawAnswer, requestErrors.MALFORMED_REQUEST);
      });
    }

    it('sends Retry-After, and the methods that it forwards', async () => {
      expect((await send('GET', '/v1/wallet')).headers).to.include({ 'retry-after': '1' });
      expect((await send('GET', '/v1/nowhere')).headers).to.not.have.any.keys('retry-after', 'allow');
      const { headers } = await send('TRACE', '/v1/products');
      expect(headers.allow).to.equal('DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT');
    });

    it('answers too many password attempts with a problem as the services do, with a request id', async () => {
      const tries = await Promise.all(
        Array.from({ length: 60 }, () => send('POST', '/v1/auth/signin', { 'x-request-id': 'mine' })),
      );
      const refused = tries.filter(({ status }) => status === 429);
      expect(refused).to.have.length.above(10);
      for (const answer of refused) {
        expectProblem(answer, requestErrors.RATE_LIMITED);
        expect(answer.headers['retry-after']).to.equal('1');
      }
    });
  });

  describe('for pages of other origins', () => {
    const refusals: [what: string, status: number, method: string, path: string, headers: Record<string, string>][] = [
      ['an unknown path', 404, 'GET', '/v1/nowhere', {}],
      ['a method that it does not forward', 405, 'TRACE', '/v1/products', {}],
      ['a body that is too large', 413, 'POST', '/v1/products', { 'content-length': '270000' }],
      ['an unavailable service', 503, 'GET', '/v1/wallet', {}],
    ];
    for (const [what, status, method, path, headers] of refusals) {
      it(`makes its own errors readable as the services do: ${what}`, async () => {
        for (const origin of [SHOP, 'https://admin.example:8443']) {
          const answer = await send(method, path, { origin, ...headers });
          const { headers: ofService } = await send('GET', '/v1/products/x', { origin });
          expect(answer.status).to.equal(status);
          expect(answer.headers).to.include({ vary: 'Origin', 'access-control-allow-origin': origin });
          const exposed = 'access-control-expose-headers';
          expect(answer.headers[exposed]).to.equal(ofService[exposed]).and.to.include('X-Request-Id');
          expect(answer.headers).to.not.have.property('access-control-allow-credentials');
        }
        expect((await send(method, path, headers)).headers).to.include({ vary: 'Origin' });
      });
    }

    const others = [
      'null',
      'https://shop.exampl',
      'https://shop.examplee',
      'https://SHOP.example',
      'https://shop.example:443',
      'https://shop.example.evil.example',
      'http://shop.example',
      'https://admin.example',
      CORS_ORIGINS,
      `x,https://evil.example,|${SHOP}`,
      `${SHOP}|${SHOP}`,
      '.',
      '',
    ];
    for (const origin of others)
      it(`keeps its own errors from ${origin || 'an empty origin'}`, async () => {
        const { status, headers } = await send('GET', '/v1/nowhere', { origin });
        expect(status).to.equal(404);
        expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).to.deep.equal([]);
      });

    it('forwards preflights, also those for cookies', async () => {
      const asked = { origin: SHOP, 'access-control-request-method': 'POST' };
      const { status, headers } = await send('OPTIONS', '/v1/auth/signin', asked);
      expect(status).to.equal(204);
      expect(headers).to.include({ 'access-control-allow-origin': SHOP, 'access-control-allow-credentials': 'true' });
    });

    it('lets a page of its own origin use the session cookie, and none that claims to be one', async () => {
      const direct = createHttpClient(() => `http://127.0.0.1:${authPort}`);
      const body = { email: `edge.${newId()}@florin.example`, password: 'correct horse battery', session: 'cookie' };
      const signedUp = await direct('POST', '/v1/auth/signup', { body });
      const refresh = async (headers: Record<string, string>): Promise<number | undefined> => {
        const cookie = signedUp.headers.getSetCookie()[0]?.split(';')[0] ?? '';
        return (await send('POST', '/v1/auth/refresh', { cookie, ...headers })).status;
      };
      expect(await refresh({ origin: 'https://evil.example' })).to.equal(403);
      const claimed = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' };
      expect(await refresh({ origin: 'https://evil.example', ...claimed })).to.equal(403);
      expect(await refresh({ origin: gateway.url.replace('http:', 'https:') })).to.equal(403);
      expect(await refresh({ origin: gateway.url, ...claimed })).to.equal(200);
    });
  });

  describe('with the apps', () => {
    const policy = (style: string): string =>
      [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self'${style}`,
        "img-src 'self' https: data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ].join('; ');
    const protection = {
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
    };
    const html = 'text/html; charset=utf-8';
    const scriptOf = async (path: string): Promise<string> => {
      const { text } = await send('GET', path);
      return /<script type="module"[^>]* src="([^"]+)"/.exec(text)?.[1] ?? '';
    };

    for (const path of [
      '/',
      '/c/lamps/desk',
      '/p/01/lamp.v2',
      '/index.html',
      '/orders?status=paid',
      '/%63/x',
      '/a%20b',
      '//x',
      '/v1x',
    ])
      it(`answers the storefront's page, whatever is below it: ${path}`, async () => {
        const { status, headers, text } = await send('GET', path);
        expect(status).to.equal(200);
        expect(headers).to.include({ 'content-type': html, 'cache-control': 'no-cache', ...protection });
        expect(headers['content-security-policy']).to.equal(policy(''));
        expect(text).to.include('src="/assets/');
      });

    for (const path of ['/console', '/console/', '/console/orders/7', '/console/index.html', '/%63onsole/x'])
      it(`answers the console's page, with a nonce of this answer alone: ${path}`, async () => {
        const nonces = new Set<string | undefined>();
        for (const offered of ['mine', '__NONCE__']) {
          const { status, headers, text } = await send('GET', path, { 'x-request-id': offered });
          expect(status).to.equal(200);
          const [, nonce] = /<meta property="csp-nonce" nonce="([^"]+)"/.exec(text) ?? [];
          expect(nonce).to.match(HEX_ID);
          expect(text).to.not.include('__NONCE__');
          expect(headers).to.include({ 'content-type': html, 'cache-control': 'no-store', ...protection });
          expect(headers['content-security-policy']).to.equal(policy(` 'nonce-${nonce}'`));
          nonces.add(nonce);
        }
        expect(nonces.size).to.equal(2);
      });

    for (const path of ['/', '/console'])
      it(`answers the scripts of ${path} compressed, and for ever`, async () => {
        const script = await scriptOf(path);
        const { status, headers } = await send('GET', script, compressed);
        expect(status).to.equal(200);
        expect(headers).to.include({
          'content-type': 'text/javascript',
          'content-encoding': 'gzip',
          'cache-control': 'public, max-age=31536000, immutable',
          'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
          ...protection,
        });
      });

    it('answers HEAD as GET, without a body', async () => {
      for (const path of ['/', '/console', await scriptOf('/'), '/robots.txt']) {
        const [got, head] = [await send('GET', path), await send('HEAD', path)];
        expect(head, path).to.deep.include({ status: 200, text: '' });
        for (const name of ['content-type', 'cache-control']) expect(head.headers[name], path).to.equal(got.headers[name]);
      }
    });

    it('answers the public files of the storefront', async () => {
      const { status, headers, text } = await send('GET', '/robots.txt');
      expect([status, headers['content-type'], headers['cache-control']]).to.deep.equal([
        200,
        'text/plain; charset=utf-8',
        'no-cache',
      ]);
      expect(text).to.match(/^User-agent/m);
    });

    it('answers 304 for a page that has not changed', async () => {
      const { headers } = await send('GET', '/');
      const again = await send('GET', '/x', { 'if-none-match': headers.etag ?? '' });
      expect([again.status, again.headers['cache-control']]).to.deep.equal([304, 'no-cache']);
    });

    for (const path of [
      '/assets/',
      '/assets/gone.js',
      '/assets/x/y',
      '/console/assets/',
      '/console/assets/gone.js',
      '/assets/%2e',
    ])
      it(`answers 404 for an asset that does not exist, and not a page: ${path}`, async () => {
        const { status, headers } = await send('GET', path);
        expect([status, headers['content-type']]).to.deep.equal([404, 'application/problem+json']);
        expect(headers['cache-control']).to.equal('no-store');
      });

    for (const path of [
      '/v1',
      '/V1/products',
      '/v1/authors',
      '/docs',
      '/openapi.json',
      '/health/ready',
      '/.well-known/x',
      '//v1/x',
    ])
      it(`answers 404 for what is for programs and does not exist: ${path}`, async () => {
        expect(await send('GET', path)).to.deep.include({ status: 404 });
      });

    it('allows an app GET and HEAD alone', async () => {
      for (const path of ['/', '/orders', '/console', '/console/x', '/assets/x.js', '/console/assets/x.js'])
        for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
          const { status, headers, text } = await send(method, path);
          expect([status, headers.allow], `${method} ${path}`).to.deep.equal([405, 'GET, HEAD']);
          expect(JSON.parse(text)).to.include({ code: 'METHOD_NOT_ALLOWED' });
        }
    });

    for (const path of [
      '/../../etc/passwd',
      '/assets/../../../etc/passwd',
      '/assets/..%2f..%2f..%2f..%2fetc/passwd',
      '/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%5c..%5cetc/passwd',
      '/assets../package.json',
      '/console/assets/../../package.json',
      '/console/assets../index.html',
      '/console/assets../package.json',
      '/console/..%2f..%2fpackage.json',
      '/console//../../package.json',
      '/assets//etc/passwd',
      '/%00/etc/passwd',
    ])
      it(`does not lead out of the apps: ${path}`, async () => {
        const [answer] = await sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: florin\r\nConnection: close\r\n\r\n`);
        const { status, headers, text } = answer as RawAnswer;
        expect(text).to.not.match(/root:|"name": "@?florin|__NONCE__/);
        if (status === 200) expect(headers['content-type']).to.equal(html);
        else expect(status).to.be.oneOf([400, 404]);
      });

    it('finds a service again that has restarted', async () => {
      for (const body of ['first', 'second']) {
        const service = createServer((_request, response) => response.end(body));
        await new Promise<void>((listening) => service.listen(paymentPort, '127.0.0.1', listening));
        expect((await send('GET', '/v1/wallet')).text).to.equal(body);
        service.closeAllConnections();
        await new Promise((closed) => service.close(closed));
        expect((await send('GET', '/v1/wallet')).status).to.equal(503);
      }
    });

    it('limits the requests of an address to the API, and none for pages and assets', async () => {
      const limited = await startGateway({ ports: {}, settings: { FLORIN_GATEWAY_REQUESTS_PER_S: '1' } });
      try {
        const statusesOf = async (path: string): Promise<(number | undefined)[]> => {
          const request = `GET ${path} HTTP/1.1\r\nHost: florin\r\n\r\n`.repeat(499);
          const last = `GET ${path} HTTP/1.1\r\nHost: florin\r\nConnection: close\r\n\r\n`;
          return (await sendRaw(limited.port, request + last)).map(({ status }) => status);
        };
        expect(new Set(await statusesOf('/icon.svg'))).to.deep.equal(new Set([200]));
        expect(await statusesOf('/v1/shop')).to.include(429);
        expect((await statusesOf('/')).at(-1)).to.equal(200);
      } finally {
        await limited.stop();
      }
    });
  });

  describe('at the paths whose use it limits', () => {
    const spellings = ['signin', 'signup'].flatMap((name) => [
      `/v1/auth/${name}`,
      `/v1/auth/${name.toUpperCase()}`,
      `/V1/auth/${name}`,
      `/v1/auth/${name}/`,
      `/v1/auth//${name}`,
      `//v1/auth/${name}`,
      `/v1/auth/./${name}`,
      `/v1/auth/x/../${name}`,
      `/v1/auth/%73${name.slice(1)}`,
      `/v1/auth%2f${name}`,
      `/v1/auth/${name}%20`,
      `/v1/auth/${name};x=1`,
      `/v1/auth/${name}?x=1`,
      `/v1/auth/${name}#x`,
      `/v1/auth/${name}\u00a0`,
      `/v1/auth/x\\..\\${name}#`,
      `/v1/auth\\${name}#`,
      `http://florin/v1/auth/${name}`,
    ]);
    for (const path of spellings)
      it(`limits what auth serves: ${path}`, async () => {
        const request = `POST ${path} HTTP/1.1\r\nHost: florin\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
        const closing = request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
        const answers = await sendRaw(gateway.port, Buffer.from(request.repeat(60) + closing, 'latin1'));
        const statuses = new Set(answers.map(({ status }) => status));
        // 422: auth has read the body.
        if (statuses.has(422)) expect(statuses).to.include(429);
        expect(answers).to.have.length.above(0);
      });
  });
});
