import { readFile } from 'node:fs/promises';
import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { FlorinClient, Purchase } from '@florin/client';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { openClient, PASSWORD, type Person } from '../sign-up.ts';
import { findViolations, OPEN_TIMEOUT_MS, openShop, type Shop } from './open-shop.ts';

/** Pixels that the page is wider than its window. */
const BEYOND = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe('the console, in Chromium', function () {
  this.timeout(OPEN_TIMEOUT_MS);
  let shop: Shop;
  let admin: FlorinClient;
  let staff: Person;
  let buyer: Person;
  let product: { id: string };

  before(async () => {
    shop = await openShop({ ADJUSTMENT_REVIEW_ABOVE_MINOR: '1000' });
    admin = openClient(shop);
    await admin.session.signIn(demoAccounts.admin);
    [staff, buyer] = await Promise.all([shop.signUpBuyer(), shop.signUpBuyer()]);
    await admin.put('/v1/users/{id}/roles', { params: { path: { id: staff.id } }, body: { roles: ['buyer', 'staff'] } });
    const { data: category } = await admin.post('/v1/categories', { body: { name: 'Kitchen' } });
    const body = { name: 'Tea pot', sku: 'TEA-POT', priceMinor: 2_000, stock: 50, categoryId: category.id };
    product = (await admin.post('/v1/products', { body })).data;
  });
  after(() => shop?.stop());
  afterEach(() => shop.closePages());

  const buy = async (): Promise<Purchase> => buyer.florin.buy([{ productId: product.id, quantity: 2 }]);
  const openAs = async (person: Person, path: string): Promise<Page> => {
    const page = await shop.newPage({ person });
    await page.goto(`/console${path}`);
    return page;
  };

  it('signs staff in, shows what waits, and tells a buyer that the console is not for them', async () => {
    const page = await shop.newPage({ locale: 'de' });
    await page.goto('/console/orders?status=paid');
    await page.getByRole('heading', { level: 1, name: 'Anmelden' }).waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByLabel('E-Mail-Adresse').fill(staff.email);
    await page.getByLabel('Passwort').fill(PASSWORD);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bestellungen' }).waitFor();
    expect(new URL(page.url()).search).to.equal('?status=paid');

    const buyersPage = await openAs(buyer, '/');
    await buyersPage.getByRole('heading', { level: 1, name: 'No role in the console' }).waitFor();
  });

  it('ships many orders at once, and says which failed', async () => {
    const [first, second, third] = await Promise.all([buy(), buy(), buy()]);
    const page = await openAs(staff, '/packing');
    await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check();
    await page.getByLabel(`Tracking code of ${first.number}`).fill('PARCEL-1');
    // The list changes while the packer works.
    await buyer.florin.post('/v1/purchases/{id}/cancel', { params: { path: { id: third.id } }, body: {} });
    await page.getByRole('button', { name: 'Ship the selected' }).click();
    const results = page.getByRole('listitem').filter({ hasText: 'shipped' });
    await page.getByText('2 of 3 done; 1 failed').waitFor();
    expect(await results.filter({ hasText: `${third.number}` }).textContent()).to.match(/not shipped: ./);
    expect(await results.filter({ hasText: `${second.number}` }).textContent()).to.match(/ shipped$/);

    // The buyer reads the number aloud: lower case, with a pause.
    await page.keyboard.press('/');
    const number = `${first.number}`.toLowerCase();
    await page.keyboard.type(`${number.slice(0, 4)} ${number.slice(4)}`);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: `${first.number}` }).click();
    await page.getByRole('heading', { level: 1, name: `Order ${first.number}` }).waitFor();
    await page.getByText('PARCEL-1').first().waitFor();
  });

  it('explains an order, refunds a part of it, and decides about a claim', async () => {
    const order = await buy();
    const path = { id: order.id };
    await admin.post('/v1/purchases/{id}/ship', { params: { path }, body: {} });
    await admin.post('/v1/purchases/{id}/deliver', { params: { path }, body: {} });
    const body = { items: [{ productId: product.id, quantity: 1 }], reason: 'damaged' as const, text: 'The lid is broken.' };
    await buyer.florin.post('/v1/purchases/{id}/claims', { params: { path } as never, body });

    const page = await openAs(staff, `/orders/${order.id}`);
    await page.getByRole('button', { name: 'Refund a part' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Amount/).fill('50');
    await dialog.getByLabel(/^Reason/).fill('Late');
    await dialog.getByRole('button', { name: 'Refund a part' }).click();
    // More than the order cost is refused beside the field.
    await dialog.getByText('At most €40.00').waitFor();
    await dialog.getByLabel(/^Amount/).fill('5');
    await dialog.getByRole('button', { name: 'Refund a part' }).click();
    await page.getByText('-€5.00').waitFor();

    await page.goto('/console/claims?status=open');
    await page.getByRole('link', { name: /^Open the claim of/ }).click();
    await page.getByText('The lid is broken.').waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByLabel(/^Refund/).fill('12.50');
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('€12.50').waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).to.equal(0);
  });

  it('shows both versions when two people edit one product', async () => {
    const page = await openAs(staff, `/products/${product.id}`);
    await page.getByLabel(/^Name/).first().fill('Tea pot, blue');
    const changes = {
      params: { path: { id: product.id }, header: { 'If-Match': '*' } },
      body: { name: 'Tea pot, red', priceMinor: 2_100 },
    };
    await admin.patch('/v1/products/{id}', changes);
    await page.getByRole('button', { name: 'Save' }).click();
    const dialog = page.getByRole('dialog', { name: 'Somebody else changed this' });
    await dialog.getByText('Saved value: Tea pot, red').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Save the chosen values' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tea pot, blue' }).waitFor();
    const { data } = await admin.get('/v1/products/{id}', { params: { path: { id: product.id } } });
    expect([data.name, data.priceMinor]).to.deep.equal(['Tea pot, blue', 2_100]);
  });

  it('keeps what was typed when the session ends, and takes a lost role away', async () => {
    const clerk = await shop.signUpBuyer();
    const roles = (all: ('buyer' | 'staff')[]) =>
      admin.put('/v1/users/{id}/roles', { params: { path: { id: clerk.id } }, body: { roles: all } });
    await roles(['buyer', 'staff']);
    const page = await openAs(clerk, `/products/${product.id}`);
    await page.getByRole('button', { name: 'Move stock' }).click();
    const form = page.getByRole('dialog', { name: 'Move stock' });
    await form.getByLabel(/^Units/).fill('7');
    await admin.delete('/v1/users/{id}/sessions', { params: { path: { id: clerk.id } } });
    await form.getByRole('button', { name: 'Move stock' }).click();
    const expired = page.getByRole('dialog', { name: 'Your session has ended' });
    await expired.getByLabel('Password').fill(PASSWORD);
    await expired.getByRole('button', { name: 'Sign in' }).click();
    await expired.waitFor({ state: 'detached' });
    expect(await form.getByLabel(/^Units/).inputValue()).to.equal('7');
    await form.getByRole('button', { name: 'Move stock' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('+7').waitFor();

    await roles(['buyer']);
    await page.getByRole('link', { name: 'Claims' }).click();
    await page.getByRole('heading', { level: 1, name: 'No role in the console' }).waitFor();
  });

  it('imports a file, gives its bad rows back, and counts the stock with a scanner', async () => {
    const page = await openAs(staff, '/import');
    const lines = ['sku,name,priceMinor,currency,category,stock', 'CUP-1,Cup,500,EUR,Kitchen,5', 'CUP-2,,500,EUR,Kitchen,5'];
    const file = { name: 'cups.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) };
    await page.getByLabel('File (CSV or NDJSON)', { exact: true }).last().setInputFiles(file);
    await page.getByRole('button', { name: 'Try without writing' }).click();
    await page.getByRole('heading', { name: 'What would happen' }).waitFor();
    await page.getByRole('button', { name: 'Import the file' }).click();
    await page.getByRole('heading', { name: 'What happened' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Rejected rows as a file' }).click();
    expect(await readFile(await (await download).path(), 'utf8')).to.include('"CUP-2"');

    await page.getByRole('link', { name: 'Stock count' }).click();
    const field = page.getByLabel('Barcode or SKU');
    // A scanner types on while the server still looks the last code up.
    for (const code of ['CUP-1', 'CUP-1', 'NONE', 'CUP-1']) {
      await field.fill(code);
      await field.press('Enter');
    }
    await page.getByText('Cup: 3 counted').waitFor();
    await page.getByRole('button', { name: 'Post the count' }).click();
    await page.getByRole('cell', { name: 'posted', exact: true }).waitFor();
    const { data } = await admin.get('/v1/products', { params: { query: { sku: 'CUP-1' } } });
    expect(data.map(({ stock }) => stock)).to.deep.equal([3]);
  });

  it('lets an admin approve the adjustment of a colleague, not an own one, and throw a switch and take it back', async () => {
    const colleague = await shop.signUpBuyer();
    const roles = { params: { path: { id: colleague.id } }, body: { roles: ['buyer' as const, 'admin' as const] } };
    await admin.put('/v1/users/{id}/roles', roles);
    const adjust = (florin: FlorinClient, reason: string) => {
      const params = { path: { userId: buyer.id } } as never;
      return florin.post('/v1/wallets/{userId}/adjustments', { params, body: { amountMinor: 900_000, reason } });
    };
    await adjust(admin, 'An own one');
    await adjust(colleague.florin, 'Of a colleague');
    const page = await shop.newPage({ person: demoAccounts.admin });
    await page.goto('/console/adjustments');
    const row = (reason: string) => page.getByRole('row').filter({ hasText: reason });
    await row('An own one').getByText('another admin decides').waitFor();
    await row('Of a colleague').getByRole('button', { name: 'Approve' }).click();
    await row('Of a colleague').getByText('approved').waitFor();

    await page.getByRole('link', { name: 'Switches' }).click();
    for (const name of ['Throw: stop-purchases', 'Take back: stop-purchases']) {
      await page.getByRole('button', { name }).click();
      await page
        .getByRole('dialog')
        .getByLabel(/^Reason/)
        .fill('A drill');
      await page.getByRole('dialog').getByRole('button', { name }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Throw: stop-purchases' }).waitFor();

    // A page typed by hand, without the right.
    const staffPage = await openAs(staff, '/switches');
    await staffPage.getByRole('heading', { level: 1, name: '403: not allowed' }).waitFor();
    expect(await staffPage.getByRole('link', { name: 'Switches' }).count()).to.equal(0);
  });

  it('has no accessibility violation in both themes, and scrolls nothing sideways at 320 pixels', async () => {
    const { data: orders } = await admin.get('/v1/purchases', { params: { query: { limit: 1 } } });
    const page = await shop.newPage({ person: demoAccounts.admin });
    // One page of each form: queue, list, record, form, tree, tables, and a message.
    for (const path of [
      '/',
      '/packing',
      '/orders',
      `/orders/${orders[0]?.id}`,
      `/products/${product.id}`,
      '/categories',
      '/switches',
      '/nowhere',
    ]) {
      await page.setViewportSize({ width: 1440, height: 900 });
      await page.goto(`/console${path}`);
      await page.locator('h1').waitFor();
      await page.locator('.MuiSkeleton-root, .MuiLinearProgress-root').first().waitFor({ state: 'detached' });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
        expect(await findViolations(page), `${path} ${colorScheme}`).to.deep.equal([]);
      }
      expect(await page.locator('h1').count(), path).to.equal(1);
      await page.setViewportSize({ width: 320, height: 700 });
      // Rows become cards a moment after the window is narrow.
      await eventually(async () => expect(await page.evaluate(BEYOND), path).to.be.at.most(0));
    }
  });
});
