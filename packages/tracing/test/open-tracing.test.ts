import type { TracingSettings } from '@florin/runtime';
import { closedPort, eventually, startTestCollector, type TestCollector } from '@florin/testing';
import { expect } from 'chai';
import { openTracing, type Tracing } from '../src/index.ts';

const TRACE_ID = 'a'.repeat(32);
const SAMPLED = `00-${TRACE_ID}-${'b'.repeat(16)}-01`;
const UNSAMPLED = `00-${TRACE_ID}-${'b'.repeat(16)}-00`;
const MORE_THAN_FITS = 8_192 + 100;

describe('openTracing', () => {
  let collector: TestCollector;
  let dropped: number;
  let logged: string[];
  const opened: Tracing[] = [];

  before(async () => {
    collector = await startTestCollector();
  });
  after(() => collector.stop());
  beforeEach(() => {
    dropped = 0;
    logged = [];
    collector.behave('accept');
    collector.spans.length = 0;
    collector.requests.length = 0;
  });
  afterEach(() => Promise.all(opened.splice(0).map((tracing) => tracing.stop())));

  function open(settings: Partial<TracingSettings> & { exportTimeoutMs?: number; flushTimeoutMs?: number } = {}): Tracing {
    const log = (event: string): void => void logged.push(event);
    const tracing = openTracing({
      ...{ service: 'books', endpoint: collector.endpoint, headers: {}, sampler: 'always_on', ratio: 1, resourceAttributes: {} },
      logger: { warn: log, info: log } as never,
      onDropped: (spans) => {
        dropped += spans;
      },
      ...settings,
    });
    opened.push(tracing);
    return tracing;
  }

  it('sends spans with their parents, links, attributes and errors, and the headers of the settings', async () => {
    const { tracer, stop } = open({ headers: { authorization: 'Bearer c' }, resourceAttributes: { zone: 'a' } });
    const set = tracer.start('set', { kind: 'internal', isRecorded: true });
    const request = tracer.start('HTTP', { kind: 'server', parent: SAMPLED });
    const statement = request?.child('SELECT', { kind: 'client', attributes: { size: 2, gone: undefined } });
    if (set === undefined) throw new Error('not recorded');
    request?.link(set);
    statement?.end({ errorType: 'ER_LOCK' });
    request?.end({ name: 'GET /books' });
    set.end();
    await stop();
    const [sentStatement, sentRequest, sentSet] = collector.spans;
    expect(sentRequest).to.include({
      service: 'books',
      traceId: TRACE_ID,
      parentSpanId: 'b'.repeat(16),
      name: 'GET /books',
      kind: 2,
    });
    expect(sentRequest?.links).to.deep.equal([{ traceId: sentSet?.traceId, spanId: sentSet?.spanId }]);
    expect(sentStatement).to.include({ traceId: TRACE_ID, parentSpanId: sentRequest?.spanId, isFailed: true });
    expect(sentStatement?.attributes).to.deep.equal({ size: 2, 'error.type': 'ER_LOCK' });
    expect(sentSet?.parentSpanId).to.equal('');
    expect(collector.requests[0]?.headers.authorization).to.equal('Bearer c');
    expect(collector.bodies.at(-1)).to.include('"zone"');
    expect(dropped).to.equal(0);
  });

  it('continues the decision of the parent, and records a part of new traces', () => {
    const all = open({ sampler: 'parentbased_traceidratio', ratio: 1 }).tracer;
    const none = open({ sampler: 'parentbased_traceidratio', ratio: 0 }).tracer;
    const isRecorded = (tracer: Tracing['tracer'], parent?: string) =>
      tracer.start('x', { kind: 'server', parent }) !== undefined;
    expect([isRecorded(all), isRecorded(all, SAMPLED), isRecorded(all, UNSAMPLED)]).to.deep.equal([true, true, false]);
    expect([isRecorded(none), isRecorded(none, SAMPLED), isRecorded(none, UNSAMPLED)]).to.deep.equal([false, true, false]);
    expect(none.start('set', { kind: 'internal', isRecorded: true })).to.not.equal(undefined);
  });

  it('bounds the children of a span', () => {
    const span = open().tracer.start('stream', { kind: 'server' });
    const children = Array.from({ length: 300 }, () => span?.child('SELECT', { kind: 'client' }));
    expect(children.filter((child) => child !== undefined)).to.have.length(200);
  });

  it('drops and counts spans while the collector is away, and says so once', async () => {
    const { tracer } = open({ endpoint: `http://127.0.0.1:${await closedPort()}`, exportTimeoutMs: 300 });
    for (const name of ['one', 'two']) {
      tracer.start(name, { kind: 'internal' })?.end();
      await eventually(() => expect(dropped).to.equal(name === 'one' ? 1 : 2));
    }
    expect(logged).to.deep.equal(['cannot send traces']);
  });

  it('bounds the queue while the collector hangs', () => {
    collector.behave('hang');
    const { tracer } = open();
    for (let count = 0; count < MORE_THAN_FITS; count++) tracer.start('x', { kind: 'internal' })?.end();
    expect(dropped).to.equal(100);
  });

  it('stops within its bound while the collector hangs, and counts what it could not send', async () => {
    collector.behave('hang');
    const { tracer, stop } = open({ exportTimeoutMs: 600_000, flushTimeoutMs: 50 });
    for (let count = 0; count < 1_000; count++) tracer.start('x', { kind: 'internal' })?.end();
    await stop();
    expect(dropped).to.equal(1_000);
  });

  it('counts spans that the collector refuses', async () => {
    collector.behave('refuse');
    const { tracer, stop } = open();
    tracer.start('x', { kind: 'internal' })?.end();
    await stop();
    expect(dropped).to.equal(1);
    expect(logged).to.deep.equal(['cannot send traces']);
  });
});
