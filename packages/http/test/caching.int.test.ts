import { AppError, requestErrors } from '@florin/app-response';
import { sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { type Endpoint, endpoint, reply } from '../src/index.ts';
import { startApp } from './start-app.ts';

type Options = { cacheControl?: string; fails?: boolean };

function book(path: string, { cacheControl, fails = false }: Options = {}): Endpoint {
  return endpoint({
    operationId: 'operation1',
    method: 'get',
    path,
    summary: 'Read a book',
    access: 'anyone',
    ...(cacheControl === undefined ? {} : { cacheControl }),
    errors: [requestErrors.NOT_FOUND],
    answers: { 200: { description: 'The book' } },
    async handle() {
      if (fails) throw new AppError(requestErrors.NOT_FOUND);
      return reply(200, { title: 'Tea' }, { ETag: '"1"', 'Last-Modified': 'Mon, 02 Nov 2026 10:00:00 GMT' });
    },
  });
}

const stream = endpoint({
  operationId: 'operation2',
  method: 'get',
  path: '/v1/lines',
  summary: 'Read lines',
  access: 'anyone',
  answers: { 200: { description: 'Lines', contentTypes: ['text/plain'] } },
  handle: async () => ({ status: 200, headers: { 'Content-Type': 'text/plain', ETag: '"1"' }, stream: lines() }),
});

let linesRead = 0;
async function* lines(): AsyncGenerator<string> {
  linesRead++;
  yield 'one\n';
}

const cacheControls: [path: string, status: number, cacheControl: string][] = [
  ['/v1/private', 200, 'no-store'],
  ['/v1/changing', 200, 'no-cache'],
  ['/v1/steady', 200, 'public, max-age=60'],
  ['/v1/missing', 404, 'no-store'],
  ['/v1/lines', 200, 'no-store'],
  ['/v1/nowhere', 404, 'no-store'],
  ['/v1/private?colour=red', 422, 'no-store'],
  ['/health/live', 200, 'no-store'],
  ['/health/ready', 200, 'no-store'],
  ['/metrics', 200, 'no-store'],
  ['/openapi.json', 200, 'no-cache'],
  ['/docs', 200, 'no-cache'],
  ['/docs/start.js', 200, 'no-cache'],
  ['/docs/swagger-ui.css', 200, 'public, max-age=3600'],
  ['/docs/swagger-ui-bundle.js', 200, 'public, max-age=3600'],
];

describe('caches', () => {
  let server: Awaited<ReturnType<typeof startApp>>;
  before(async () => {
    server = await startApp([
      book('/v1/private'),
      book('/v1/changing', { cacheControl: 'no-cache' }),
      book('/v1/steady', { cacheControl: 'public, max-age=60' }),
      book('/v1/missing', { cacheControl: 'public, max-age=60', fails: true }),
      stream,
    ]);
  });
  after(() => server.stop());

  const send = (path: string, method: string, headers: Record<string, string> = {}) =>
    sendRequest(`${server.url}${path}`, method, headers);

  for (const [path, status, cacheControl] of cacheControls) {
    it(`get the header ${cacheControl} of ${path}`, async () => {
      for (const method of ['GET', 'HEAD']) {
        const answer = await send(path, method);
        expect([answer.status, answer.headers['cache-control']], method).to.deep.equal([status, cacheControl]);
      }
    });
  }

  for (const authorization of ['Bearer abc', 'Basic abc', '']) {
    it(`store no answer to a request with the token ${JSON.stringify(authorization)}`, async () => {
      for (const path of ['/v1/private', '/v1/changing', '/v1/steady', '/v1/missing', '/v1/nowhere'])
        for (const method of ['GET', 'HEAD']) {
          const answer = await send(path, method, { authorization });
          expect(answer.headers['cache-control'], `${method} ${path}`).to.equal('no-store');
        }
    });
  }

  it('do not serve a response stored without a token to requests with one', async () => {
    for (const authorization of [undefined, 'Bearer abc']) {
      const answer = await send('/v1/steady', 'GET', authorization === undefined ? {} : { authorization });
      expect(answer.headers['vary']).to.equal('Authorization');
    }
  });

  for (const headers of [
    { 'if-none-match': '"1"' },
    { 'if-none-match': 'W/"1"' },
    { 'if-none-match': '"7", "1"' },
    { 'if-none-match': '*' },
    { 'if-modified-since': 'Tue, 03 Nov 2026 10:00:00 GMT' },
    { 'if-none-match': '"1"', 'if-modified-since': 'Tue, 03 Nov 2026 10:00:00 GMT' },
    { 'if-match': '"7"', 'if-unmodified-since': 'Mon, 02 Nov 2020 10:00:00 GMT' },
  ]) {
    it(`get full answers to ${JSON.stringify(headers)}`, async () => {
      for (const [path, status] of cacheControls)
        for (const method of ['GET', 'HEAD']) {
          const answer = await send(path, method, headers as Record<string, string>);
          expect(answer.status, `${method} ${path}`).to.equal(status);
          expect(answer.text === '', `${method} ${path}`).to.equal(method === 'HEAD');
        }
    });
  }

  it('send HEAD for a stream without reading its source', async () => {
    linesRead = 0;
    expect((await send('/v1/lines', 'HEAD')).headers['content-type']).to.match(/^text\/plain/);
    expect(linesRead).to.equal(0);
    expect((await send('/v1/lines', 'GET')).text).to.equal('one\n');
  });
});
