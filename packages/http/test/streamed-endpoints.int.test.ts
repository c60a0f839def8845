import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { createLogger, createMetrics } from '@florin/runtime';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import { createApp, endpoint, type HttpServer, reply, startHttpServer } from '../src/index.ts';

const LINES = 'application/x-ndjson';

describe('streams', () => {
  let server: HttpServer;
  let isSourceOpen = false;

  before(async () => {
    const app = createApp({
      title: 'Books',
      endpoints: [
        endpoint({
          operationId: 'operation1',
          method: 'post',
          path: '/v1/books',
          summary: 'Add a book',
          access: 'anyone',
          answers: { 201: { description: 'Added' } },
          handle: () => Promise.resolve({ status: 201 }),
        }),
        endpoint({
          operationId: 'operation2',
          method: 'post',
          path: '/v1/books/import',
          summary: 'Add books',
          access: 'anyone',
          streamedBody: [LINES, 'text/csv'],
          answers: { 200: { description: 'Number of received bytes' } },
          async handle({ request }) {
            let bytes = 0;
            for await (const chunk of request) bytes += (chunk as Buffer).length;
            return reply(200, { bytes });
          },
        }),
        endpoint({
          operationId: 'operation3',
          method: 'get',
          path: '/v1/books/export',
          summary: 'All books',
          access: 'anyone',
          answers: { 200: { description: 'Lines', contentTypes: [LINES] } },
          handle: () => Promise.resolve({ status: 200, headers: { 'Content-Type': LINES }, stream: books() }),
        }),
      ],
      guard: () => [],
      logger: createLogger({ service: 'books', level: 'error' }),
      metrics: createMetrics('books'),
      cursorKey: 'test',
      readiness: {},
      bodyTimeoutMs: 150,
    });
    server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
  });
  after(() => server.stop());

  /** An endless stream. */
  async function* books(): AsyncGenerator<string> {
    isSourceOpen = true;
    try {
      for (;;) yield await Promise.resolve(`${'a book '.repeat(1_000)}\n`);
    } finally {
      isSourceOpen = false;
    }
  }

  const post = (path: string, headers: Record<string, string>): ClientRequest =>
    httpRequest({ port: server.port, method: 'POST', path, headers });
  const answerOf = async (request: ClientRequest): Promise<{ status: number | undefined; body: string }> => {
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, body: Buffer.concat(await response.toArray()).toString() };
  };

  it('may exceed the limit of JSON, and may be slow', async () => {
    const request = post('/v1/books/import', { 'content-type': LINES });
    request.write('x'.repeat(200_000));
    await new Promise((resolve) => setTimeout(resolve, 200));
    request.end('y');
    expect(await answerOf(request)).to.deep.equal({ status: 200, body: '{"data":{"bytes":200001}}' });
  });

  for (const [what, headers] of [
    ['another type', { 'content-type': 'application/json' }],
    ['no type', {}],
    ['another charset', { 'content-type': 'text/csv; charset=latin1' }],
    ['a compressed body', { 'content-type': 'text/csv', 'content-encoding': 'gzip' }],
  ] as const) {
    it(`reject ${what}`, async () => {
      const request = post('/v1/books/import', headers);
      request.end('{}');
      const { status, body } = await answerOf(request);
      expect(status).to.equal(415);
      expect(body).to.include('UNSUPPORTED_MEDIA_TYPE').and.include('text/csv');
    });
  }

  it('flow no faster than the client reads, and end with the client', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /v1/books/export HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    expect(isSourceOpen).to.equal(true);
    socket.destroy();
    await eventually(() => expect(isSourceOpen).to.equal(false));
  });

  it('have no time limit, unlike a JSON body, which gets 408', async () => {
    const request = post('/v1/books', { 'content-type': 'application/json', 'content-length': '100' });
    request.write('{"title": ');
    const { status, body } = await answerOf(request);
    expect(status).to.equal(408);
    expect(body).to.include('REQUEST_TIMEOUT');
    request.destroy();
  });

  it('are described by their types', async () => {
    const document = (await (await fetch(`http://127.0.0.1:${server.port}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { requestBody?: unknown; responses: Record<string, unknown> }>>;
    };
    const schema = { type: 'string', format: 'binary' };
    expect(document.paths['/v1/books/import']?.['post']?.requestBody).to.deep.include({
      required: true,
      content: { [LINES]: { schema }, 'text/csv': { schema } },
    });
    expect(document.paths['/v1/books/export']?.['get']?.responses['200']).to.deep.include({
      description: 'Lines',
      content: { [LINES]: { schema } },
    });
  });
});
