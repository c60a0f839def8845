import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Page, Route } from 'playwright-core';
import { findViolations, OPEN_TIMEOUT_MS, openShop, type Shop } from './open-shop.ts';

const MARKUP = '<img src=x onerror="window.hacked=1"> كرسي خشبي';
const LONG = 'Extraordinarily long name '.repeat(8).slice(0, 200);
/** Web Vitals call a layout shift of at most 0.1 good; the shop keeps to half of it. */
const MAX_SHIFT = 0.05;

type Listed = { data: { name: string; description: string }[]; page: { nextCursor: string | null } };

describe('the catalogue, in Chromium', function () {
  this.timeout(OPEN_TIMEOUT_MS);
  let shop: Shop;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.stop());
  afterEach(() => shop.closePages());

  const open = async (path: string, look: Parameters<Shop['newPage']>[0] = {}): Promise<Page> => {
    const page = await shop.newPage(look);
    await page.goto(path);
    return page;
  };
  const cards = (page: Page) => page.getByRole('article');
  const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const addressHas = (page: Page, part: string) => page.waitForURL((url) => url.search.includes(part));
  const sidewaysOf = (page: Page) =>
    page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it('says kindly that a shop is empty', async () => {
    const page = await open('/', { size: 'phone' });
    await page.getByText('The shelves are still empty').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await shop.seed();
  });

  it('leads from the first page by a category and its filters to a product, and back to the same filters', async () => {
    const page = await open('/', { size: 'phone', theme: 'dark' });
    await cards(page).first().waitFor();
    await page.getByRole('button', { name: 'Categories' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Clothing' }).click();
    await heading(page, 'Clothing').waitFor();
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('checkbox', { name: 'In stock only' }).check();
    await addressHas(page, 'inStock=1');
    // The dialog stays for the next filter.
    await page.getByRole('button', { name: 'Show products' }).click();
    await page.getByRole('link', { name: 'Remove filter: In stock only' }).waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByRole('link', { name: 'Linen shirt' }).click();
    await heading(page, 'Linen shirt').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.goBack();
    await page.getByRole('link', { name: 'Remove filter: In stock only' }).waitFor();
    expect(await sidewaysOf(page)).to.equal(0);
  });

  it('pages forth and back by cursors', async () => {
    const page = await open('/search?sort=name');
    const first = await cards(page).first().innerText();
    await page.getByRole('link', { name: 'Next page' }).click();
    await addressHas(page, 'cursor=');
    await page.getByRole('link', { name: 'Previous page' }).click();
    await page.waitForURL((url) => !url.search.includes('cursor='));
    await page
      .getByText(first.split('\n')[0] ?? '')
      .first()
      .waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
  });

  it('offers the first page for a cursor of another list', async () => {
    const page = await open('/search?sort=name');
    await page.getByRole('link', { name: 'Next page' }).click();
    await addressHas(page, 'cursor=');
    const other = new URL(page.url());
    other.searchParams.set('sort', 'price');
    await page.goto(other.pathname + other.search);
    await page.getByText('This page of the list no longer exists').waitFor();
    await page.getByRole('link', { name: 'First page' }).click();
    await cards(page).first().waitFor();
    expect(new URL(page.url()).search).to.equal('?sort=price');
  });

  it('chooses a variant, corrects the slug, and describes the product to search engines', async () => {
    const page = await open('/search?q=linen+shirt');
    const path = (await cards(page).first().getByRole('link').getAttribute('href')) ?? '';
    await page.goto(path.replace(/[^/]+$/, 'another-name?variant=unknown'));
    await page.waitForURL((url) => url.pathname === path);
    await page.getByRole('radio', { name: 'L', exact: true }).check({ force: true });
    await addressHas(page, 'variant=');
    expect(await page.getByRole('radio', { name: 'L', exact: true }).isChecked()).to.equal(true);
    await page.getByRole('button', { name: /add to cart/i }).waitFor();
    const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '');
    expect(data).to.include({ '@type': 'Product', name: 'Linen shirt' });
    expect(await page.locator('link[rel=canonical]').getAttribute('href')).to.equal(shop.url + path);
    expect(await page.locator('meta[name=description]').getAttribute('content')).to.include('linen');
  });

  for (const path of ['/p/01a21dcb-7f16-76a9-bf22-73c012a5211d/gone', '/c/no/such/category'])
    it(`has no page ${path}, and keeps it out of search engines`, async () => {
      const page = await open(path);
      await heading(page, 'This page does not exist').waitFor();
      expect(await page.locator('meta[name=robots]').getAttribute('content')).to.equal('noindex');
    });

  it('shows names of any length, direction and content as text, on the smallest screen', async () => {
    const page = await shop.newPage({ size: 'phone' });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.route('**/v1/products?*', async (route) => {
      const response = await route.fetch();
      const json = (await response.json()) as Listed;
      for (const [index, product] of json.data.entries()) product.name = [MARKUP, LONG, 'X'.repeat(200)][index % 3] ?? '';
      await route.fulfill({ response, json });
    });
    await page.goto('/search');
    await page.getByText(MARKUP).first().waitFor();
    expect(await page.evaluate('window.hacked')).to.equal(undefined);
    expect(await sidewaysOf(page)).to.equal(0);
  });

  it('keeps the layout while a slow server answers', async () => {
    const page = await shop.newPage();
    await page.addInitScript(`window.shift = 0;
      new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.shift += value; })
        .observe({ type: 'layout-shift', buffered: true });`);
    const held: (() => void)[] = [];
    await page.route('**/v1/products?*', async (route) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await route.continue();
    });
    await page.goto('/search');
    await page.getByText('Loading').first().waitFor({ state: 'attached' });
    await eventually(() => expect(held).to.have.length.above(0));
    for (const release of held) release();
    await cards(page).first().waitFor();
    expect(await page.evaluate('window.shift')).to.be.at.most(MAX_SHIFT);
  });

  for (const [what, answer] of [
    ['a fault of the server', problem(500, 'INTERNAL_ERROR')],
    ['a refusal', problem(403, 'FORBIDDEN')],
    ['too many requests', problem(429, 'RATE_LIMITED', { 'Retry-After': '3600' })],
    ['an overloaded server', problem(503, 'UNAVAILABLE', { 'Retry-After': '3600' })],
  ] as const)
    it(`says what happened at ${what}, and tries again when asked to`, async () => {
      const page = await shop.newPage({ size: 'phone' });
      await page.route('**/v1/products?*', answer);
      await page.goto('/search');
      await page.getByRole('alert').waitFor();
      await page.getByText('0000-request').waitFor();
      await page.unroute('**/v1/products?*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await cards(page).first().waitFor();
    });

  it('names its sitemap in robots.txt, which has the pages of the catalogue', async () => {
    const robots = await (await fetch(`${shop.url}/robots.txt`)).text();
    const [, sitemap = ''] = /^Sitemap: (\S+)$/m.exec(robots) ?? [];
    expect(sitemap).to.equal(`${shop.url}/sitemap.xml`);
    const index = await (await fetch(sitemap)).text();
    expect(index).to.include(`<loc>${shop.url}/sitemap.xml?list=categories</loc>`);
    const categories = await (await fetch(`${sitemap}?list=categories`)).text();
    expect(categories).to.include(`<loc>${shop.url}/c/clothing</loc>`);
    const page = await open('/c/clothing');
    await heading(page, 'Clothing').waitFor();
  });
});

function problem(status: number, code: string, headers: Record<string, string> = {}): (route: Route) => Promise<void> {
  const body = JSON.stringify({ title: code, status, code, requestId: '0000-request' });
  return (route) => route.fulfill({ status, headers, contentType: 'application/problem+json', body });
}
