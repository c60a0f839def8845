import { expect } from 'chai';
import { findViolations, OPEN_TIMEOUT_MS, openShop, type Shop } from './open-shop.ts';

describe('the one address, in Chromium', function () {
  this.timeout(OPEN_TIMEOUT_MS);
  let shop: Shop;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.stop());
  afterEach(() => shop.closePages());

  for (const [app, path] of [
    ['storefront', '/'],
    ['console', '/console'],
  ] as const)
    it(`shows the ${app}, which its Content-Security-Policy does not hinder`, async () => {
      const page = await shop.newPage();
      await page.goto(path);
      await page.locator('h1').first().waitFor();
      expect(await page.title()).to.match(/Florin/);
      expect(await findViolations(page)).to.deep.equal([]);
    });

  it('reports what a Content-Security-Policy blocks: scripts and styles in the page, and frames', async () => {
    const page = await shop.newPage();
    await page.goto('/');
    const add = (html: string) =>
      page.evaluate(`document.body.append(document.createRange().createContextualFragment('${html}'))`);
    await add('<script>window.hacked = true</script>');
    await add('<style>body { color: red }</style>');
    await add('<iframe src="/console"></iframe>');
    expect(await page.evaluate('window.hacked')).to.equal(undefined);
    const message = await shop.closePages().then(
      () => 'nothing',
      (error: Error) => error.message,
    );
    for (const directive of ['script-src-elem', 'style-src-elem', 'frame-src']) expect(message).to.include(`${directive} blocks`);
  });

  it('lets a page have JSON-LD, which is data and not a script', async () => {
    const page = await shop.newPage();
    await page.goto('/');
    await page.evaluate(`document.head.append(Object.assign(document.createElement('script'), {
      type: 'application/ld+json', text: '{"@type":"Product"}' }))`);
  });

  it('keeps a session, also when the page is loaded again', async () => {
    const page = await shop.newPage({ size: 'phone', theme: 'dark', person: await shop.signUpBuyer() });
    const status = async (): Promise<number> => {
      // The page renews its session when it is loaded. A second renewal beside it would be rejected.
      const renewed = page.waitForResponse((response) => response.url().endsWith('/v1/auth/refresh'));
      await page.goto('/');
      return (await renewed).status();
    };
    expect([await status(), await status()]).to.deep.equal([200, 200]);
  });
});
