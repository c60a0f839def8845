import { memoryStorage, type TokenStorage } from '@florin/client';
import { newId } from '@florin/database';
import { eventually, type ReceivedSpan, startTestCollector, type TestCollector } from '@florin/testing';
import { expect } from 'chai';
import { serviceNames } from '../ops/platform/service-names.ts';
import { findPlanted, plantEverywhere } from './plant-secrets.ts';
import { openClient, type Person, signIn, signUpBuyer } from './sign-up.ts';
import { admin, type ProcessPlatform, startTestPlatform } from './start-test-platform.ts';

const PURCHASES_AT_ONCE = 24;

describe('the traces of a running platform', function () {
  this.timeout(120_000);
  let collector: TestCollector;
  let platform: ProcessPlatform;
  let productId: string;
  let staff: Person;
  let aliceTokens: TokenStorage;

  before(async () => {
    collector = await startTestCollector();
    const settings = {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
      OTEL_TRACES_SAMPLER: 'parentbased_always_on',
      LOG_LEVEL: 'debug',
    };
    platform = await startTestPlatform({ settings });
    staff = await signIn(platform, admin);
    const { data: category } = await staff.florin.post('/v1/categories', { body: { name: `Books ${newId()}` } });
    const body = { name: 'A novel', priceMinor: 1, stock: 1_000, categoryId: category.id };
    productId = (await staff.florin.post('/v1/products', { body })).data.id;
    aliceTokens = memoryStorage();
    await signUpBuyer(platform, { storage: aliceTokens });
  });
  after(async () => {
    await platform?.stop();
    await collector?.stop();
  });

  /** Buys as Alice, with further headers in each request. */
  async function buy(headers: Record<string, string> = {}): Promise<string> {
    const florin = openClient(platform, { storage: aliceTokens, headers });
    const { id, status } = await florin.buy([{ productId, quantity: 1 }]);
    expect(status).to.equal('paid');
    return id;
  }

  const find = (what: Partial<ReceivedSpan>): ReceivedSpan[] =>
    collector.spans.filter((span) => Object.entries(what).every(([name, value]) => span[name as keyof ReceivedSpan] === value));
  const one = (what: Partial<ReceivedSpan>): ReceivedSpan => {
    const [found, ...more] = find(what);
    if (found === undefined || more.length > 0) throw new Error(`${more.length + (found ? 1 : 0)} spans ${JSON.stringify(what)}`);
    return found;
  };
  const requestFor = (purchaseId: string): ReceivedSpan => {
    const found = find({ name: 'POST /v1/purchases' }).find(({ attributes }) => attributes['florin.purchase.id'] === purchaseId);
    if (found === undefined) throw new Error(`no request for ${purchaseId}`);
    return found;
  };
  /** The span that this one is linked to, and its statements. */
  const linkedSet = (span: ReceivedSpan): { set: ReceivedSpan; statements: string[] } => {
    expect(span.links, span.name).to.have.length(1);
    const set = one({ spanId: span.links[0]?.spanId ?? '' });
    return { set, statements: find({ parentSpanId: set.spanId, kind: 3 }).map(({ name }) => name) };
  };

  /** Expects the whole life of a purchase in one trace, and returns the spans of the sets that it was in. */
  function expectOneTrace(purchaseId: string): { request: ReceivedSpan; accepted: ReceivedSpan; charged: ReceivedSpan } {
    const request = requestFor(purchaseId);
    const { traceId, spanId } = request;
    const charge = one({ traceId, service: 'payment', name: 'process purchase-requested' });
    const record = one({ traceId, service: 'product', name: 'process purchase-paid' });
    expect([request.service, charge.parentSpanId, record.parentSpanId]).to.deep.equal(['product', spanId, charge.spanId]);
    // The request reads its own purchase. Everything else is done for a whole set.
    const statements = find({ traceId }).filter(({ kind }) => kind === 3);
    for (const { attributes } of statements)
      expect(attributes['db.query.text']).to.match(/^SELECT .* WHERE (purchase_)?id (= |IN \()\?/);
    expect(statements).to.have.length.below(3);
    const accept = linkedSet(request);
    expect(accept.set.name).to.equal('accept purchases');
    const pay = linkedSet(charge);
    expect([pay.set.service, pay.set.name]).to.deep.equal(['payment', 'batch florin.payment']);
    for (const linked of [accept, pay, linkedSet(record)]) expect(linked.statements).to.include.members(['INSERT', 'COMMIT']);
    expect(find({ name: 'publish outbox' }).some(({ links }) => links.some((link) => link.spanId === spanId))).to.equal(true);
    return { request, accepted: accept.set, charged: pay.set };
  }

  it('have one trace of a purchase over the processes, without a header of the client', async () => {
    const id = await buy();
    await eventually(() => expect(expectOneTrace(id).request.parentSpanId).to.equal(''));
  });

  it('continue the trace of the client, and its decision not to record', async () => {
    const traceId = newId().replaceAll('-', '');
    const id = await buy({ traceparent: `00-${traceId}-${'c'.repeat(16)}-01` });
    await eventually(() => expect(expectOneTrace(id).request).to.include({ traceId, parentSpanId: 'c'.repeat(16) }));

    const unsampled = newId().replaceAll('-', '');
    await buy({ traceparent: `00-${unsampled}-${'c'.repeat(16)}-00` });
    const last = await buy();
    await eventually(() => expectOneTrace(last));
    expect(find({ traceId: unsampled })).to.deep.equal([]);
  });

  it('have a trace of its own for each purchase of a set and a batch', async () => {
    const ids = await Promise.all(Array.from({ length: PURCHASES_AT_ONCE }, () => buy()));
    await eventually(() => {
      const lives = ids.map(expectOneTrace);
      const countOf = (pick: (life: (typeof lives)[number]) => string) => new Set(lives.map(pick)).size;
      expect(countOf(({ request }) => request.traceId)).to.equal(PURCHASES_AT_ONCE);
      expect(countOf(({ accepted }) => accepted.spanId)).to.be.below(PURCHASES_AT_ONCE);
      expect(countOf(({ charged }) => charged.spanId)).to.be.below(PURCHASES_AT_ONCE);
    });
  });

  it('have one trace of a sign-up over three services', async () => {
    const bob = await signUpBuyer(platform);
    await eventually(() => {
      const isBobs = ({ attributes }: ReceivedSpan) => attributes['cloudevents.event_subject'] === bob.id;
      const opened = find({ service: 'payment', name: 'process user-registered' }).find(isBobs);
      const { traceId = '', spanId } = opened ?? {};
      const signedUp = one({ traceId, name: 'POST /v1/auth/signup' });
      expect([signedUp.service, opened?.parentSpanId]).to.deep.equal(['auth', signedUp.spanId]);
      expect(find({ traceId, parentSpanId: signedUp.spanId, kind: 3 }).map(({ name }) => name)).to.include('COMMIT');
      expect(one({ traceId, service: 'product', name: 'process wallet-opened' }).parentSpanId).to.equal(spanId);
    });
  });

  it('ignore a malformed, huge or repeated traceparent', async () => {
    const part = `${'e'.repeat(32)}-${'f'.repeat(16)}-01`;
    const wrong = [
      'x',
      `00-${part}, 00-${part}`,
      `00-${part}-${'9'.repeat(8_000)}`,
      `ff-${part}`,
      `00-${'0'.repeat(32)}-${'f'.repeat(16)}-01`,
    ];
    for (const traceparent of wrong) {
      const id = await buy({ traceparent });
      await eventually(() => {
        const { traceId, parentSpanId } = expectOneTrace(id).request;
        expect(parentSpanId).to.equal('');
        expect(traceId)
          .to.match(/^[0-9a-f]{32}$/)
          .and.not.equal('e'.repeat(32));
      });
    }
  });

  it('and its logs and metrics have no secrets and no personal data', async () => {
    const planted = await plantEverywhere(platform, { staff: staff.florin, productId });
    const last = await buy();
    await eventually(() => expectOneTrace(last));
    expect(planted.requests, 'requests').to.be.above(100);
    for (const service of serviceNames) {
      const log = platform.logOf(service);
      expect(log).to.include('"event":"request"');
      const metrics = await (await fetch(`${platform.urls[service]}/metrics`)).text();
      expect(findPlanted(planted, { log, metrics }), service).to.deep.equal([]);
    }
    expect(findPlanted(planted, { traces: collector.bodies.join('\n') })).to.deep.equal([]);
    expect(collector.bodies.join('\n')).to.include('db.query.text').and.to.include('POST /v1/products');
  });
});
