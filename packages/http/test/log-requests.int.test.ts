import { Writable } from 'node:stream';
import { AppError, requestErrors } from '@florin/app-response';
import { isId, newId } from '@florin/database';
import { type AddressLogging, createLogger, createMetrics, type Metrics } from '@florin/runtime';
import { createHttpClient, eventually } from '@florin/testing';
import { expect } from 'chai';
import Joi from 'joi';
import winston from 'winston';
import { createApp, endpoint, type HttpServer, reply, startHttpServer } from '../src/index.ts';

const anything = { access: 'anyone', answers: { 200: { description: 'Done' } } } as const;
const endpoints = [
  endpoint({
    ...anything,
    operationId: 'operation1',
    method: 'get',
    path: '/v1/purchases/:id',
    summary: 'Read',
    params: Joi.object({ id: Joi.string() }),
    query: Joi.object({ email: Joi.string() }),
    handle: () => Promise.resolve(reply(200, {})),
  }),
  endpoint({
    ...anything,
    operationId: 'operation2',
    method: 'post',
    path: '/v1/purchases',
    summary: 'Buy',
    handle: () => Promise.resolve(reply(200, {}, { Location: `/v1/purchases/${bought}` })),
  }),
  endpoint({
    ...anything,
    operationId: 'operation3',
    method: 'get',
    path: '/v1/safe',
    summary: 'Open',
    errors: [requestErrors.FORBIDDEN],
    handle: () => Promise.reject(new AppError(requestErrors.FORBIDDEN)),
  }),
];
const bought = newId();

type Line = Record<string, unknown>;

describe('the log of requests', () => {
  const servers: HttpServer[] = [];
  let lines: Line[] = [];
  let metrics: Metrics;
  let send: ReturnType<typeof createHttpClient>;

  const start = async (logAddresses?: AddressLogging, cursorKey = 'test') => {
    const logger = createLogger({ service: 'books', level: 'info' });
    const stream = new Writable({
      write(line: Buffer, _encoding, done) {
        lines.push(JSON.parse(line.toString()) as Line);
        done();
      },
    });
    logger.clear().add(new winston.transports.Stream({ stream }));
    metrics = createMetrics('books');
    const options = { title: 'Books', endpoints, guard: () => [], logger, metrics, cursorKey, readiness: {} };
    const app = createApp({ ...options, ...(logAddresses && { logAddresses }) });
    const server = await startHttpServer(app, { port: 0, host: '127.0.0.1', portSetting: 'PORT' });
    servers.push(server);
    return createHttpClient(() => `http://127.0.0.1:${server.port}`);
  };
  const logged = (event: string, count = 1): Promise<Line> =>
    eventually(() => {
      const found = lines.filter((line) => line['event'] === event);
      expect(found).to.have.length(count);
      return found.at(-1) as Line;
    });

  before(async () => {
    send = await start();
  });
  after(() => Promise.all(servers.map((server) => server.stop())));
  beforeEach(() => {
    lines = [];
  });

  it('has a line with our own request id, and the id and trace of the client beside it', async () => {
    const traceId = 'a'.repeat(32);
    const headers = { 'x-request-id': 'mine', traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    const { headers: answered } = await send('GET', `/v1/purchases/${bought}`, { headers });
    const { time, address, durationMs, ...line } = await logged('request');
    expect(line).to.deep.equal({
      ...{ level: 'info', service: 'books', event: 'request', requestId: answered.get('x-request-id'), clientRequestId: 'mine' },
      ...{ traceId, route: '/v1/purchases/:id', purchaseId: bought, method: 'GET', status: 200 },
    });
    expect(isId(String(line['requestId']))).to.equal(true);
    expect(new Date(String(time)).toISOString()).to.equal(time);
    expect(durationMs).to.be.a('number');
    expect(address).to.match(/^[0-9a-f]{16}$/);
  });

  it('has a trace id and no id of the client if the client sends none or a malformed one', async () => {
    for (const offered of ['', 'a b', '<script>', 'a'.repeat(129), 'é']) {
      lines = [];
      await send('GET', `/v1/purchases/${bought}`, { headers: { 'x-request-id': offered } });
      const line = await logged('request');
      expect(line['traceId']).to.match(/^[0-9a-f]{32}$/);
      expect(line).to.not.have.property('clientRequestId');
    }
  });

  it('names the purchase that a request creates', async () => {
    await send('POST', '/v1/purchases');
    expect(await logged('request')).to.include({ purchaseId: bought, route: '/v1/purchases' });
  });

  it('has no text of the path or the query', async () => {
    for (const path of ['/v1/purchases/liddell', '/v1/purchases/x?email=liddell', '/liddell', '/v1/purchases?liddell=1'])
      await send('GET', path);
    await logged('request', 4);
    expect(JSON.stringify(lines)).to.not.include('liddell');
    expect(await metrics.registry.metrics()).to.not.include('liddell');
  });

  it('has an event for each denied authorization, which is counted', async () => {
    await send('GET', '/v1/safe');
    expect(await logged('authorization.denied')).to.include({ level: 'warn', route: '/v1/safe', status: 403 });
    const counts = await metrics.registry.getSingleMetricAsString('florin_security_events_total');
    expect(counts).to.include('event="authorization.denied",service="books"} 1');
    expect(counts).to.include('event="auth.signin.failed",service="books"} 0');
  });

  it('has addresses as LOG_ADDRESSES says', async () => {
    const addressIn = async (mode: AddressLogging, key?: string) => {
      const sendTo = await start(mode, key);
      lines = [];
      await sendTo('GET', '/v1/safe');
      return (await logged('request'))['address'];
    };
    expect(await addressIn('plain')).to.equal('127.0.0.1');
    expect(await addressIn('off')).to.equal(undefined);
    const hashed = await addressIn('hashed');
    expect(await addressIn('hashed')).to.equal(hashed);
    expect(await addressIn('hashed', 'another'))
      .to.match(/^[0-9a-f]{16}$/)
      .and.not.equal(hashed);
  });
});
