import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AppError, requestErrors } from '@florin/app-response';
import { isId } from '@florin/database';
import { answersOf, eventually, type RawAnswer, sendRaw } from '@florin/testing';
import { expect } from 'chai';
import Joi from 'joi';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { type Endpoint, endpoint, MAX_BODY_BYTES, reply } from '../src/index.ts';
import { startApp } from './start-app.ts';

const desk = { isFull: false, books: 0 };
const endpoints: Endpoint[] = [
  endpoint({
    operationId: 'operation1',
    method: 'post',
    path: '/v1/books',
    summary: 'Add a book',
    access: 'anyone',
    shedLoad: () => {
      if (desk.isFull) throw new AppError(requestErrors.UNAVAILABLE);
    },
    body: Joi.object<{ title: string }, true>({ title: Joi.string().required() }),
    answers: { 201: { description: 'The book' } },
    handle: async ({ body }) => {
      desk.books++;
      return reply(201, body);
    },
  }),
  endpoint({
    operationId: 'operation2',
    method: 'post',
    path: '/v1/covers',
    summary: 'Add a cover',
    access: 'anyone',
    body: Joi.object<{ title: string }, true>({ title: Joi.string().required() }),
    maxBodyBytes: 1_000,
    answers: { 201: { description: 'The cover' } },
    handle: async ({ body }) => reply(201, body),
  }),
];

const book = (title: string): string => JSON.stringify({ title });
const post = (path: string, body: string, length = Buffer.byteLength(body)): string =>
  `POST ${path} HTTP/1.1\r\nHost: books\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`;
const chunked = (path: string, chunk: string): string =>
  `${post(path, '').replace('Content-Length: 0', 'Transfer-Encoding: chunked')}${chunk.length.toString(16)}\r\n${chunk}\r\n`;
const get = (path: string, headers = 'Host: books\r\n'): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
const last = (request: string): string => request.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');

function expectProblem(answer: RawAnswer | undefined, status: number, code: string): void {
  const { headers = {}, text = '{}' } = answer ?? {};
  expect(answer?.status).to.equal(status);
  expect(headers['content-type']).to.equal('application/problem+json; charset=utf-8');
  expect(headers['cache-control']).to.equal('no-store');
  expect(JSON.parse(text)).to.include({ status, code, requestId: headers['x-request-id'] });
  expect(isId(headers['x-request-id'] as string)).to.equal(true);
}

describe('refused requests', () => {
  let server: Awaited<ReturnType<typeof startApp>>;
  let clock: SinonFakeTimers | undefined;
  before(async () => {
    server = await startApp(endpoints);
  });
  after(() => server.stop());
  beforeEach(() => Object.assign(desk, { isFull: false, books: 0 }));
  afterEach(() => {
    clock?.restore();
    clock = undefined;
  });
  const send = (text: string): Promise<RawAnswer[]> => sendRaw(server.port, text);

  describe('whose body has not arrived', () => {
    const unread: [string, string, number][] = [
      ['an unknown path', post('/v1/nothing', '{', 100), 404],
      ['another method', post('/v1/books', '{', 100).replace('POST', 'PUT'), 405],
      ['a body that is too large', post('/v1/covers', '{', 1_001), 413],
      ['a chunked body that is too large', chunked('/v1/covers', 'a'.repeat(1_001)), 413],
      ['a body of unknown length', post('/v1/nothing', '').replace('Content-Length: 0', 'Transfer-Encoding: chunked'), 404],
      ['a body that is not JSON', post('/v1/books', '{', 100).replace('application/json', 'text/xml'), 415],
    ];
    for (const [what, request, status] of unread) {
      it(`end their connection: ${what}`, async () => {
        const [answer, ...more] = await send(request);
        expect(answer?.status).to.equal(status);
        expect(answer?.headers.connection).to.equal('close');
        expect(more).to.deep.equal([]);
      });
    }

    it('end it while load is shed', async () => {
      desk.isFull = true;
      const [answer] = await send(post('/v1/books', '{', 100));
      expect([answer?.status, answer?.headers.connection]).to.deep.equal([503, 'close']);
    });

    it('are answered while their sender still sends', async () => {
      const socket = connect(server.port, '127.0.0.1');
      const failures: Error[] = [];
      socket.on('error', (error) => failures.push(error));
      socket.write(post('/v1/books', book('x'.repeat(200_000))));
      expectProblem((await answersOf(socket))[0], 413, 'PAYLOAD_TOO_LARGE');
      expect(failures).to.deep.equal([]);
    });

    it('do not let their sender go on slowly, or send another request', async () => {
      clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
      const answers = answersOf(socket);
      socket.write(post('/v1/nothing', '{', 100));
      await once(socket, 'end');
      socket.write(`${' '.repeat(99)}${post('/v1/books', book('Tea'))}`);
      await untilClosed(socket, clock);
      expect((await answers).map(({ status }) => status)).to.deep.equal([404]);
      expect(desk.books).to.equal(0);
    });

    it('and an answered request whose body does not arrive are over soon', async () => {
      clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      const socket = connect(server.port, '127.0.0.1');
      socket.write(get('/health/live', 'Host: books\r\nContent-Length: 1000000\r\n'));
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      expect(chunk.toString()).to.include('HTTP/1.1 200');
      const answers = answersOf(socket);
      await untilClosed(socket, clock);
      await answers;
    });
  });

  it('do not let their sender go on slowly if they cannot be read', async () => {
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    const answers = answersOf(socket);
    socket.write(get('/v1/books', `Host: books\r\nX-Padding: ${'p'.repeat(17_000)}`));
    await once(socket, 'end');
    await untilClosed(socket, clock);
    expect((await answers).map(({ status }) => status)).to.deep.equal([431]);
  });

  it('keep their connection if the body came with the head', async () => {
    desk.isFull = true;
    const [shed, unknown, invalid, missing] = await send(
      [post('/v1/books', book('Tea')), post('/v1/nothing', book('Tea')), post('/v1/books', '{'), last(get('/v1/nothing'))].join(
        '',
      ),
    );
    expect([shed, unknown, invalid, missing].map((answer) => answer?.status)).to.deep.equal([503, 404, 503, 404]);
    expect([shed, unknown, invalid].map((answer) => answer?.headers.connection)).to.deep.equal(Array(3).fill('keep-alive'));
  });

  it('have a body over the bound of their endpoint', async () => {
    const frame = book('').length;
    for (const [path, bytes] of [
      ['/v1/books', MAX_BODY_BYTES],
      ['/v1/covers', 1_000],
    ] as const) {
      const [longest] = await send(last(post(path, book('a'.repeat(bytes - frame)))));
      expect(longest?.status, path).to.equal(201);
      const [longer] = await send(last(post(path, book('a'.repeat(bytes - frame + 1)))));
      expectProblem(longer, 413, 'PAYLOAD_TOO_LARGE');
      expect(JSON.parse(longer?.text ?? '')).to.include({ detail: `The maximum is ${bytes} bytes.` });
    }
  });

  const unreadable: [string, string, number, string][] = [
    [
      'a head over 16 KiB',
      get('/v1/books', `Host: books\r\nX-Padding: ${'p'.repeat(17_000)}\r\n`),
      431,
      'REQUEST_HEAD_TOO_LARGE',
    ],
    [
      'a very large head',
      get('/v1/books', `Host: books\r\nX-Padding: ${'p'.repeat(2_000_000)}\r\n`),
      431,
      'REQUEST_HEAD_TOO_LARGE',
    ],
    ['a path over 16 KiB', get(`/v1/books?q=${'q'.repeat(17_000)}`), 431, 'REQUEST_HEAD_TOO_LARGE'],
    ['no HTTP', 'Good day\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['two lengths', get('/v1/books', 'Host: books\r\nContent-Length: 1\r\nContent-Length: 2\r\n'), 400, 'MALFORMED_REQUEST'],
    ['no host', last(get('/v1/books', '')), 400, 'MALFORMED_REQUEST'],
    ['two hosts', last(get('/v1/books', 'Host: books\r\nhost: music\r\n')), 400, 'MALFORMED_REQUEST'],
    ['the same host twice', last(get('/v1/books', 'Host: books\r\nHost: books\r\n')), 400, 'MALFORMED_REQUEST'],
    [
      'two tokens',
      last(get('/v1/books', 'Host: b\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n')),
      400,
      'MALFORMED_REQUEST',
    ],
    ['a path that ends with a no-break space', last(get('/v1/books\u00a0')), 400, 'MALFORMED_REQUEST'],
    ['a path with a backslash', last(get('/v1\\books#')), 400, 'MALFORMED_REQUEST'],
    ['a path with a fragment', last(get('/v1/books#')), 400, 'MALFORMED_REQUEST'],
  ];
  for (const [what, request, status, code] of unreadable) {
    it(`are answered with a problem and a request id: ${what}`, async () => {
      const [answer] = await sendRaw(server.port, Buffer.from(request, 'latin1'));
      expectProblem(answer, status, code);
      expect(answer?.headers.connection).to.equal('close');
    });
  }

  for (const path of [
    '/v1/Books',
    '/V1/books',
    '/v1/books/',
    '/v1//books',
    '/v1/./books',
    '/v1/%62ooks',
    '/v1/books%20',
    '/v1/books;a=1',
  ])
    it(`have another spelling of a path: ${path}`, async () => {
      expectProblem((await send(last(post(path, book('Tea')))))[0], 404, 'NOT_FOUND');
    });

  for (const path of ['/HEALTH/live', '/health/live/', '/metrics/', '/docs/', '/DOCS', '/openapi.json/'])
    it(`have another spelling of a path of the platform: ${path}`, async () => {
      expectProblem((await send(last(get(path))))[0], 404, 'NOT_FOUND');
    });
});

/** Sends slowly and advances the clock until the connection is closed. */
async function untilClosed(socket: Socket, clock: SinonFakeTimers): Promise<void> {
  let isClosed = false;
  socket.once('close', () => {
    isClosed = true;
  });
  await eventually(async () => {
    // A sender learns of a closed connection when it sends.
    socket.write(' ');
    await clock.tickAsync(500);
    expect(isClosed).to.equal(true);
  });
}
