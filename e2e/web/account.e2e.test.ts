import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { PASSWORD, type Person } from '../sign-up.ts';
import { findViolations, OPEN_TIMEOUT_MS, openShop, type Shop } from './open-shop.ts';

/** Milliseconds that a server takes while a person presses again. */
const SLOW_MS = 1_000;
const NEW_PASSWORD = 'quiet-harbour-81-maple';

describe('account and wallet, in Chromium', function () {
  this.timeout(OPEN_TIMEOUT_MS);
  let shop: Shop;
  before(async () => {
    shop = await openShop({ TOP_UP_PROVIDER: 'sandbox' });
  });
  after(() => shop?.stop());
  afterEach(() => shop.closePages());

  it('sign a guest up on a phone, who tops up, comes back, and gets a statement', async () => {
    const page = await shop.newPage({ size: 'phone', theme: 'dark' });
    await page.goto('/wallet');
    await page.getByRole('link', { name: 'Create an account' }).click();
    const create = page.getByRole('button', { name: 'Create an account' });
    await create.click();
    await page.getByText('Enter your e-mail address.').waitFor();
    expect(await page.locator(':focus').getAttribute('name')).to.equal('email');
    await page.getByLabel('E-mail address').fill(`grace-${Date.now()}@florin.example`);
    await page.getByLabel('Password', { exact: true }).fill('password123');
    await create.click();
    await page.getByText('This password is too easy to guess.').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Show password' }).click();
    await create.click();

    // The wallet opens a moment after the account; the page waits for it by itself.
    await page.getByRole('heading', { name: 'Available to spend' }).waitFor();
    await page.getByText('Welcome credit').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);

    await page.goto('/wallet/top-up?next=/help');
    await page.getByLabel('Amount in EUR').fill('1,234');
    await page.getByRole('button', { name: 'Top up' }).click();
    await page.getByText('without groups of thousands').waitFor();
    // With these cents the sandbox is pending for a second.
    await page.getByLabel('Amount in EUR').fill('20.02');
    await page.getByRole('button', { name: 'Top up' }).click();
    await page.getByText('€20.02 has arrived').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByRole('link', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Help and contact' }).waitFor();

    await page.goto('/wallet/statements');
    await page.getByRole('main').getByRole('listitem').first().getByRole('link').click();
    await page.getByText('+€20.02').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    expect(readFileSync(await file.path(), 'utf8')).to.include('top-up');
    expect(await findViolations(page)).to.deep.equal([]);
  });

  it('make a top-up once although its answer is lost and the page is loaded again', async () => {
    const buyer = await shop.signUpBuyer();
    const page = await shop.newPage({ person: buyer });
    await page.goto('/wallet/top-up');
    await page.getByLabel('Amount in EUR').fill('31.17');
    // The request arrives; the answer does not, and no repetition gets through.
    let isLost = false;
    await page.route('**/v1/wallet/top-ups', async (route) => {
      if (!isLost) await route.fetch();
      isLost = true;
      await route.abort();
    });
    await page.getByRole('button', { name: 'Top up' }).click();
    await page.getByRole('heading', { name: 'No answer yet' }).waitFor();
    await page.unroute('**/v1/wallet/top-ups');
    await page.reload();
    await page.getByText('Your top-up of €31.17 was sent').waitFor();
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.getByText('€31.17 has arrived').waitFor();
    const { data: topUps } = await buyer.florin.get('/v1/wallet/top-ups');
    expect(topUps.map(({ amountMinor }) => amountMinor)).to.deep.equal([3117]);
  });

  it('make one top-up when Enter is pressed twice', async () => {
    const buyer = await shop.signUpBuyer();
    const page = await shop.newPage({ person: buyer });
    await page.goto('/wallet/top-up?amountMinor=4200');
    const amount = page.getByLabel('Amount in EUR');
    expect(await amount.inputValue()).to.equal('42.00');
    await page.route('**/v1/wallet/top-ups', async (route) => {
      await sleep(SLOW_MS);
      await route.continue();
    });
    await amount.press('Enter');
    await amount.press('Enter');
    await page.getByText('€42.00 has arrived').waitFor();
    const { data: topUps } = await buyer.florin.get('/v1/wallet/top-ups');
    expect(topUps.map(({ amountMinor }) => amountMinor)).to.deep.equal([4200]);
  });

  it('keep what is typed when the session ends elsewhere, and go on after signing in again', async () => {
    const buyer = await shop.signUpBuyer();
    const page = await shop.newPage({ person: buyer });
    await page.goto('/account');
    await page.getByLabel('Name').fill('Typed before the end');
    await endSessions(buyer);
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await saveUntil(page, () => dialog.isVisible());
    expect(await findViolations(page)).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('Name').inputValue()).to.equal('Typed before the end');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByText('Saved.').waitFor();
  });

  it('show nothing of the last user to another one who signs in where a session has ended', async () => {
    const [buyer, other] = [await shop.signUpBuyer(), await shop.signUpBuyer()];
    const page = await shop.newPage({ person: buyer });
    await page.goto('/account');
    await page.getByLabel('Name').fill('Of the first user');
    await endSessions(buyer);
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await saveUntil(page, () => dialog.isVisible());
    await dialog.getByLabel('E-mail address').fill(other.email);
    await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText(other.email).waitFor();
    expect(await page.getByLabel('Name').inputValue()).to.not.equal('Of the first user');
  });

  it('end the sessions of other browsers with a new password, and keep this one', async () => {
    const buyer = await shop.signUpBuyer();
    const page = await shop.newPage({ person: buyer });
    const elsewhere = await shop.newPage({ person: buyer, size: 'phone', theme: 'dark' });
    await elsewhere.goto('/account');
    await elsewhere.getByLabel('Name').fill('Typed elsewhere');
    await page.goto('/account');
    await page.getByLabel('Current password').fill('not-the-password');
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    const change = page.getByRole('button', { name: 'Change the password' });
    await change.click();
    await page.getByText('The current password is wrong.').waitFor();
    expect(await page.getByLabel('New password').inputValue()).to.equal(NEW_PASSWORD);
    await page.getByLabel('Current password').fill(PASSWORD);
    await change.click();
    await page.getByText('Your password is changed.').waitFor();
    await page.goto('/wallet');
    await page.getByRole('heading', { name: 'Available to spend' }).waitFor();

    const dialog = elsewhere.getByRole('dialog', { name: 'Your session has ended' });
    await saveUntil(elsewhere, () => dialog.isVisible());
    await dialog.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await elsewhere.getByLabel('Name').inputValue()).to.equal('Typed elsewhere');
  });

  it('erase an account after a typed confirmation that names the money in the wallet', async () => {
    const buyer = await shop.signUpBuyer();
    const page = await shop.newPage({ person: buyer });
    await page.goto('/account');
    await page.getByRole('button', { name: 'Delete the account…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete your account?' });
    await dialog.getByText('There is €10,000.00 in your wallet.').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    const erase = dialog.getByRole('button', { name: 'Delete the account for good' });
    await dialog.getByLabel('Current password').fill(PASSWORD);
    await erase.click();
    await dialog.getByText('This is not the address of your account.').waitFor();
    await dialog.getByLabel('Type your e-mail address').fill(buyer.email.toUpperCase());
    await erase.click();
    await page.waitForURL(`${shop.url}/`);
    await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(buyer.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The e-mail address or the password is wrong.').waitFor();
  });

  it('say how long to wait after too many attempts, and lead to no other host afterwards', async () => {
    const buyer = await shop.signUpBuyer();
    const page = await shop.newPage({ theme: 'dark' });
    await page.route('**/v1/auth/signin', (route) =>
      route.fulfill({
        status: 429,
        headers: { 'Retry-After': '90' },
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Too many requests',
          status: 429,
          code: 'RATE_LIMITED',
          requestId: 'r',
        }),
      }),
    );
    await page.goto('/sign-in?next=//evil.example/');
    await page.getByLabel('E-mail address').fill(buyer.email);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('the next one is possible in 2 minutes').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.unroute('**/v1/auth/signin');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL(`${shop.url}/`);
  });

  it('say what failed, and try again', async () => {
    const page = await shop.newPage({ person: await shop.signUpBuyer() });
    const wallet = /\/v1\/wallet$/;
    await page.route(wallet, (route) =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Internal error',
          status: 500,
          code: 'INTERNAL_ERROR',
          requestId: 'r-500',
        }),
      }),
    );
    await page.goto('/wallet');
    await page.getByText('r-500').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.unroute(wallet);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Available to spend' }).waitFor();
    await page.goto('/wallet?cursor=of-another-list');
    await page.getByText('This page of the list does not exist any more.').waitFor();
  });

  for (const theme of ['light', 'dark'] as const)
    it(`have no faults of accessibility in the ${theme} theme, and nothing that scrolls sideways`, async () => {
      const page = await shop.newPage({ theme, person: await shop.signUpBuyer() });
      await page.setViewportSize({ width: 320, height: 700 });
      for (const path of [
        '/account',
        '/wallet',
        '/wallet/top-up',
        '/wallet/statements',
        '/help',
        '/terms',
        '/privacy',
        '/imprint',
      ]) {
        await page.goto(path);
        await page.locator('h1').waitFor();
        await page.getByRole('main').getByText('Loading').first().waitFor({ state: 'detached' });
        expect(await findViolations(page), path).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), path).to.be.at.most(320);
      }
    });

  it('keep the chosen theme, from the first paint on', async () => {
    const page = await shop.newPage({ theme: 'light' });
    await page.goto('/help');
    const background = () => page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--color-page').trim()");
    const light = await background();
    await page.getByLabel('Theme').selectOption('dark');
    const dark = await background();
    expect(dark).to.not.equal(light);
    // Without the app: the script in the head alone sets the theme.
    await page.route('**/assets/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    await page.reload({ waitUntil: 'domcontentloaded' });
    expect(await page.evaluate('document.documentElement.dataset.theme')).to.equal('dark');
    await page.unroute('**/assets/*.js');
    await page.reload();
    await page.getByLabel('Theme').selectOption('system');
    expect(await background()).to.equal(light);
  });
});

/** Ends all sessions of the user, as from another device. */
async function endSessions({ florin }: Person): Promise<void> {
  await florin.delete('/v1/users/me/sessions', { body: {} });
}

/** Saves the form again and again: a token works for a moment after its session has ended, until its service has heard of it. */
async function saveUntil(page: Page, isDone: () => Promise<boolean>): Promise<void> {
  const save = page.getByRole('button', { name: 'Save the name' });
  while (!(await isDone())) await save.click({ timeout: 1_000 }).catch(() => undefined);
}
