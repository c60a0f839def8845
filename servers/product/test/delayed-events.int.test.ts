import { eventually, holdRelay } from '@florin/testing';
import { expect } from 'chai';
import { type Person, type ProductPlatform, startProduct } from './product-platform.ts';

describe('product, while events are delayed', () => {
  let platform: ProductPlatform;
  let buyer: Person;
  let productId: string;
  let release: () => Promise<void>;

  before(async () => {
    platform = await startProduct({ BACKLOG_DEGRADED_S: '1', BACKLOG_MAX_S: '2' });
    buyer = await platform.buyer();
    ({ id: productId } = await platform.product({ stock: 10 }));
  });
  after(async () => {
    await release?.();
    await platform.stop();
  });

  const buy = () => platform.buy(buyer, [{ productId, quantity: 1 }]);
  const ready = () => platform.call('GET', '/health/ready');

  it('stays in rotation as degraded, accepts no new purchases beyond the bound, and the catalogue goes on', async () => {
    release = await holdRelay(platform.database);
    expect((await buy()).status).to.equal(202);
    await eventually(async () => {
      const { status, body } = await ready();
      expect([status, body]).to.have.nested.property('[1].status', 'degraded');
      expect(status).to.equal(200);
    });
    expect((await ready()).body)
      .to.have.nested.property('reasons[0]')
      .that.matches(/^backlog: the oldest event in the outbox has waited/);
    await eventually(async () =>
      expect((await ready()).body)
        .to.have.nested.property('reasons[0]')
        .that.matches(/ ([3-9]|\d\d) s$/),
    );
    const refused = await buy();
    expect(refused.body).to.include({ code: 'UNAVAILABLE' });
    expect(refused.headers.get('retry-after')).to.equal('5');
    expect((await platform.call('GET', '/v1/products')).status).to.equal(200);
    expect((await ready()).status).to.equal(200);

    await release();
    await eventually(async () => expect((await ready()).body).to.include({ status: 'ok' }));
    expect((await buy()).status).to.equal(202);
  });

  it('has every metric of its registry at /metrics, also while its database is away', async () => {
    const text = async (): Promise<string> =>
      (await fetch(`http://127.0.0.1:${platform.service.port()}/metrics`, { signal: AbortSignal.timeout(60_000) })).text();
    const before = await text();
    for (const { name } of platform.service.metrics.registered) expect(before).to.include(`# HELP ${name} `);
    expect(before).to.match(/^florin_database_pool_connections\{pool="main",state="free",service="product"\} \d+$/m);
    expect(before).to.match(/^florin_revocation_lag_seconds\{service="product"\} [\d.e-]+$/m);
    expect(before).to.match(/^florin_consumer_stopped\{service="product"\} 0$/m);
    expect(before).to.match(/^florin_batch_size_count\{service="product",component="relay"\} [1-9]/m);
    await platform.database.db.raw('RENAME TABLE outbox TO moved');
    try {
      expect(await text()).to.include('# HELP florin_outbox_rows ');
    } finally {
      await platform.database.db.raw('RENAME TABLE moved TO outbox');
    }
  });
});
