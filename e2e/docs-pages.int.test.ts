import type { FlorinProblem } from '@florin/client';
import { newId } from '@florin/database';
import { failureOf } from '@florin/testing';
import { expect } from 'chai';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { apiDocumentOf } from '../dev/api-docs.ts';
import { provideBrowser } from '../dev/infra/provide-browser.ts';
import { type ServiceName, serviceNames } from '../ops/platform/service-names.ts';
import { findViolations } from './find-violations.ts';
import { openClient } from './sign-up.ts';
import { type RunningServices, startServices } from './start-services.ts';

const INSTALL_TIMEOUT_MS = 300_000;
const WAIT_MS = 60_000;
const password = 'plum-lantern-47-river';

describe('the pages of the documentation, in Chromium', function () {
  this.timeout(INSTALL_TIMEOUT_MS);
  let services: RunningServices;
  let browser: Browser;
  let context: BrowserContext;
  /** What a page asked of other origins, and what it complained of. */
  let faults: string[];

  before(async () => {
    services = await startServices();
    const executablePath = await provideBrowser(() => {}, AbortSignal.timeout(INSTALL_TIMEOUT_MS));
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  after(async () => {
    await browser?.close();
    await services?.stop();
  });
  beforeEach(async () => {
    faults = [];
    context = await browser.newContext();
    context.setDefaultTimeout(WAIT_MS);
  });
  afterEach(async () => {
    await context.close();
    expect(faults).to.deep.equal([]);
  });

  async function open(service: ServiceName, path: string): Promise<Page> {
    const page = await context.newPage();
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && origin !== services.urls[service]) faults.push(`asks ${origin}`);
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(services.urls[service] + path);
    return page;
  }

  for (const service of serviceNames)
    it(`/docs of ${service}: has every group and operation, says how to sign in, and can be used by everybody`, async () => {
      const { tags, paths } = await apiDocumentOf(service);
      const page = await open(service, '/docs');
      const operations = page.locator('.opblock');
      await operations.first().waitFor();
      expect(await page.locator('.opblock-tag').evaluateAll(namesOf)).to.deep.equal(tags.map(({ name }) => name));
      expect(await operations.count()).to.equal(Object.values(paths).flatMap((methods) => Object.keys(methods)).length);
      expect(await page.getByRole('heading', { name: 'Sign in' }).isVisible()).to.equal(true);
      // It has operations of every method. The check takes seconds of a page this long.
      if (service === 'product') expect(await findViolations(page)).to.deep.equal([]);
    });

  it('/docs: signs up, takes the token, and shows the answer of the running service', async () => {
    const page = await open('auth', '/docs');
    const signUp = page.locator('#operations-users-signUp');
    await tryOut(signUp, JSON.stringify({ email: `${newId()}@florin.example`, password }));
    const { data } = await answerOf(signUp, 201);

    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.dialog-ux');
    await dialog.getByLabel('auth-bearer-value').fill(data['accessToken'] as string);
    await dialog.getByRole('button', { name: 'Authorize' }).first().click();
    expect(await findViolations(page, '.dialog-ux')).to.deep.equal([]);
    await dialog.getByRole('button', { name: 'Close' }).first().click();

    const getMe = page.locator('#operations-users-getMe');
    await tryOut(getMe);
    expect((await answerOf(getMe, 200)).data).to.deep.equal(data['user']);
    expect(await findViolations(page, '#operations-users-getMe')).to.deep.equal([]);
  });

  it('/docs/errors#CODE: explains the problem whose type leads there', async () => {
    const florin = openClient(services);
    const account = { email: `${newId()}@florin.example`, password };
    await florin.session.signUp(account);
    const { code, title, type = '' } = (await failureOf(florin.session.signUp(account))) as FlorinProblem;
    expect(type).to.match(/#EMAIL_TAKEN$/);
    const { pathname, hash } = new URL(type, services.urls.auth);
    const page = await open('auth', pathname + hash);
    const explained = page.locator(':target');
    expect(await explained.getAttribute('id')).to.equal(code);
    expect(await explained.innerText()).to.include(title);
    expect(await explained.evaluate(isOnScreen)).to.equal(true);
    expect(await findViolations(page)).to.deep.equal([]);
  });
});

type Data = { data: Record<string, unknown> };

async function tryOut(operation: Locator, body?: string): Promise<void> {
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  if (body !== undefined) await operation.locator('textarea.body-param__text').fill(body);
  await operation.getByRole('button', { name: 'Execute' }).click();
}

/** Reads the answer that the page shows. */
async function answerOf(operation: Locator, status: number): Promise<Data> {
  const shown = operation.locator('.live-responses-table .response');
  await shown.waitFor();
  expect(await shown.locator('.response-col_status').innerText()).to.match(new RegExp(`^${status}`));
  return JSON.parse(await shown.locator('.response-col_description .highlight-code code').first().innerText()) as Data;
}

// These run in the page.
type Element = { getAttribute(name: string): string | null; getBoundingClientRect(): { top: number } };

function namesOf(groups: unknown[]): (string | null)[] {
  return (groups as Element[]).map((group) => group.getAttribute('data-tag'));
}

function isOnScreen(element: unknown): boolean {
  const { top } = (element as Element).getBoundingClientRect();
  return Math.round(top) >= 0 && top < (globalThis as unknown as { innerHeight: number }).innerHeight;
}
