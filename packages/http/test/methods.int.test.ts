import { sendRequest } from '@florin/testing';
import { expect } from 'chai';
import { byPath } from '../src/endpoints-by-path.ts';
import { type Endpoint, endpoint, reply } from '../src/index.ts';
import { startApp } from './start-app.ts';

const readBook = answering('get', '/v1/books/:id');
/** A path with a parameter is listed before the fixed paths that it also matches. */
const endpoints = [
  readBook,
  answering('delete', '/v1/books/:id'),
  answering('get', '/v1/books'),
  answering('post', '/v1/books'),
  answering('post', '/v1/books/import', ['text/csv']),
  answering('get', '/v1/books/export'),
  answering('post', '/v1/books/lend\\:batch'),
  answering('put', '/v1/books/:id/cover'),
];

function answering(method: Endpoint['method'], path: string, streamedBody?: string[]): Endpoint {
  return endpoint({
    operationId: 'operation1',
    method,
    path,
    summary: 'Answer',
    access: 'user',
    ...(streamedBody && { streamedBody }),
    answers: { 200: { description: 'The endpoint that was called' } },
    handle: () => Promise.resolve(reply(200, `${method} ${path}`)),
  });
}

const allowed: Record<string, string> = {
  '/v1/books': 'GET, HEAD, OPTIONS, POST',
  '/v1/books/1': 'DELETE, GET, HEAD, OPTIONS',
  '/v1/books/import': 'OPTIONS, POST',
  '/v1/books/export': 'GET, HEAD, OPTIONS',
  '/v1/books/lend:batch': 'OPTIONS, POST',
  '/v1/books/1/cover': 'OPTIONS, PUT',
  '/health/live': 'GET, HEAD, OPTIONS',
  '/health/ready': 'GET, HEAD, OPTIONS',
  '/metrics': 'GET, HEAD, OPTIONS',
  '/openapi.json': 'GET, HEAD, OPTIONS',
  '/docs': 'GET, HEAD, OPTIONS',
  '/docs/start.js': 'GET, HEAD, OPTIONS',
  '/docs/swagger-ui.css': 'GET, HEAD, OPTIONS',
  '/docs/swagger-ui-bundle.js': 'GET, HEAD, OPTIONS',
};
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE'];

describe('the methods of a path', () => {
  let server: Awaited<ReturnType<typeof startApp>>;
  before(async () => {
    server = await startApp(endpoints);
  });
  after(() => server.stop());

  const send = (method: string, path: string) => sendRequest(`${server.url}${path}`, method);

  for (const [path, allow] of Object.entries(allowed)) {
    it(`are listed for ${path} by OPTIONS`, async () => {
      const { status, headers, text } = await send('OPTIONS', path);
      expect({ status, allow: headers.allow, text }).to.deep.equal({ status: 204, allow, text: '' });
    });

    it(`are listed for ${path} in the 405 to every other method`, async () => {
      for (const method of methods) {
        const { status, headers, text } = await send(method, path);
        if (allow.split(', ').includes(method)) {
          expect(status, method).to.not.equal(405);
          continue;
        }
        expect({ status, allow: headers.allow }, method).to.deep.equal({ status: 405, allow });
        expect(headers['content-type']).to.equal('application/problem+json; charset=utf-8');
        if (method === 'HEAD') expect(text).to.equal('');
        else
          expect(JSON.parse(text)).to.include({
            status: 405,
            code: 'METHOD_NOT_ALLOWED',
            requestId: headers['x-request-id'],
          });
      }
    });
  }

  for (const path of ['/v1/nothing', '/v1/books/1/pages', '/docs/package.json', '/health']) {
    it(`are none for ${path}, which does not exist`, async () => {
      for (const method of [...methods, 'OPTIONS']) expect((await send(method, path)).status, method).to.equal(404);
    });
  }

  it('reach the endpoint with the fixed path, whatever the order of the endpoints', async () => {
    const { text } = await send('GET', '/v1/books/export');
    expect(JSON.parse(text)).to.deep.equal({ data: 'get /v1/books/export' });
  });

  it('reach an endpoint whose path has a colon, which the document and the metrics show without a backslash', async () => {
    const { status } = await send('POST', '/v1/books/lend:batch');
    expect(status).to.equal(200);
    expect((await send('POST', '/v1/books/lendbatch')).status).to.equal(405);
    expect(JSON.parse((await send('GET', '/openapi.json')).text).paths).to.have.property('/v1/books/lend:batch');
    expect((await send('GET', '/metrics')).text).to.include('route="/v1/books/lend:batch",status="200"');
  });

  it('are labels of the metrics only if they are common', async () => {
    await send('PROPFIND', '/v1/books');
    const { text } = await send('GET', '/metrics');
    expect(text).to.match(/_count\{service="books",method="other",route="\/v1\/books",status="405"/);
    expect(text).to.not.include('PROPFIND');
  });

  it('are unique', () => {
    const start = (more: Endpoint) => () => byPath([...endpoints, more]);
    expect(start(readBook)).to.throw('get /v1/books/:id is there twice');
    expect(start(answering('put', '/v1/books/:isbn'))).to.throw(
      /^\/v1\/books\/:\w+ and \/v1\/books\/:\w+ match the same requests$/,
    );
  });
});
