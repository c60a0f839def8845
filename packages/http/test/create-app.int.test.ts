import { once } from 'node:events';
import { get, request as httpRequest, type IncomingMessage } from 'node:http';
import { Writable } from 'node:stream';
import { AppError, defineErrors, type Problem } from '@florin/app-response';
import { isId, newId, openDatabase } from '@florin/database';
import { readTraceparent } from '@florin/events';
import { createLogger, createMetrics, currentRequestId, currentTraceparent, Degraded, type HealthCheck } from '@florin/runtime';
import { closedPort, createHttpClient, type HttpClient } from '@florin/testing';
import { expect } from 'chai';
import Joi from 'joi';
import type { Knex } from 'knex';
import winston from 'winston';
import { createApp, type Endpoint, endpoint, type HttpServer, reply, startHttpServer } from '../src/index.ts';

type Book = { title: string; pages?: number };
const idParams = Joi.object<{ id: string }, true>({ id: Joi.string().guid().required() });
const bookSchema = Joi.object<Book, true>({ title: Joi.string().required(), pages: Joi.number().integer().min(1) });
const errors = defineErrors({
  BOOK_LENT: { status: 409, title: 'The book is lent' },
  DESK_FULL: { status: 503, title: 'Too many are waiting' },
});

const desk = { isFull: false };

function endpoints(db: Knex): Endpoint[] {
  return [
    endpoint({
      operationId: 'operation1',
      method: 'post',
      path: '/v1/loans',
      summary: 'Borrow a book',
      access: 'user',
      shedLoad: () => {
        if (desk.isFull) throw new AppError(errors.DESK_FULL);
      },
      errors: [errors.DESK_FULL],
      answers: { 204: { description: 'It is lent' } },
      handle: () => Promise.resolve({ status: 204 }),
    }),
    endpoint({
      operationId: 'operation2',
      method: 'post',
      path: '/v1/books',
      summary: 'Add a book',
      access: 'anyone',
      headers: { 'Idempotency-Key': { description: 'Of your choice', required: true } },
      body: bookSchema,
      answers: { 201: { description: 'The book', data: bookSchema } },
      handle: ({ body }) => Promise.resolve(reply(201, { ...body, requestId: currentRequestId() }, { Location: '/v1/books/1' })),
    }),
    endpoint({
      operationId: 'operation3',
      method: 'get',
      path: '/v1/books',
      summary: 'List books',
      access: 'user',
      query: Joi.object<{ limit: number }>({
        limit: Joi.number().integer().min(1).max(100).default(20).description('How many at most'),
      }),
      answers: { 200: { description: 'A page of books', data: bookSchema, isList: true } },
      handle: ({ query }) => Promise.resolve(reply(200, query)),
    }),
    endpoint({
      operationId: 'operation4',
      method: 'get',
      path: '/v1/books/:id',
      summary: 'Read a book',
      access: 'anyone',
      params: idParams,
      answers: { 200: { description: 'The book', data: bookSchema } },
      handle: ({ params }) => Promise.resolve(reply(200, { ...params, traceparent: currentTraceparent() })),
    }),
    endpoint({
      operationId: 'operation5',
      method: 'post',
      path: '/v1/books/:id/return',
      summary: 'Bring a book back',
      access: 'anyone',
      params: idParams,
      body: Joi.object<{ note?: string }, true>({ note: Joi.string() }),
      answers: { 204: { description: 'It is back' } },
      handle: () => Promise.resolve({ status: 204 }),
    }),
    endpoint({
      operationId: 'operation6',
      method: 'delete',
      path: '/v1/books/:id',
      summary: 'Remove a book',
      access: 'staff',
      params: idParams,
      errors: [errors.BOOK_LENT],
      answers: { 204: { description: 'It is gone' } },
      handle: () => Promise.reject(new AppError(errors.BOOK_LENT)),
    }),
    endpoint({
      operationId: 'operation7',
      method: 'get',
      path: '/v1/shelves',
      summary: 'List shelves',
      access: 'anyone',
      answers: { 200: { description: 'Shelves' } },
      handle: async () => reply(200, await db('shelves')),
    }),
    endpoint({
      operationId: 'operation8',
      method: 'get',
      path: '/v1/broken',
      summary: 'Fail',
      access: 'anyone',
      answers: { 200: { description: 'Never' } },
      handle: () => Promise.reject(new TypeError('secret is not defined')),
    }),
  ];
}

describe('createApp', () => {
  let server: HttpServer;
  let away: Knex;
  let send: HttpClient;
  let baseUrl: string;
  const logger = createLogger({ service: 'books', level: 'warn' });
  const logged: Record<string, unknown>[] = [];
  const readiness: Record<string, HealthCheck> = {};

  before(async () => {
    const lines = new Writable({
      write(line: Buffer, _encoding, done) {
        logged.push(JSON.parse(line.toString()) as Record<string, unknown>);
        done();
      },
    });
    logger.clear().add(new winston.transports.Stream({ stream: lines }));
    away = openDatabase({ url: `mysql://root@127.0.0.1:${await closedPort()}/florin`, poolMax: 4 });
    const app = createApp({
      title: 'Books',
      endpoints: endpoints(away),
      guard: () => [],
      logger,
      metrics: createMetrics('books'),
      cursorKey: 'test',
      readiness,
    });
    server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
    baseUrl = `http://127.0.0.1:${server.port}`;
    send = createHttpClient(() => baseUrl);
  });
  after(async () => {
    await server.stop();
    await away.destroy();
  });
  beforeEach(() => {
    logged.length = 0;
    for (const name of Object.keys(readiness)) delete readiness[name];
  });

  const id = newId();
  const failure = async (method: string, path: string, options?: Parameters<HttpClient>[2]): Promise<Problem> => {
    const { status, headers, body } = await send(method, path, options);
    expect(headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
    const problem = body as Problem;
    expect(problem).to.include({ status, requestId: headers.get('x-request-id') });
    return problem;
  };

  describe('the request id', () => {
    it('is a new one, also in the handler, whatever the client sends', async () => {
      const { headers, body } = await send('POST', '/v1/books', {
        body: { title: 'Tea' },
        headers: { 'x-request-id': 'alice:1.a-b_c' },
      });
      const requestId = headers.get('x-request-id') ?? '';
      expect(isId(requestId)).to.equal(true);
      expect(body).to.deep.equal({ data: { title: 'Tea', requestId } });
    });

    for (const offered of ['', 'a b', '<script>', 'a'.repeat(129), 'é', undefined]) {
      it(`stays the only one if ${JSON.stringify(offered)} is offered`, async () => {
        const { headers } = await send('GET', `/v1/books/${id}`, {
          headers: offered === undefined ? {} : { 'x-request-id': offered },
        });
        expect(isId(headers.get('x-request-id') ?? '')).to.equal(true);
      });
    }

    it('is on errors and on unknown paths', async () => {
      const { requestId } = await failure('GET', '/nowhere', { headers: { 'x-request-id': 'mine' } });
      expect(isId(requestId)).to.equal(true);
      expect((await send('GET', '/health/live')).headers.get('x-request-id')).to.be.a('string');
    });

    it('is kept while a body arrives in parts', async () => {
      const request = httpRequest({
        port: server.port,
        method: 'POST',
        path: '/v1/books',
        headers: { 'content-type': 'application/json', 'x-request-id': 'slow' },
      });
      request.write('{"title":');
      await once(request, 'socket');
      await send('POST', '/v1/books', { body: { title: 'Other' }, headers: { 'x-request-id': 'other' } });
      request.end('"Tea"}');
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const body = JSON.parse(Buffer.concat(await response.toArray()).toString()) as unknown;
      expect(body).to.deep.equal({ data: { title: 'Tea', requestId: response.headers['x-request-id'] } });
    });

    it('goes with the trace context of the client, or a new one', async () => {
      const traceOf = async (headers: Record<string, string>): Promise<string> =>
        (await send('GET', `/v1/books/${id}`, { headers })).body.data.traceparent;
      const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
      expect(await traceOf({ traceparent })).to.equal(traceparent);
      expect(await traceOf({ traceparent: `cc-${traceparent.slice(3)}-more` })).to.equal(traceparent);
      const made = new Set<string>();
      for (const invalid of [undefined, 'x', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `ff-${traceparent.slice(3)}`])
        made.add(await traceOf(invalid === undefined ? {} : { traceparent: invalid }));
      expect(made).to.have.property('size', 4);
      for (const one of made) expect(readTraceparent(one)).to.equal(one);
    });
  });

  describe('a request', () => {
    it('is answered with status, envelope and headers', async () => {
      const { status, headers, body } = await send('POST', '/v1/books', {
        body: { title: 'Tea' },
        headers: { 'x-request-id': '1' },
      });
      expect({ status, body }).to.deep.equal({
        status: 201,
        body: { data: { title: 'Tea', requestId: headers.get('x-request-id') } },
      });
      expect(headers.get('location')).to.equal('/v1/books/1');
      expect(headers.get('x-powered-by')).to.equal(null);
      expect(headers.get('x-content-type-options')).to.equal('nosniff');
    });

    it('is rejected before its body and token are read while load is shed', async () => {
      const asked = { path: '/v1/loans', body: '{', type: 'application/json' };
      const ask = () =>
        fetch(`${baseUrl}${asked.path}`, { method: 'POST', body: asked.body, headers: { 'content-type': asked.type } });
      desk.isFull = true;
      const refusal = await ask();
      expect(refusal.status).to.equal(503);
      expect(await refusal.json()).to.include({ code: 'DESK_FULL' });
      expect((await fetch(`${baseUrl}/v1/loans`)).status, 'another method').to.equal(405);
      desk.isFull = false;
      expect((await ask()).status).to.equal(400);
    });

    it('gets security headers for data, and the documentation its own', async () => {
      const data = await send('GET', `/v1/books/${id}`);
      expect(data.headers.get('content-security-policy')).to.equal("default-src 'none';base-uri 'none';frame-ancestors 'none'");
      expect(data.headers.get('strict-transport-security')).to.match(/^max-age=/);
      const page = await fetch(`${baseUrl}/docs`);
      expect(page.headers.get('content-security-policy')).to.contain("script-src 'self'").and.to.contain("base-uri 'none'");
    });

    it('may have no body if every field is optional', async () => {
      expect(await send('POST', `/v1/books/${id}/return`)).to.include({ status: 204, body: undefined });
    });

    it('may be JSON with another media type', async () => {
      const { status } = await send('POST', '/v1/books', {
        body: { title: 'Tea' },
        headers: { 'content-type': 'application/merge-patch+json' },
      });
      expect(status).to.equal(201);
    });

    it('is coerced in queries and not in bodies', async () => {
      expect((await send('GET', '/v1/books?limit=5')).body).to.deep.equal({ data: { limit: 5 } });
      const { code, errors: faults } = await failure('POST', '/v1/books', { body: { title: 'Tea', pages: '5' } });
      expect({ code, faults }).to.deep.equal({
        code: 'VALIDATION_FAILED',
        faults: [{ path: 'pages', message: 'pages must be a number' }],
      });
    });

    const xml = { 'content-type': 'text/xml' };
    const bad: [string, number, string, string, string, Parameters<HttpClient>[2]?][] = [
      ['malformed JSON', 400, 'MALFORMED_JSON', 'POST', '/v1/books', { body: '{"title":' }],
      ['JSON that is not an object', 400, 'MALFORMED_JSON', 'POST', '/v1/books', { body: '5' }],
      ['a list', 422, 'VALIDATION_FAILED', 'POST', '/v1/books', { body: [] }],
      ['a body over 32 KiB', 413, 'PAYLOAD_TOO_LARGE', 'POST', '/v1/books', { body: { title: 'a'.repeat(32_768) } }],
      ['a body that is not JSON', 415, 'UNSUPPORTED_MEDIA_TYPE', 'POST', '/v1/books', { body: '<a/>', headers: xml }],
      [
        'a form',
        415,
        'UNSUPPORTED_MEDIA_TYPE',
        'POST',
        '/v1/books',
        { body: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      ],
      ['a missing body', 422, 'VALIDATION_FAILED', 'POST', '/v1/books'],
      ['an unknown field', 422, 'VALIDATION_FAILED', 'POST', '/v1/books', { body: { title: 'Tea', colour: 'red' } }],
      ['a body for an endpoint without one', 422, 'VALIDATION_FAILED', 'DELETE', `/v1/books/${id}`, { body: { force: true } }],
      ['an unknown parameter', 422, 'VALIDATION_FAILED', 'GET', '/v1/books?colour=red'],
      ['a parameter for an endpoint without any', 422, 'VALIDATION_FAILED', 'GET', `/v1/books/${id}?limit=5`],
      ['limit=0', 422, 'VALIDATION_FAILED', 'GET', '/v1/books?limit=0'],
      ['a parameter twice', 422, 'VALIDATION_FAILED', 'GET', '/v1/books?limit=1&limit=2'],
      ['a parameter in the form of an object', 422, 'VALIDATION_FAILED', 'GET', '/v1/books?limit[gt]=1'],
      ['an invalid id', 404, 'NOT_FOUND', 'GET', '/v1/books/1'],
      ['an unknown path', 404, 'NOT_FOUND', 'GET', '/v1/nothing'],
      ['another method', 405, 'METHOD_NOT_ALLOWED', 'PUT', '/v1/books'],
      ['malformed JSON for an unknown path', 404, 'NOT_FOUND', 'POST', '/v1/nothing', { body: '{' }],
      ['malformed JSON for another method', 405, 'METHOD_NOT_ALLOWED', 'PUT', '/v1/books', { body: '{' }],
      ['a path that cannot be decoded', 400, 'MALFORMED_REQUEST', 'GET', '/v1/books/%zz'],
      ['a rejection by the endpoint', 409, 'BOOK_LENT', 'DELETE', `/v1/books/${id}`],
    ];
    for (const [name, status, code, method, path, options] of bad) {
      it(`answers ${status} ${code} to ${name}`, async () => {
        expect(await failure(method, path, options)).to.include({ status, code });
        expect(logged).to.deep.equal([]);
      });
    }

    it('is answered with the repeated parameter', async () => {
      const { errors: faults } = await failure('GET', '/v1/books?limit=1&limit=1');
      expect(faults).to.deep.equal([{ path: 'limit', message: 'limit was given more than once' }]);
    });
  });

  describe('an internal error', () => {
    it('is a 500 with only the request id, and is logged', async () => {
      const problem = await failure('GET', '/v1/broken');
      expect(problem).to.have.all.keys('type', 'title', 'status', 'code', 'requestId');
      expect(problem).to.include({ status: 500, code: 'INTERNAL_ERROR' });
      expect(logged).to.have.length(1);
      expect(logged[0]).to.include({
        level: 'error',
        service: 'books',
        event: 'request failed',
        requestId: problem.requestId,
        status: 500,
        error: 'secret is not defined',
      });
    });

    it('is a 503 with Retry-After while the database is unavailable', async () => {
      const { status, headers, body } = await send('GET', '/v1/shelves');
      expect({ status, code: (body as Problem).code }).to.deep.equal({ status: 503, code: 'UNAVAILABLE' });
      expect(headers.get('retry-after')).to.equal('1');
      expect(JSON.stringify(body)).to.not.include('127.0.0.1');
    });
  });

  describe('health', () => {
    it('is live while it can answer', async () => {
      readiness['database'] = () => Promise.reject(new Error('away'));
      expect(await send('GET', '/health/live')).to.deep.include({ status: 200, body: { status: 'ok' } });
    });

    it('is ready if every check passes', async () => {
      Object.assign(readiness, { database: async () => {}, kafka: () => {} });
      expect(await send('GET', '/health/ready')).to.deep.include({
        status: 200,
        body: { status: 'ok', checks: { database: 'ok', kafka: 'ok' } },
      });
    });

    it('is degraded if something that all instances share is delayed, unless this one has a fault too', async () => {
      const late = () => {
        throw new Degraded('the outbox is full');
      };
      Object.assign(readiness, { database: async () => {}, kafka: () => {}, backlog: late });
      expect(await send('GET', '/health/ready')).to.deep.include({
        status: 200,
        body: {
          status: 'degraded',
          reasons: ['backlog: the outbox is full'],
          checks: { database: 'ok', kafka: 'ok', backlog: 'the outbox is full' },
        },
      });
      Object.assign(readiness, { kafka: () => Promise.reject(new Error('away')) });
      expect((await send('GET', '/health/ready')).status).to.equal(503);
      delete readiness['backlog'];
    });

    it('names the failed check, and does not wait for one that hangs', async () => {
      Object.assign(readiness, {
        database: () => away.raw('SELECT 1'),
        kafka: () => new Promise<void>(() => {}),
        consumer: () => {
          throw new Error('florin.users/0 cannot go on');
        },
        wallet: () => {},
      });
      const { status, body } = await send('GET', '/health/ready');
      expect(status).to.equal(503);
      const { checks, reasons, ...rest } = body as { status: string; reasons: string[]; checks: Record<string, string> };
      expect(rest).to.deep.equal({ status: 'unavailable' });
      expect(reasons).to.include('consumer: florin.users/0 cannot go on').and.to.have.length(3);
      expect(checks['database']).to.match(/ECONNREFUSED/);
      expect(checks).to.include({ kafka: 'no answer within 2000 ms', consumer: 'florin.users/0 cannot go on', wallet: 'ok' });
    });
  });

  describe('metrics', () => {
    it('count requests by route, not by path', async () => {
      await send('GET', `/v1/books/${newId()}`);
      await send('GET', `/nowhere/${newId()}`);
      const response = await fetch(`${baseUrl}/metrics`);
      const text = await response.text();
      expect(response.headers.get('content-type')).to.match(/^text\/plain/);
      const routes = [...text.matchAll(/^http_request_duration_seconds_count\{(.*)\}/gm)].map(([, labels = '']) => labels);
      expect(routes.some((labels) => /route="\/v1\/books\/:id"/.test(labels) && /status="200"/.test(labels))).to.equal(true);
      expect(routes.some((labels) => /route="none"/.test(labels) && /status="404"/.test(labels))).to.equal(true);
      expect(routes.every((labels) => /service="books"/.test(labels) && /method="/.test(labels))).to.equal(true);
      expect(text).to.include('process_cpu_seconds_total');
      expect(text).to.not.match(/nowhere/);
    });
  });

  describe('the documentation', () => {
    type Operation = {
      summary: string;
      security?: unknown[];
      parameters: { $ref?: string; name: string; in: string; required: boolean; schema: { type?: string } }[];
      requestBody?: { content: Record<string, { schema: object }> };
      responses: Record<string, { $ref?: string; description: string; content?: Record<string, { schema: object }> }>;
    };
    type Document = {
      openapi: string;
      info: { title: string; version: string };
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: object; parameters: Record<string, object>; responses: Record<string, { content: object }> };
    };
    let document: Document;
    before(async () => {
      document = (await send('GET', '/openapi.json')).body as Document;
    });

    it('is OpenAPI 3.1 with every endpoint', () => {
      expect(document.openapi).to.match(/^3\.1\./);
      expect(document.info).to.include({ title: 'Books', version: '1' });
      const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method} ${path}`),
      );
      expect(operations).to.have.members(
        endpoints(away).map(({ method, path }) => `${method} ${path.replace(/:(\w+)/, '{$1}')}`),
      );
    });

    it('has the fields that the standard requires for each operation', () => {
      for (const [path, methods] of Object.entries(document.paths)) {
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        for (const { summary, parameters, responses } of Object.values(methods)) {
          expect(summary, path).to.match(/./);
          expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).to.deep.equal(inPath);
          expect(parameters.every((one) => one.in !== 'path' || one.required)).to.equal(true);
          expect(parameters.every(({ $ref, schema }) => $ref !== undefined || typeof schema === 'object')).to.equal(true);
          for (const [status, { $ref, description = $ref }] of Object.entries(responses)) {
            expect(status).to.match(/^(default|[1-5]\d\d)$/);
            expect(description, `${path} ${status}`).to.match(/./);
          }
        }
      }
    });

    it('has no dangling references', () => {
      const references = JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g);
      for (const [, pointer = ''] of references) {
        const target = pointer
          .split('/')
          .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
        expect(target, pointer).to.be.an('object');
      }
    });

    it('describes requests by the schemas that validate them', () => {
      const list = document.paths['/v1/books']?.['get'];
      expect(list?.parameters).to.deep.equal([
        {
          name: 'limit',
          in: 'query',
          required: false,
          description: 'How many at most',
          schema: { type: 'integer', default: 20, minimum: 1, maximum: 100 },
        },
        { $ref: '#/components/parameters/X-Request-Id' },
      ]);
      expect(list?.security).to.deep.equal([{ bearer: [] }]);
      const add = document.paths['/v1/books']?.['post'];
      expect(add?.security).to.deep.equal([]);
      expect(add?.parameters).to.deep.include({ $ref: '#/components/parameters/Idempotency-Key' });
      expect(document.components.parameters['Idempotency-Key']).to.deep.equal({
        name: 'Idempotency-Key',
        in: 'header',
        description: 'Of your choice',
        required: true,
        schema: { type: 'string' },
      });
      expect(add?.requestBody?.content['application/json']?.schema).to.deep.include({
        required: ['title'],
        additionalProperties: false,
      });
      expect(add?.responses['201']?.content?.['application/json']?.schema).to.have.nested.property(
        'properties.data.properties.title',
      );
      expect(add?.responses['422']).to.deep.equal({ $ref: '#/components/responses/VALIDATION_FAILED' });
      expect(document.components.responses['VALIDATION_FAILED']?.content).to.have.property('application/problem+json');
    });

    it('is shown at /docs, without other hosts', async () => {
      const page = await fetch(`${baseUrl}/docs`);
      const html = await page.text();
      expect(page.headers.get('content-type')).to.match(/^text\/html/);
      expect(html).to.not.match(/(src|href)="(https?:)?\/\//);
      for (const [, asset] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
        const response = get(`${baseUrl}${asset}`);
        const [{ statusCode }] = (await once(response, 'response')) as [IncomingMessage];
        expect(statusCode, asset).to.equal(200);
        response.destroy();
      }
    });
  });
});
