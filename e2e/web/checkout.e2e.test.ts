import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { FlorinClient } from '@florin/client';
import { eventually } from '@florin/testing';
import { expect } from 'chai';
import type { Locator, Page, Route } from 'playwright-core';
import { PASSWORD, type Person, signIn } from '../sign-up.ts';
import { findViolations, OPEN_TIMEOUT_MS, openShop, type Shop } from './open-shop.ts';

const MAX_TABS = 100;
/** One transparent pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const address = { name: 'Ada Buyer', line1: 'Hauptstr. 1', postalCode: '10115', city: 'Berlin', country: 'DE' };

describe('cart, checkout, orders and claims, in Chromium', function () {
  this.timeout(OPEN_TIMEOUT_MS);
  let shop: Shop;
  let staff: FlorinClient;
  let productId: string;

  before(async () => {
    shop = await openShop();
    staff = (await signIn(shop, demoAccounts.admin)).florin;
    const { data: category } = await staff.post('/v1/categories', { body: { name: 'Tools' } });
    const body = { name: 'Oil stone', priceMinor: 2_000, currency: 'EUR', categoryId: category.id, stock: 1_000 };
    productId = (await staff.post('/v1/products', { body })).data.id;
    const parcel = { name: 'Parcel', priceMinor: 490, minDays: 1, maxDays: 3, countries: ['DE', 'AT'] };
    await staff.post('/v1/delivery-methods', { body: parcel });
  });
  after(() => shop?.stop());
  afterEach(() => shop.closePages());

  /** A buyer with a full cart. */
  async function buyerWithCart(): Promise<Person> {
    const buyer = await shop.signUpBuyer();
    await buyer.florin.post('/v1/cart/items', { body: { productId, quantity: 1 } });
    // Product learns of the wallet a moment after payment.
    await eventually(async () => {
      const { data } = await buyer.florin.post('/v1/purchases/quote', { body: { cart: true } });
      expect(data.wouldBePaid).to.equal(true);
    });
    return buyer;
  }

  async function openCheckout(person: Person): Promise<Page> {
    const page = await shop.newPage({ person });
    // On a busy machine the page may get no answer about its session, and offers to ask again.
    await eventually(
      async () => {
        await page.goto('/checkout');
        await payButton(page).waitFor({ timeout: 40_000 });
      },
      { timeoutMs: 160_000 },
    );
    return page;
  }

  async function fillAddress(page: Page): Promise<void> {
    await page.getByLabel('Full name').fill(address.name);
    await page.getByLabel('Street and house number').fill(address.line1);
    await page.getByLabel('Postcode').fill(address.postalCode);
    await page.getByLabel('Town or city').fill(address.city);
    await page.getByLabel('Country').selectOption(address.country);
  }

  const payButton = (page: Page): Locator => page.getByRole('button', { name: /^Pay / });
  const paid = (page: Page) => page.getByText('Paid, being packed').waitFor();
  const ordersOf = async ({ florin }: Person) => (await florin.get('/v1/purchases')).data;

  /** Buys by the API, and brings the parcel to the buyer. */
  async function deliveredOrder(buyer: Person): Promise<string> {
    const purchase = await buyer.florin.buy([{ productId, quantity: 2 }]);
    const params = { path: { id: purchase.id } };
    await staff.post('/v1/purchases/{id}/ship', { params, body: { trackingCode: 'TRACK1' } });
    await staff.post('/v1/purchases/{id}/deliver', { params, body: {} });
    return purchase.number ?? purchase.id;
  }

  it('sells on a phone without a mouse, to somebody who signs up on the way', async () => {
    const page = await shop.newPage({ size: 'phone' });
    await page.goto(`/p/${productId}`);
    await press(page, page.getByRole('button', { name: 'Add to cart' }));
    await press(page, page.getByRole('link', { name: 'Go to the cart' }));
    await focusedHeading(page, 'Cart');
    await press(page, page.getByRole('link', { name: 'Go to checkout' }));
    await focusedHeading(page, 'Checkout');
    await press(page, page.getByRole('button', { name: 'Create an account' }));
    await type(page, page.getByLabel('E-mail address'), `keys${Date.now()}@florin.example`);
    await type(page, page.locator('main input[type=password]'), PASSWORD);
    await page.keyboard.press('Enter');
    await payButton(page).waitFor();
    await press(page, payButton(page));
    expect(await page.locator(':focus').getAttribute('name'), 'the first field without a value').to.equal('name');
    await page.keyboard.type(address.name);
    for (const [label, value] of [
      ['Street and house number', address.line1],
      ['Postcode', address.postalCode],
      ['Town or city', address.city],
    ] as const)
      await type(page, page.getByLabel(label), value);
    await page.keyboard.press('Enter');
    await page.getByText('Thank you.').waitFor();
    await paid(page);
    await focusedHeading(page, /^Order /);
    await page.getByText(address.line1).waitFor();
    const orderPath = new URL(page.url()).pathname;

    await page.goBack();
    await page.getByText('Your cart is empty.').waitFor();
    await page.goForward();
    await paid(page);
    await page.goto('/checkout');
    await page.waitForURL(`**${orderPath}`);
  });

  it('buys once when all answers are lost after the shop has bought, and the page is loaded again', async () => {
    const buyer = await buyerWithCart();
    const page = await openCheckout(buyer);
    await fillAddress(page);
    const keys = new Set<string>();
    const cut = async (route: Route) => {
      const isFirst = keys.size === 0;
      keys.add(route.request().headers()['idempotency-key'] ?? '');
      if (isFirst) await route.fetch();
      await route.abort('connectionreset');
    };
    await page.route('**/v1/cart/checkout', cut);
    await payButton(page).click();
    await page.getByText('you never pay twice').waitFor();
    expect(keys.size, 'one key for all requests').to.equal(1);
    await page.unroute('**/v1/cart/checkout', cut);
    await page.reload();
    await paid(page);
    expect(await ordersOf(buyer)).to.have.length(1);
  });

  it('sends one request for a double click at a slow server', async () => {
    const buyer = await buyerWithCart();
    const page = await openCheckout(buyer);
    await fillAddress(page);
    const { promise: go, resolve: release } = Promise.withResolvers<void>();
    let requests = 0;
    await page.route('**/v1/cart/checkout', async (route) => {
      requests++;
      await go;
      await route.continue();
    });
    await payButton(page).dblclick();
    await page.getByText('We are placing your order').waitFor();
    await payButton(page).dispatchEvent('click');
    release();
    await paid(page);
    expect(requests).to.equal(1);
  });

  it('tells a second tab that its cart was bought', async () => {
    const buyer = await buyerWithCart();
    const first = await openCheckout(buyer);
    const second = await first.context().newPage();
    await second.goto('/checkout');
    await payButton(second).waitFor();
    await fillAddress(second);
    await fillAddress(first);
    await payButton(first).click();
    await paid(first);
    // The tab may have learned it when it came to the front.
    await payButton(second)
      .click({ timeout: 1_000 })
      .catch(() => undefined);
    await second.getByText('There is nothing to pay').waitFor();
    expect(await ordersOf(buyer)).to.have.length(1);
  });

  it('keeps what was typed when the session ends in the middle of the form', async () => {
    const buyer = await buyerWithCart();
    const page = await openCheckout(buyer);
    await fillAddress(page);
    const refuse = (route: Route) => route.fulfill(problem(401, 'UNAUTHENTICATED'));
    for (const path of ['**/v1/cart/checkout', '**/v1/auth/refresh']) await page.route(path, refuse);
    await payButton(page).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    for (const path of ['**/v1/cart/checkout', '**/v1/auth/refresh']) await page.unroute(path, refuse);
    await dialog.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByLabel('Town or city').inputValue()).to.equal(address.city);
    await payButton(page).click();
    await paid(page);
    expect(await ordersOf(buyer)).to.have.length(1);
  });

  it('shows the old and the new total when a price has changed, and asks again', async () => {
    const buyer = await buyerWithCart();
    const page = await openCheckout(buyer);
    await fillAddress(page);
    await setPrice(2_100);
    await payButton(page).click();
    const dialog = page.getByRole('dialog', { name: 'The total has changed' });
    await dialog.getByRole('button', { name: 'Pay €25.90' }).waitFor();
    expect(await dialog.innerText())
      .to.include('€24.90')
      .and.to.include('€25.90');
    expect(await findViolations(page)).to.deep.equal([]);
    expect(await ordersOf(buyer)).to.have.length(0);
    await dialog.getByRole('button', { name: 'Pay €25.90' }).click();
    await paid(page);
    expect((await ordersOf(buyer)).map(({ totalMinor }) => totalMinor)).to.deep.equal([2_590]);
    await setPrice(2_000);
  });

  async function setPrice(priceMinor: number): Promise<void> {
    const { response } = await staff.get('/v1/products/{id}', { params: { path: { id: productId } } });
    const header = { 'If-Match': response.headers.get('etag') ?? '' };
    await staff.patch('/v1/products/{id}', { params: { path: { id: productId }, header }, body: { priceMinor } });
  }

  for (const [status, code] of [
    [429, 'TOO_MANY_UNDECIDED'],
    [503, 'PURCHASES_PAUSED'],
  ] as const)
    it(`keeps the form at ${status} ${code}, and pays with the same key later`, async () => {
      const buyer = await buyerWithCart();
      const page = await openCheckout(buyer);
      await fillAddress(page);
      const keys: (string | null)[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/v1/cart/checkout')) keys.push(request.headers()['idempotency-key'] ?? null);
      });
      const refuse = (route: Route) => route.fulfill(problem(status, code, { 'retry-after': '120' }));
      await page.route('**/v1/cart/checkout', refuse);
      await payButton(page).click();
      await page.getByRole('alert').first().waitFor();
      expect(await page.getByLabel('Town or city').inputValue()).to.equal(address.city);
      await page.unroute('**/v1/cart/checkout', refuse);
      await payButton(page).click();
      await paid(page);
      expect(keys).to.have.length(2);
      expect(new Set(keys).size).to.equal(1);
    });

  it('explains a wallet that does not cover the order, and leads to the top-up', async () => {
    const buyer = await shop.signUpBuyer();
    await buyer.florin.post('/v1/cart/items', { body: { productId, quantity: 600 } });
    const page = await shop.newPage({ person: buyer });
    await page.goto('/checkout');
    await page
      .getByText(/costs €12,000\.00.*can pay €10,000\.00: €2,000\.00 are missing|exceeds what your wallet may pay/)
      .waitFor();
    expect(await payButton(page).count()).to.equal(0);
  });

  it('removes and brings back an item of the cart, and explains a wrong coupon', async () => {
    const page = await shop.newPage({ person: await buyerWithCart() });
    await page.goto('/cart');
    await page.getByRole('button', { name: 'Remove: Oil stone' }).click();
    await page.getByText('Your cart is empty.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove: Oil stone' }).waitFor();
    await page.getByLabel('Coupon code').fill('NOSUCH');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('There is no coupon with this code.').waitFor();
    await page.getByRole('link', { name: 'Go to checkout' }).waitFor();
  });

  it('cancels an order after a question, and pays the money back', async () => {
    const buyer = await shop.signUpBuyer();
    const { number = '' } = await buyer.florin.buy([{ productId, quantity: 1 }]);
    const page = await shop.newPage({ person: buyer, theme: 'dark' });
    await page.goto(`/orders/${number.toLowerCase()}`);
    await page.getByRole('button', { name: 'Cancel the order' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
    await dialog.waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByText('The whole amount was paid back').waitFor();
    expect((await buyer.florin.get('/v1/wallet')).data.balanceMinor).to.equal(1_000_000);
  });

  it('takes a claim about a delivered order, a message, and its withdrawal', async () => {
    const buyer = await shop.signUpBuyer();
    const number = await deliveredOrder(buyer);
    const page = await shop.newPage({ person: buyer });
    await page.goto(`/orders/${number}`);
    await page.getByText('TRACK1').first().waitFor();
    await page.getByRole('link', { name: 'Report a problem' }).click();
    await page.getByRole('button', { name: 'Send the report' }).click();
    await page.getByText('Choose at least one unit.').waitFor();
    await page.getByLabel('Units: Oil stone').selectOption('1');
    await page.getByLabel('What is wrong?').selectOption('damaged');
    await page.getByLabel('What happened?').fill('It broke.');
    await page.getByLabel('Photos').setInputFiles([
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no photo') },
      { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from(PNG, 'base64') },
    ]);
    await page.getByText('notes.txt: Choose a photo').waitFor();
    await page.getByRole('img', { name: 'broken.png' }).waitFor();
    await page.getByRole('button', { name: 'Send the report' }).click();
    await page.getByText('We have your report.').waitFor();
    await page.getByRole('img', { name: 'Photo 1' }).waitFor();
    await page.getByLabel('Your message').fill('Please help.');
    await page.getByRole('button', { name: 'Send the message' }).click();
    await page.getByRole('listitem').getByText('Please help.').waitFor();
    await page.getByRole('button', { name: 'Withdraw the claim' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Withdraw the claim' }).click();
    await page.getByText('You withdrew this claim.').waitFor();
    const { data: claims } = await buyer.florin.get('/v1/claims');
    expect(claims.map(({ status, text }) => ({ status, text }))).to.deep.equal([{ status: 'withdrawn', text: 'It broke.' }]);
  });

  for (const theme of ['light', 'dark'] as const)
    it(`has no serious violation on any page in the ${theme} theme, nor anything that scrolls sideways at 320 pixels`, async () => {
      const buyer = await buyerWithCart();
      const number = await deliveredOrder(buyer);
      const [order] = await ordersOf(buyer);
      const params = { path: { id: order?.id ?? '' } };
      const body = { items: [{ productId, quantity: 1 }], reason: 'damaged' as const };
      const { data: claim } = await buyer.florin.post('/v1/purchases/{id}/claims', { params, body });
      const page = await shop.newPage({ person: buyer, theme, size: 'phone' });
      await page.setViewportSize({ width: 320, height: 700 });
      for (const [path, text] of [
        ['/cart', 'Go to checkout'],
        ['/checkout', 'Balance after this order'],
        ['/orders', number],
        [`/orders/${number}`, 'Report a problem'],
        ['/orders/00000000', 'You have no order with this number.'],
        [`/orders/${number}/claim`, 'Send the report'],
        [`/claims/${claim.id}`, 'We have your report.'],
      ] as const) {
        await page.goto(path);
        await page.getByText(text).first().waitFor();
        expect(await findViolations(page), path).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), path).to.be.at.most(0);
        expect(await page.getByRole('heading', { level: 1 }).count(), path).to.equal(1);
      }
    });

  it('says that the time for claims is over', async () => {
    const buyer = await shop.signUpBuyer();
    const number = await deliveredOrder(buyer);
    const page = await shop.newPage({ person: buyer });
    await page.clock.setFixedTime(Date.now() + 31 * 86_400_000);
    await page.goto(`/orders/${number}/claim`);
    await page.getByText('The time to report a problem ended on').waitFor();
  });
});

/** Goes to an element by the Tab key. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    if (await isFocused(target)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`The Tab key does not reach ${String(target)}`);
}

/** The types of the browser are not those of the tests. */
function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element: unknown) => {
    const { document } = globalThis as unknown as { document: { activeElement: unknown } };
    return element === document.activeElement;
  });
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

async function focusedHeading(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  await eventually(async () => {
    expect(await page.evaluate('document.activeElement.tagName')).to.equal('H1');
  });
}

function problem(status: number, code: string, headers: Readonly<Record<string, string>> = {}) {
  const body = { type: 'about:blank', title: code, status, code, requestId: 'test' };
  return { status, headers, contentType: 'application/problem+json', body: JSON.stringify(body) };
}
