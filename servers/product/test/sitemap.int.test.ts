import { idBytes, newId, runTransaction } from '@florin/database';
import { sendRequest } from '@florin/testing';
import { expect } from 'chai';
import type { Knex } from 'knex';
import { readConfig } from '../src/config.ts';
import {
  PRODUCTS_OF_SITEMAP,
  readCategoryAddresses,
  readProductAddresses,
  readSitemapStarts,
} from '../src/sitemap/read-addresses.ts';
import { createSitemapCache } from '../src/sitemap/sitemap-cache.ts';
import { type ProductPlatform, startProduct } from './product-platform.ts';

const MARKUP = '</loc><b>&"Größe\'</b>';
const SOLD = 10_500;
const ARCHIVED = 500;
const VARIANTS = 500;
/** Handler reads that a statement needs besides its rows. */
const SLACK = 10;

describe('the sitemap', () => {
  let platform: ProductPlatform;
  const categoryId = newId();
  const parentId = newId();

  before(async () => {
    platform = await startProduct({ TRUSTED_PROXIES: '0' });
    const times = { created_at: new Date(), updated_at: new Date('2026-01-02T03:04:05.000Z') };
    const { db } = platform.database;
    await db('categories').insert([
      { id: idBytes(categoryId), name: MARKUP, description: '', ...times },
      { id: idBytes(newId()), name: 'Shirts', description: '', parent_id: idBytes(categoryId), ...times },
    ]);
    const product = (fields: Record<string, unknown>) => ({
      id: idBytes(newId()),
      category_id: idBytes(categoryId),
      name: MARKUP,
      description: '',
      price_minor: 100,
      currency: 'EUR',
      stock: 1,
      slug: null,
      parent_id: null,
      options: null,
      option_values: null,
      status: 'active',
      ...times,
      ...fields,
    });
    const many = (count: number, fields: (index: number) => Record<string, unknown>) =>
      Array.from({ length: count }, (_, index) => product(fields(index)));
    const rows = [
      ...many(SOLD, (index) => ({ slug: index === 0 ? null : `thing-${index}` })),
      ...many(ARCHIVED, () => ({ status: 'archived' })),
      product({ id: idBytes(parentId), slug: 'family', options: '["Size"]', stock: 0 }),
      ...many(VARIANTS, (index) => ({ parent_id: idBytes(parentId), option_values: JSON.stringify([String(index)]) })),
    ];
    for (let from = 0; from < rows.length; from += 1_000) await db('products').insert(rows.slice(from, from + 1_000));
    await db.raw('ANALYZE TABLE products');
  });
  after(() => platform.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    sendRequest(`http://127.0.0.1:${platform.service.port()}${path}`, 'GET', headers);
  const locations = (text: string) => [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, location = '']) => location);
  /** Text of XML as a reader of it has it. */
  const plain = (text: string) =>
    text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');

  /** Counts the rows that the database server reads, from its own counters. */
  const readsOf = <Found>(work: (trx: Knex.Transaction) => Promise<Found>): Promise<{ found: Found; reads: number }> =>
    runTransaction(platform.database.db, async (trx) => {
      const before = await handlerReads(trx);
      const found = await work(trx);
      return { found, reads: (await handlerReads(trx)) - before };
    });
  const handlerReads = async (trx: Knex.Transaction): Promise<number> => {
    const [rows] = (await trx.raw("SHOW SESSION STATUS LIKE 'Handler_read%'")) as [{ Value: string }[]];
    return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
  };

  it('has each product that is sold once, over all of its parts', async () => {
    const index = await get('/sitemap.xml');
    expect(index.status).to.equal(200);
    expect(index.headers).to.include({
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    });
    const parts = locations(index.text).map(plain);
    expect(parts).to.have.length(1 + Math.ceil((SOLD + VARIANTS) / PRODUCTS_OF_SITEMAP));
    const pages: string[] = [];
    for (const part of parts) {
      const { status, text } = await get(new URL(part).pathname + new URL(part).search);
      expect(status, part).to.equal(200);
      pages.push(...locations(text).map((location) => new URL(plain(location)).pathname));
    }
    const products = pages.filter((path) => path.startsWith('/p/'));
    expect(products).to.have.length(SOLD + 1);
    expect(new Set(products)).to.have.length(products.length);
    expect(products).to.include(`/p/${parentId}/family`);
    expect(
      products.filter((path) => path.includes('/loc-b-gr')),
      'a product without a slug',
    ).to.have.length(1);
    expect(pages).to.include('/');
  });

  it('escapes what its addresses have, and no name can end an element', async () => {
    const { text } = await get('/sitemap.xml?list=categories', { host: 'shop.example"><x' });
    expect(text).to.not.match(/<(?!\/?(?:urlset|url|loc)\b|\?xml)/);
    expect(text).to.not.include('Größe');
    const paths = locations(text).map((location) => plain(location));
    expect(paths.some((path) => path.endsWith('/shirts'))).to.equal(true);
  });

  it('has the address of the request, and believes no proxy that is not trusted', async () => {
    const { text } = await get('/sitemap.xml', {
      host: 'shop.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
    });
    for (const location of locations(text)) expect(location).to.match(/^http:\/\/shop\.example\/sitemap\.xml\?list=/);
  });

  for (const path of [
    '?list=users',
    '?after=01a21dcb-7f16-76a9-bf22-73c012a5211d',
    '?list=categories&after=01a21dcb-7f16-76a9-bf22-73c012a5211d',
    '?list=products&after=1',
    '?page=2',
  ])
    it(`refuses ${path}`, async () => expect((await get(`/sitemap.xml${path}`)).status).to.equal(422));

  it('is read in bounded steps: a part reads its own rows only', async () => {
    const { found: starts, reads } = await readsOf((trx) => readSitemapStarts(trx));
    expect(reads).to.be.at.most(SOLD + VARIANTS + 1 + starts.length * SLACK);
    for (const start of starts) {
      const part = await readsOf((trx) => readProductAddresses(trx, start));
      expect(part.reads).to.be.at.most(PRODUCTS_OF_SITEMAP + 10 * SLACK);
      expect(part.found.length).to.be.at.most(PRODUCTS_OF_SITEMAP);
    }
    expect((await readsOf((trx) => readCategoryAddresses(trx))).reads).to.be.at.most(2 + SLACK);
  });

  it('ends exactly where the products end', async () => {
    const { db } = platform.database;
    const all = SOLD + VARIANTS + 1;
    expect(await readSitemapStarts(db, all)).to.have.length(2);
    expect(await readSitemapStarts(db, all + 1)).to.have.length(1);
    const [, last = ''] = await readSitemapStarts(db, all);
    expect(await readProductAddresses(db, last)).to.deep.equal([]);
  });
});

describe('the cache of sitemaps', () => {
  const options = { keepMs: 60_000, maxKept: 2, maxWaiting: 2 };

  it('reads once what is asked for many times at once', async () => {
    const cache = createSitemapCache(options);
    let reads = 0;
    const load = async () => [{ place: `/${++reads}` }];
    const all = await Promise.all(Array.from({ length: 5 }, () => cache.read('a', load)));
    expect(new Set(all.map(([first]) => first?.place))).to.deep.equal(new Set(['/1']));
  });

  it('keeps a bounded number, the newest', async () => {
    const cache = createSitemapCache(options);
    let reads = 0;
    const load = async () => [{ place: `/${++reads}` }];
    for (const name of ['a', 'b', 'c', 'c', 'b', 'a']) await cache.read(name, load);
    expect(reads).to.equal(4);
  });

  it('keeps no error', async () => {
    const cache = createSitemapCache(options);
    const failed = await cache.read('a', () => Promise.reject(new Error('away'))).catch((error: Error) => error.message);
    expect(failed).to.equal('away');
    expect(await cache.read('a', async () => [])).to.deep.equal([]);
  });

  it('refuses more readings than may wait', async () => {
    const cache = createSitemapCache({ ...options, maxKept: 10 });
    const { promise, resolve } = Promise.withResolvers<[]>();
    const waiting = ['a', 'b'].map((name) => cache.read(name, () => promise));
    expect(() => cache.read('d', () => promise)).to.throw('Too many sitemaps');
    resolve([]);
    await Promise.all(waiting);
    expect(await cache.read('d', async () => [])).to.deep.equal([]);
  });
});

describe('the public address of the shop', () => {
  const needed = {
    PRODUCT_DATABASE_URL: 'mysql://florin:florin@127.0.0.1/florin_product',
    KAFKA_BROKERS: '127.0.0.1:9092',
    JWKS_URL: 'http://127.0.0.1/jwks',
  };
  const address = (PUBLIC_URL: string) => readConfig({ ...needed, PUBLIC_URL }).publicUrl;

  it('is an address without a path', () => {
    expect(address('https://shop.example/')).to.equal('https://shop.example');
    for (const wrong of [
      'shop.example',
      'ftp://shop.example',
      'https://shop.example/de',
      'https://a:b@shop.example',
      'https://shop.example/?x',
    ])
      expect(() => address(wrong), wrong).to.throw('PUBLIC_URL must be an address');
  });
});
