import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFlorinClient, type FlorinClient, FlorinProblem, memoryStorage, type TokenStorage } from '@florin/client';
import { newId } from '@florin/database';
import { processSettings } from '@florin/runtime';
import { eventually, failureOf } from '@florin/testing';
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core';
import { provideBrowser } from '../dev/infra/provide-browser.ts';
import { bundleSnippet, readClientWalk } from './bundle-snippet.ts';
import { admin, startTestPlatform, type TestPlatform } from './start-test-platform.ts';

const run = promisify(execFile);
const INSTALL_TIMEOUT_MS = 300_000;
const password = 'correct horse battery';

describe('the client', function () {
  this.timeout(INSTALL_TIMEOUT_MS);
  let platform: TestPlatform;
  let pages: Server;
  let origin: string;
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'florin-client-'));
    pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    platform = await startTestPlatform({ settings: { CORS_ORIGINS: origin } });
    await platform.seed();
  });
  after(async () => {
    await platform?.stop();
    pages?.close();
    await rm(directory, { recursive: true, force: true });
  });

  let accounts = 0;
  const newAccount = () => ({ email: `client-${++accounts}@florin.example`, password });

  async function newBuyer(storage: TokenStorage = memoryStorage()): Promise<FlorinClient> {
    const florin = createFlorinClient({ baseUrl: platform.urls, storage });
    await florin.session.signUp(newAccount());
    return florin;
  }

  describe('in Node', () => {
    it("runs the README's program", async () => {
      const file = join(directory, 'walk.mjs');
      await writeFile(file, await bundleSnippet(await readClientWalk(platform.urls), 'node'));
      const { stdout, stderr } = await run(process.execPath, [file]);
      expect(stderr).to.equal('');
      expect(stdout).to.match(/ paid \d+\n(.*\n)*purchase -\d+\n/);
    });

    it('reads a list to its end although the token expires in the middle', async () => {
      const storage = memoryStorage();
      const florin = await newBuyer(storage);
      const { data: products } = await florin.get('/v1/products', {
        params: { query: { inStock: true, sort: 'price', limit: 1 } },
      });
      const bought: string[] = [];
      for (let n = 0; n < 3; n++) bought.push((await florin.buy([{ productId: products[0]?.id ?? '', quantity: 1 }])).id);
      const listed: string[] = [];
      const tokens = new Set<string | undefined>();
      for await (const { id } of florin.list('/v1/purchases', { params: { query: { limit: 1 } } })) {
        listed.push(id);
        const current = await florin.session.tokens();
        tokens.add(current?.accessToken);
        if (current) await storage.write({ ...current, renewAtMs: 0 });
      }
      expect(listed).to.deep.equal(bought.toReversed());
      expect(tokens.size).to.equal(3);
    });

    it('renews a token that the server rejects', async () => {
      const florin = await newBuyer();
      const before = await florin.session.tokens();
      await florin.post('/v1/users/me/password', { body: { currentPassword: password, newPassword: 'another horse battery' } });
      const answers = await Promise.all(Array.from({ length: 5 }, () => florin.get('/v1/users/me')));
      expect(answers).to.have.length(5);
      expect((await florin.session.tokens())?.refreshToken).to.not.equal(before?.refreshToken);
    });

    it('gives the first answer again under the same idempotency key', async () => {
      const florin = await newBuyer();
      const { data: products } = await florin.get('/v1/products', {
        params: { query: { inStock: true, sort: 'price', limit: 1 } },
      });
      const items = [{ productId: products[0]?.id ?? '', quantity: 1 }];
      const first = await florin.buy(items, { idempotencyKey: 'order-1' });
      expect((await florin.buy(items, { idempotencyKey: 'order-1' })).id).to.equal(first.id);
      const other = failureOf(florin.buy([{ productId: items[0]?.productId ?? '', quantity: 2 }], { idempotencyKey: 'order-1' }));
      expect(await other)
        .to.be.instanceOf(FlorinProblem)
        .and.include({ code: 'IDEMPOTENCY_KEY_REUSED', status: 422 });
    });

    it('throws problems with their fields and request id', async () => {
      const florin = await newBuyer();
      const error = (await failureOf(florin.buy([]))) as FlorinProblem;
      expect(error).to.be.instanceOf(FlorinProblem).and.include({ code: 'VALIDATION_FAILED', status: 422 });
      expect(error.errors.map(({ path }) => path)).to.deep.equal(['items']);
      expect(error.requestId).to.match(/^[\w-]{10,}$/);
    });

    it('has no session after signing out', async () => {
      const florin = await newBuyer();
      await florin.session.signOut();
      expect(await florin.session.restore()).to.equal(false);
      expect(await failureOf(florin.get('/v1/users/me'))).to.include({ code: 'UNAUTHENTICATED' });
    });
  });

  describe('in a shop', () => {
    /** Puts a product on sale and returns its id. */
    async function sell(priceMinor: number): Promise<string> {
      const staff = createFlorinClient({ baseUrl: platform.urls });
      await staff.session.signIn(admin);
      const { data: category } = await staff.post('/v1/categories', { body: { name: `Lamps ${newId()}` } });
      const body = { name: 'Lamp', priceMinor, stock: 10, categoryId: category.id };
      return (await staff.post('/v1/products', { body })).data.id;
    }

    it('fills a cart, is refused for funds, tops up and pays', async () => {
      const productId = await sell(400_000);
      const florin = await newBuyer();
      const wait = { params: { header: { Prefer: 'wait=20' } } };
      const checkOut = (expectedTotalMinor: number) =>
        florin.post('/v1/cart/checkout', { body: { expectedTotalMinor }, ...wait });
      const quote = async () => (await florin.post('/v1/purchases/quote', { body: { cart: true } })).data;
      // The wallet is opened by an event.
      await eventually(() => florin.get('/v1/wallet'));
      await florin.post('/v1/cart/items', { body: { productId, quantity: 2 } });
      await eventually(async () => expect(await quote()).to.include({ totalMinor: 800_000, wouldBePaid: true }));
      const { data: bought } = await checkOut(800_000);
      expect(await florin.waitForPurchase(bought.id)).to.include({ status: 'paid', totalMinor: 800_000 });
      expect((await florin.get('/v1/cart')).data.items).to.deep.equal([]);

      await florin.post('/v1/purchases/{id}/reorder', { params: { path: { id: bought.id } } });
      await florin.put('/v1/cart/items/{productId}', { params: { path: { productId } }, body: { quantity: 1 } });
      await eventually(async () =>
        expect(await quote()).to.include({ totalMinor: 400_000, wouldBePaid: false, declineCode: 'INSUFFICIENT_FUNDS' }),
      );
      expect(await failureOf(checkOut(1))).to.include({ code: 'TOTAL_CHANGED', status: 409 });
      // One purchase per second of a buyer without cover reaches payment, which declines it; others are refused at once.
      const refused = await checkOut(400_000).catch((error: unknown) => error as FlorinProblem);
      if (refused instanceof FlorinProblem) expect(refused).to.include({ code: 'INSUFFICIENT_FUNDS', status: 409 });
      else {
        const declined = await florin.waitForPurchase(refused.data.id);
        expect(declined).to.include({ status: 'declined', declineReason: 'INSUFFICIENT_FUNDS' });
        await florin.post('/v1/purchases/{id}/reorder', { params: { path: { id: declined.id } } });
      }

      await florin.post('/v1/wallet/top-ups', { body: { amountMinor: 300_000 } });
      await eventually(async () => expect(await quote()).to.include({ totalMinor: 400_000, wouldBePaid: true }));
      const { data: paid } = await checkOut(400_000);
      expect(await florin.waitForPurchase(paid.id)).to.include({ status: 'paid' });
    });
  });

  describe('in Chromium, in a page of another origin', () => {
    let browser: Browser;
    let context: BrowserContext;

    before(async function () {
      // Services without this setting let no page of another origin read their answers.
      if (!('CORS_ORIGINS' in processSettings)) this.skip();
      const executablePath = await provideBrowser(() => {}, AbortSignal.timeout(INSTALL_TIMEOUT_MS));
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
    });
    after(() => browser?.close());
    beforeEach(async () => {
      context = await browser.newContext();
    });
    afterEach(() => context.close());

    /** Opens a page that has run this module, with its exports on `window`. */
    async function openTab(module: string): Promise<Page> {
      const page = await context.newPage();
      await page.goto(origin);
      await page.addScriptTag({ type: 'module', content: await bundleSnippet(module, 'browser') });
      return page;
    }

    it("runs the README's program", async () => {
      const printed: string[] = [];
      context.on('console', (message) => printed.push(message.text()));
      context.on('weberror', (error) => printed.push(String(error.error())));
      await openTab(await readClientWalk(platform.urls));
      await eventually(() => expect(printed.join('\n')).to.match(/ paid \d+\n(.*\n)*purchase -\d+/));
    });

    const inTab = (options: string): string => `
      import { browserStorage, createFlorinClient } from '@florin/client';
      window.florin = createFlorinClient({ baseUrl: ${JSON.stringify(platform.urls)}, ${options} });`;
    type Window = { florin: FlorinClient };
    const me = () => (globalThis as unknown as Window).florin.get('/v1/users/me').then(({ data }) => data.email);
    const isReady = () => 'florin' in globalThis;

    async function openTwo(options: string): Promise<[Page, Page]> {
      const tabs: [Page, Page] = [await openTab(inTab(options)), await openTab(inTab(options))];
      await Promise.all(tabs.map((tab) => tab.waitForFunction(isReady)));
      return tabs;
    }

    const signUp = (account: { email: string; password: string }) =>
      (globalThis as unknown as Window).florin.session.signUp(account).then(() => undefined);

    type Holder = { release?: () => void };
    const holdLock = (name: string) =>
      new Promise<void>((resolve) => {
        void navigator.locks.request(name, () => {
          resolve();
          return new Promise<void>((release) => {
            (globalThis as Holder).release = release;
          });
        });
      });
    const countWaiting = () => navigator.locks.query().then(({ pending }) => pending?.length);
    const releaseLock = () => (globalThis as Holder).release?.();

    it('refreshes in one tab at a time if the token of two expires at the same time', async () => {
      const [first, second] = await openTwo('storage: browserStorage(localStorage)');
      const account = newAccount();
      await first.evaluate(signUp, account);
      await first.evaluate(() => {
        const { localStorage: store } = globalThis as unknown as { localStorage: { [key: string]: string } };
        store['florin-session'] = JSON.stringify({ ...(JSON.parse(store['florin-session'] ?? '') as object), renewAtMs: 0 });
      });
      // The second tab may refresh once more: Chromium passes the first one's session on between its processes with a delay.
      let [refreshing, most, refreshes] = [0, 0, 0];
      const isRefresh = (request: Request): boolean => request.method() === 'POST' && request.url().endsWith('/v1/auth/refresh');
      context.on('request', (request) => {
        if (!isRefresh(request)) return;
        refreshes++;
        refreshing++;
        most = Math.max(most, refreshing);
      });
      const end = (request: Request): void => void (isRefresh(request) && refreshing--);
      context.on('requestfinished', end);
      context.on('requestfailed', end);
      // Holds the lock until both tabs have read the expired token and wait for the lock.
      const third = await context.newPage();
      await third.goto(origin);
      await third.evaluate(holdLock, 'florin-session');
      const answers = Promise.all([first, second].map((tab) => tab.evaluate(me)));
      await eventually(async () => expect(await third.evaluate(countWaiting)).to.equal(2));
      await third.evaluate(releaseLock);
      expect(await answers).to.deep.equal([account.email, account.email]);
      expect(most).to.equal(1);
      expect(refreshes).to.be.at.least(1);
    });

    it('keeps a session by a cookie that no script can read, also in a second tab and after a reload', async () => {
      const [first, second] = await openTwo("session: 'cookie'");
      const account = newAccount();
      await first.evaluate(signUp, account);
      const restore = () => (globalThis as unknown as Window).florin.session.restore();
      expect(await second.evaluate(restore)).to.equal(true);
      expect(await Promise.all([first.evaluate(me), second.evaluate(me)])).to.deep.equal([account.email, account.email]);
      const readable = await first.evaluate(() =>
        JSON.stringify([localStorage.length, (globalThis as unknown as { document: { cookie: string } }).document.cookie]),
      );
      expect(readable).to.equal('[0,""]');
      await first.evaluate(() => (globalThis as unknown as Window).florin.session.signOut());
      const third = await openTab(inTab("session: 'cookie'"));
      await third.waitForFunction(isReady);
      expect(await third.evaluate(restore)).to.equal(false);
    });
  });
});
