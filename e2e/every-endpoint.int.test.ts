import { newId } from '@florin/database';
import { type RawAnswer, sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { startAuth, stopAll } from '../servers/auth/test/start-auth.ts';
import { startMedia } from '../servers/media/test/start-media.ts';
import { startPayment } from '../servers/payment/test/start-payment.ts';
import { startProduct } from '../servers/product/test/product-platform.ts';

type Operation = { security?: unknown[] };
type Document = { paths: Record<string, Record<string, Operation>> };
type Running = { url: string; stop(): Promise<unknown> };

const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const PLATFORM_PATHS = [
  '/health/live',
  '/health/ready',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/docs/errors',
  '/docs/events.json',
];
/** Cache headers of answers to requests without a token; all other answers are no-store. */
const cacheControls: Record<string, string> = {
  '/v1/products': 'no-cache',
  '/v1/categories': 'public, max-age=60',
  '/v1/delivery-methods': 'no-cache',
  '/v1/shop': 'public, max-age=300',
  '/sitemap.xml': 'public, max-age=3600',
  '/.well-known/jwks.json': 'public, max-age=300',
  '/openapi.json': 'no-cache',
  '/docs': 'no-cache',
  '/docs/errors': 'no-cache',
  '/docs/events.json': 'no-cache',
};
const badTokens = ['Bearer abc', 'Bearer a.b.c', 'Basic abc', 'Bearer', ''];

const starters: Partial<Record<ServiceName, () => Promise<Running>>> = {
  auth: async () => ({ url: (await startAuth()).url, stop: stopAll }),
  product: async () => {
    const { service, stop } = await startProduct();
    return { url: `http://127.0.0.1:${service.port()}`, stop };
  },
  payment: async () => {
    const { url, stop } = await startPayment();
    return { url, stop };
  },
  media: async () => {
    const { url, stop } = await startMedia();
    return { url, stop };
  },
};

for (const service of serviceNames) {
  describe(`every path of ${service}`, function () {
    this.timeout(90_000);
    let running: Running;
    let paths: Map<string, Record<string, Operation>>;

    before(async () => {
      const start = starters[service];
      if (start === undefined) throw new Error(`Add here how ${service} starts in a test.`);
      running = await start();
      const { paths: documented } = JSON.parse((await send('GET', '/openapi.json')).text) as Document;
      paths = new Map(Object.entries(documented).map(([path, operations]) => [concrete(path), operations]));
      expect(paths.size).to.be.above(8);
      for (const path of PLATFORM_PATHS) paths.set(path, { get: {} });
    });
    after(() => running?.stop());

    const send = (method: string, path: string, headers: Record<string, string> = {}): Promise<RawAnswer> =>
      sendRequest(`${running.url}${path}`, method, headers);

    it('lists its methods on OPTIONS, and answers 405 to all others', async () => {
      for (const [path, operations] of paths) {
        const methods = Object.keys(operations).map((method) => method.toUpperCase());
        const allowed = [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
        const options = await send('OPTIONS', path);
        expect([options.status, options.headers.allow], path).to.deep.equal([204, allowed.join(', ')]);
        for (const method of ALL_METHODS.filter((one) => !allowed.includes(one))) {
          const { status, headers } = await send(method, path);
          expect([status, headers.allow], `${method} ${path}`).to.deep.equal([405, allowed.join(', ')]);
          expect(headers['content-type']).to.match(/^application\/problem\+json/);
        }
      }
    });

    it('ignores If-None-Match, and is cacheable only if it is listed here', async () => {
      for (const [path, operations] of paths) {
        if (operations['get'] === undefined) continue;
        for (const method of ['GET', 'HEAD']) {
          const { status } = await send(method, path);
          const { status: conditional, headers } = await send(method, path, { 'if-none-match': '*' });
          expect(conditional, `${method} ${path}`).to.equal(status);
          const cacheControl = status === 200 ? (cacheControls[path] ?? 'no-store') : 'no-store';
          expect(headers['cache-control'], `${method} ${path}`).to.equal(cacheControl);
          const withToken = await send(method, path, { authorization: 'Bearer abc' });
          if (path.startsWith('/v1') || path.startsWith('/.well-known'))
            expect(withToken.headers['cache-control'], `${method} ${path}`).to.equal('no-store');
        }
      }
    });

    it('ignores an invalid token where none is needed, and rejects it elsewhere', async () => {
      for (const [path, operations] of paths)
        for (const [method, { security }] of Object.entries(operations)) {
          const { status } = await send(method.toUpperCase(), path);
          for (const authorization of badTokens) {
            const answer = await send(method.toUpperCase(), path, { authorization });
            const isOpen = security === undefined || security.length === 0;
            expect(answer.status, `${method} ${path} with ${JSON.stringify(authorization)}`).to.equal(isOpen ? status : 401);
          }
        }
    });
  });
}

/** Fills a path with ids that may exist. */
function concrete(path: string): string {
  return path.replaceAll('{month}', '2026-11').replaceAll(/\{\w+\}/g, newId());
}
