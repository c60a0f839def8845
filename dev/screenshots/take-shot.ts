import { demoAccounts } from '@florin/auth-server/demo-accounts';
import type { Browser, BrowserContext } from 'playwright-core';
import sharp from 'sharp';
import type { Shot } from './shots.ts';

const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;
/** A palette of this many colours keeps a page readable below 60 kB. */
const COLOURS = 64;
const WAIT_MS = 60_000;

/**
 * Takes a picture of a page of the running platform.
 *
 * @param url the one address
 * @returns a PNG with a palette
 * @throws Error if the person cannot sign in, or the page shows nothing within a minute
 */
export async function takeShot(browser: Browser, url: string, { path, person, size = 'desktop', theme = 'light' }: Shot) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: sizes[size],
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en',
    timezoneId: 'UTC',
  });
  try {
    context.setDefaultTimeout(WAIT_MS);
    if (person !== undefined) await signIn(context, demoAccounts[person]);
    const page = await context.newPage();
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.locator('h1').first().waitFor();
    await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
    return await sharp(await page.screenshot())
      .png({ palette: true, colours: COLOURS, effort: 10 })
      .toBuffer();
  } finally {
    await context.close();
  }
}

async function signIn(context: BrowserContext, { email, password }: { email: string; password: string }): Promise<void> {
  const response = await context.request.post('/v1/auth/signin', { data: { email, password, session: 'cookie' } });
  if (!response.ok()) throw new Error(`Sign-in of ${email}: ${response.status()} ${await response.text()}`);
}
