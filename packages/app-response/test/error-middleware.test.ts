import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import express, { type Express } from 'express';
import {
  AppError,
  defineErrors,
  envelope,
  errorMiddleware,
  notFoundMiddleware,
  type Problem,
  requestErrors,
} from '../src/index.ts';

const bookErrors = defineErrors({ BOOK_LENT: { status: 409, title: 'The book is lent' } });
const diskFull = new Error('disk full at /var/lib/secret');

describe('errorMiddleware', () => {
  let server: Server;
  let faults: { error: unknown; status: number }[];

  const app = (): Express =>
    express()
      .get('/lent', () => {
        throw new AppError(bookErrors.BOOK_LENT, { detail: 'Back on Friday.', headers: { 'Retry-After': '60' } });
      })
      .get('/broken', async () => Promise.reject(new TypeError('secret is not defined')))
      .get('/disk', async () => Promise.reject(diskFull))
      .get('/half', (_request, response) => {
        response.write('{"data":');
        throw new Error('half way');
      })
      .get('/books/:id', (request, response) => {
        response.json(envelope(request.params.id));
      })
      .use(express.json({ limit: '1kb' }))
      .post('/echo', (request, response) => {
        response.json(envelope(request.body));
      })
      .use(notFoundMiddleware)
      .use(
        errorMiddleware({
          requestIdOf: () => 'request-1',
          onFault: (error, status) => faults.push({ error, status }),
          recognise: (error) => (error === diskFull ? new AppError(requestErrors.UNAVAILABLE) : undefined),
        }),
      );

  before(async () => {
    server = createServer(app()).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());
  beforeEach(() => {
    faults = [];
  });

  const send = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  const problem = async (response: Response): Promise<Problem> => {
    expect(response.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
    const body = (await response.json()) as Problem;
    expect(body).to.include({ status: response.status, requestId: 'request-1' });
    return body;
  };

  it('answers an expected failure with its problem and headers', async () => {
    const response = await send('/lent');
    expect(response.status).to.equal(409);
    expect(response.headers.get('retry-after')).to.equal('60');
    expect(await problem(response)).to.include({ code: 'BOOK_LENT', title: 'The book is lent', detail: 'Back on Friday.' });
    expect(faults).to.deep.equal([]);
  });

  it('returns only the request id for an unknown error, and reports it', async () => {
    const response = await send('/broken');
    expect(await problem(response)).to.deep.equal({
      type: '/docs/errors#INTERNAL_ERROR',
      title: 'Internal error',
      status: 500,
      code: 'INTERNAL_ERROR',
      requestId: 'request-1',
    });
    expect(faults).to.have.length(1);
    expect(faults[0]?.error).to.be.instanceOf(TypeError).with.property('message', 'secret is not defined');
  });

  it('lets the app map errors of lower layers, and reports them too', async () => {
    expect(await problem(await send('/disk'))).to.include({ code: 'UNAVAILABLE', status: 503 });
    expect(faults).to.deep.equal([{ error: diskFull, status: 503 }]);
  });

  it('closes the connection if the response has begun', async () => {
    const response = await send('/half');
    const failure: unknown = await response.text().catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Error);
    expect(faults).to.have.length(1);
  });

  it('answers requests without a route', async () => {
    expect(await problem(await send('/nowhere'))).to.include({ code: 'NOT_FOUND', detail: 'There is no GET /nowhere.' });
  });

  it('answers a path that cannot be decoded', async () => {
    expect(await problem(await send('/books/%zz'))).to.include({ code: 'MALFORMED_REQUEST', status: 400 });
  });

  const json = { 'content-type': 'application/json' };
  const badBodies: Record<string, [RequestInit, string]> = {
    'truncated JSON': [{ body: '{"a":', headers: json }, 'MALFORMED_JSON'],
    'text declared as JSON': [{ body: 'hello', headers: json }, 'MALFORMED_JSON'],
    'JSON that is neither object nor list': [{ body: '5', headers: json }, 'MALFORMED_JSON'],
    'a body over the limit': [{ body: JSON.stringify('a'.repeat(1025)), headers: json }, 'PAYLOAD_TOO_LARGE'],
    'a small body that decompresses to a large one': [
      { body: gzipSync(Buffer.alloc(1_000_000, 32)), headers: { ...json, 'content-encoding': 'gzip' } },
      'PAYLOAD_TOO_LARGE',
    ],
    'a character set other than UTF': [
      { body: '{}', headers: { 'content-type': 'application/json; charset=latin1' } },
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    'an unknown encoding': [{ body: '{}', headers: { ...json, 'content-encoding': 'zip' } }, 'UNSUPPORTED_MEDIA_TYPE'],
    'broken packing': [{ body: '{}', headers: { ...json, 'content-encoding': 'gzip' } }, 'MALFORMED_REQUEST'],
  };
  for (const [name, [init, code]] of Object.entries(badBodies)) {
    it(`answers ${code} to ${name}`, async () => {
      expect(await problem(await send('/echo', { method: 'POST', ...init }))).to.include({ code });
      expect(faults).to.deep.equal([]);
    });
  }
});

describe('envelope', () => {
  it('wraps one resource in data', () => {
    expect(envelope({ days: 3 })).to.deep.equal({ data: { days: 3 } });
  });
});
