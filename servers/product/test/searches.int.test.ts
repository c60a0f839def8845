import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const SEARCH = '/v1/products?q=novel';

describe('searches for text', () => {
  let platform: ProductPlatform;
  before(async () => {
    platform = await startProduct({
      SEARCH_CONCURRENCY: '4',
      SEARCH_MAX_WAITING: '2',
      SEARCH_TIMEOUT_MS: '1500',
      DATABASE_POOL_MAX: '4',
      TRUSTED_PROXIES: '1',
      SEARCH_ADDRESS_PER_MIN: '3',
    });
    await platform.product();
  });
  after(() => platform.stop());

  const search = (address: string, token?: string) =>
    platform.call('GET', SEARCH, { headers: { 'x-forwarded-for': address }, ...(token === undefined ? {} : { token }) });

  /** Makes every search wait for a lock, as one waits that reads much. */
  async function whileBlocked(work: () => Promise<void>): Promise<void> {
    const { db } = platform.database;
    const connection = (await db.client.acquireConnection()) as unknown;
    const run = (sql: string): Knex.Raw => db.raw(sql).connection(connection as object);
    try {
      await run('LOCK TABLES products WRITE');
      await work();
    } finally {
      await run('UNLOCK TABLES');
      await db.client.releaseConnection(connection);
    }
  }

  it('run a few at a time, wait in a short queue, end after a time, and leave the other connections alone', async () => {
    await whileBlocked(async () => {
      const { token } = platform.staff;
      const searches = Array.from({ length: 10 }, () => search('10.0.0.1', token));
      const others = await Promise.all(Array.from({ length: 8 }, () => platform.call('GET', '/v1/categories')));
      expect(others.map(({ status }) => status)).to.deep.equal(others.map(() => 200));
      const answers = await Promise.all(searches);
      const details = answers.map(({ body }) => String(body.detail));
      expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 503));
      const busy = answers.filter((_, index) => details[index] === 'Too many searches are waiting.');
      const slow = answers.filter((_, index) => details[index] === 'The search took too long. Search for rarer words.');
      expect([busy.length, slow.length]).to.deep.equal([4, 6]);
      expect(busy.map(({ headers }) => headers.get('retry-after'))).to.include('1');
      expect(slow.map(({ headers }) => headers.get('retry-after'))).to.include('5');
    });
    await eventually(async () => expect((await search('10.0.0.1', platform.staff.token)).status).to.equal(200));
  });

  it('without a token are limited for each address, and with a token are not', async () => {
    const statusesOf = async (address: string, token?: string) =>
      (await Promise.all([1, 2, 3, 4].map(() => search(address, token)))).map(({ status }) => status).sort((a, b) => a - b);
    expect(await statusesOf('10.0.0.2')).to.deep.equal([200, 200, 200, 429]);
    expect(await statusesOf('10.0.0.3')).to.deep.equal([200, 200, 200, 429]);
    expect(await statusesOf('10.0.0.2', platform.staff.token)).to.deep.equal([200, 200, 200, 200]);
    const refused = await search('10.0.0.2');
    expect(refused.body.code).to.equal('RATE_LIMITED');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    const list = await platform.call('GET', '/v1/products', { headers: { 'x-forwarded-for': '10.0.0.2' } });
    expect(list.status, 'a list without text').to.equal(200);
  });
});
