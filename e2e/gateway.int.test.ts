import { once } from 'node:events';
import { connect } from 'node:net';
import { type ErrorDefinition, requestErrors } from '@florin/app-response';
import { createHttpClient, type HttpClient, type RawAnswer, sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { findFreePorts } from '../dev/platform/free-ports.ts';
import { type ProductPlatform, startProduct } from '../servers/product/test/product-platform.ts';
import { type Gateway, startGateway } from './start-gateway.ts';

/** Format of nginx's own ids. */
const HEX_ID = /^[0-9a-f]{32}$/;
/** Longer than the answers that the gateway leaves uncompressed. */
const LONG = 'a long description, '.repeat(100);

/** The product service behind a real nginx with the gateway's configuration, without auth and payment. */
describe('the gateway', function () {
  this.timeout(480_000);
  let platform: ProductPlatform;
  let gateway: Gateway;
  let call: HttpClient;

  before(async () => {
    platform = await startProduct({ TRUSTED_PROXIES: '1' });
    const [auth = 0, payment = 0] = await findFreePorts(2);
    const settings = { FLORIN_GATEWAY_PASSWORDS_PER_S: '1' };
    gateway = await startGateway({ ports: { auth, payment, product: platform.service.port() }, settings });
    call = createHttpClient(() => gateway.url);
  });
  after(async () => {
    await gateway?.stop();
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
      expect(headers.vary?.split(', ')).to.have.members(['Accept-Encoding', 'Authorization']);
    });
  });

  it('forwards OPTIONS and unsupported methods', async () => {
    expect(await send('OPTIONS', '/v1/products')).to.deep.include({ status: 204 });
    const { status, headers } = await send('PUT', '/v1/products');
    expect([status, headers.allow]).to.deep.equal([405, 'GET, HEAD, OPTIONS, POST']);
  });

  it('forwards the request id of its own answer to the service', async () => {
    expect((await send('GET', '/v1/products', { 'x-request-id': 'mine:1' })).headers['x-request-id']).to.equal('mine:1');
    for (const offered of ['a b', 'a'.repeat(129), '"'])
      expect((await send('GET', '/v1/products', { 'x-request-id': offered })).headers['x-request-id']).to.match(HEX_ID);
  });

  describe('in its own errors', () => {
    const { NOT_FOUND, METHOD_NOT_ALLOWED, PAYLOAD_TOO_LARGE, URI_TOO_LONG, REQUEST_HEAD_TOO_LARGE, UNAVAILABLE } = requestErrors;

    /** Sends raw bytes that HTTP clients would not send. */
    async function sendRaw(text: string): Promise<RawAnswer> {
      const socket = connect(gateway.port, '127.0.0.1');
      socket.end(text);
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(socket, 'close');
      const [head = '', body = ''] = Buffer.concat(chunks).toString().split('\r\n\r\n');
      const [statusLine = '', ...lines] = head.split('\r\n');
      const headers = Object.fromEntries(
        lines.map((line) => line.split(': ') as [string, string]).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return { status: Number(statusLine.split(' ')[1]), headers, text: body };
    }

    function expectProblem({ status, headers, text }: RawAnswer, { code, title, ...error }: ErrorDefinition, requestId?: string) {
      expect(status).to.equal(error.status);
      expect(headers['content-type']).to.equal('application/problem+json');
      expect(headers['cache-control']).to.equal('no-store');
      expect(headers['x-request-id']).to.match(requestId === undefined ? HEX_ID : new RegExp(`^${requestId}$`));
      expect(JSON.parse(text)).to.deep.equal({
        type: `urn:florin:problem:${code.toLowerCase().replaceAll('_', '-')}`,
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
      ['a body that is too large', 'POST', '/v1/products', { 'content-length': '140000' }, PAYLOAD_TOO_LARGE],
      ['an unavailable service', 'GET', '/v1/wallet', {}, UNAVAILABLE],
      ['a method that it does not forward', 'TRACE', '/v1/products', {}, METHOD_NOT_ALLOWED],
      ['headers that are too large', 'GET', '/v1/products', { 'x-padding': 'p'.repeat(9_000) }, REQUEST_HEAD_TOO_LARGE],
    ];
    for (const [what, method, path, headers, error] of refusals) {
      it(`answers ${what} with a problem as the services do, with the client's request id if that is valid`, async () => {
        expectProblem(await send(method, path, headers), error);
        expectProblem(await send(method, path, { 'x-request-id': 'mine', ...headers }), error, 'mine');
        expectProblem(await send(method, path, { 'x-request-id': '{"a":1}', ...headers }), error);
      });
    }

    it('answers a path that is too long with a problem as the services do and a new request id, because nginx reads none of its headers', async () => {
      const path = `/v1/products?q=${'q'.repeat(9_000)}`;
      expectProblem(await send('GET', path, { 'x-request-id': 'mine' }), URI_TOO_LONG);
    });

    for (const [what, text] of [
      ['a request without a host', 'GET /v1/products HTTP/1.1\r\n\r\n'],
      ['an invalid request line', 'GET\r\n\r\n'],
      ['an unknown HTTP version', 'GET / HTTP/9.9\r\nHost: florin\r\n\r\n'],
      ['an unknown encoding', 'POST /v1/products HTTP/1.1\r\nHost: florin\r\nTransfer-Encoding: x\r\n\r\n'],
    ] as const) {
      it(`answers ${what} with a problem as the services do, with a request id`, async () => {
        expectProblem(await sendRaw(text), requestErrors.MALFORMED_REQUEST);
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
        expectProblem(answer, requestErrors.RATE_LIMITED, 'mine');
        expect(answer.headers['retry-after']).to.equal('1');
      }
    });
  });
});
